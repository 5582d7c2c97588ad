import { Text } from '@mantine/core'
import type { Analysis, BoundingBox, Finding } from '../../api/types.ts'
import { isConfirmed } from '../../components/judgement.ts'
import { numbered } from '../../components/numbered.ts'
import { SeverityTag } from '../../components/tag.tsx'
import { useFormats, useTexts } from '../../language/use-language.ts'
import { DraftTag } from './draft-tag.tsx'
import classes from './findings.module.css'

interface FindingsProps {
  analysis: Analysis
  /** Number of the finding that is pointed at. */
  active: number | null
  onActive: (number: number | null) => void
  onShow: (box: BoundingBox) => void
}

/** What the analyzer says it sees. Pointing at a finding marks its box; choosing it goes there. */
export function Findings({ analysis, active, onActive, onShow }: FindingsProps) {
  const { result: texts, vocabulary } = useTexts()
  const { defects, description, probable_stage: stage } = analysis
  return (
    <section className={classes.section}>
      <div className={classes.head}>
        <h2>{defects.length > 0 ? texts.findings(defects.length) : texts.description}</h2>
        <DraftTag confirmed={isConfirmed(analysis)} />
      </div>
      <Text className={classes.text} lang={analysis.language}>
        {description}
      </Text>
      {stage && (
        <Text size="sm">
          <span className={classes.label}>{texts.stage}</span>
          {vocabulary.stages[stage]}
        </Text>
      )}
      <ol className={classes.list}>
        {numbered(defects).map(({ number, item: finding }) => (
          <li
            key={number}
            className={classes.finding}
            data-active={active === number}
            onPointerEnter={() => onActive(number)}
            onPointerLeave={() => onActive(null)}
          >
            <OneFinding
              finding={finding}
              number={number}
              onFocus={(on) => onActive(on ? number : null)}
              onShow={onShow}
            />
            {!description.includes(finding.description) && (
              <Text size="sm" lang={analysis.language}>
                {finding.description}
              </Text>
            )}
          </li>
        ))}
      </ol>
    </section>
  )
}

interface OneFindingProps {
  finding: Finding
  number: number
  onFocus: (on: boolean) => void
  onShow: (box: BoundingBox) => void
}

function OneFinding({ finding, number, onFocus, onShow }: OneFindingProps) {
  const { result: texts, shared, vocabulary } = useTexts()
  const formats = useFormats()
  const { bounding_box: box } = finding
  const about = (
    <>
      <span className={classes.number}>{number}</span>
      <span className={classes.words}>
        <strong>{vocabulary.defectTypes[finding.defect_type]}</strong>
        <span className={classes.facts}>
          <SeverityTag severity={finding.severity} />
          <span>
            {shared.confidence} {formats.share(finding.confidence)}
          </span>
          <span>{vocabulary.areas[finding.affected_area]}</span>
          {!box && <span>{texts.noBox}</span>}
        </span>
      </span>
    </>
  )
  if (!box) return <div className={classes.show}>{about}</div>
  return (
    <button
      type="button"
      className={classes.show}
      title={texts.showInPicture(number)}
      onFocus={() => onFocus(true)}
      onBlur={() => onFocus(false)}
      onClick={() => onShow(box)}
    >
      {about}
    </button>
  )
}
