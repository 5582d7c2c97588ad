import { Text } from '@mantine/core'
import type { Analysis } from '../../api/types.ts'
import { numbered } from '../../components/numbered.ts'
import { Panel } from '../../components/panel.tsx'
import { useTexts } from '../../language/use-language.ts'
import classes from './causes.module.css'
import { DraftTag, ExplanationTag } from './draft-tag.tsx'
import { wordsOf } from './explanation/words.ts'
import { Fishbone } from './fishbone.tsx'
import { TextList } from './text-list.tsx'

/** Root cause, five whys, contributing factors and Ishikawa's categories, as far as there are any. */
export function Causes({ analysis }: { analysis: Analysis }) {
  const { result: texts, shared, vocabulary } = useTexts()
  const { contributing_factors: factors, ishikawa_analysis: ishikawa, explanation } = analysis
  const { root_cause: root, five_why_chain: whys, language } = wordsOf(analysis)
  // Nobody confirms these: they stay the analyzer's.
  const own = explanation && <DraftTag />
  if (!root && whys.length === 0 && factors.length === 0 && !ishikawa) return null
  return (
    <Panel title={texts.causes} aside={<ExplanationTag analysis={analysis} />}>
      <div className={classes.causes}>
        <div className={classes.stack}>
          {root && (
            <div>
              <h3>{texts.rootCause}</h3>
              <Text className={classes.root} lang={language}>
                {root}
              </Text>
            </div>
          )}
          <TextList title={texts.contributing} aside={own} items={factors} lang={analysis.language} />
        </div>
        {whys.length > 0 && (
          <div>
            <h3>{texts.fiveWhys}</h3>
            <ol className={classes.chain} lang={language}>
              {numbered(whys).map(({ number, item: why }) => (
                <li key={number}>
                  <span className={classes.step}>{number}</span>
                  <span className={classes.why}>{why}</span>
                </li>
              ))}
            </ol>
          </div>
        )}
        {ishikawa && (
          <div className={classes.wide}>
            <h3>
              {texts.ishikawa} {own}
            </h3>
            <Fishbone
              ishikawa={ishikawa}
              effect={analysis.defect_detected ? vocabulary.defectTypes[analysis.defect_type] : shared.noDefect}
              lang={analysis.language}
            />
          </div>
        )}
      </div>
    </Panel>
  )
}
