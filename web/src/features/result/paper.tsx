import type { Analysis, Verdict } from '../../api/types.ts'
import { useTexts } from '../../language/use-language.ts'
import { type Fact, Facts } from './facts.tsx'
import classes from './paper.module.css'

/** Heads the printed result. */
export function PaperHead() {
  const { frame, result } = useTexts()
  return (
    <p className={classes.head} data-print="only">
      {frame.product} · {result.paper.title}
    </p>
  )
}

/** Where the printed result came from, and room for what a person decides. */
export function PaperFoot({ analysis }: { analysis: Analysis }) {
  const { result, vocabulary } = useTexts()
  const { details, paper } = result
  const facts: Fact[] = [
    [details.defectId, analysis.defect_id],
    [details.model, [analysis.model_version, analysis.prompt_version].filter(Boolean).join(' · ')],
    [details.part_id, analysis.part_id],
    [details.line_id, analysis.line_id],
    [details.station, analysis.station],
    [details.shift, analysis.shift],
    [details.lot, analysis.lot],
    [details.operator, analysis.operator],
  ]
  const { verdict, source } = analysis.effective
  const tick = (code: Verdict) => (source === 'human' && verdict === code ? '☑' : '☐')
  return (
    <footer className={classes.foot} data-print="only">
      <Facts facts={facts} className={classes.facts} />
      <dl className={classes.lines}>
        <div>
          <dt>{paper.decision}</dt>
          <dd>
            {tick('ok')} {vocabulary.verdicts.ok.name} {tick('ng')} {vocabulary.verdicts.ng.name}
          </dd>
        </div>
        {[paper.inspector, paper.date, paper.signature].map((name) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd />
          </div>
        ))}
      </dl>
      <p className={classes.address}>{`${window.location.origin}/results/${analysis.defect_id}`}</p>
    </footer>
  )
}
