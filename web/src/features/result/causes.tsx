import { Text } from '@mantine/core'
import type { Analysis } from '../../api/types.ts'
import { numbered } from '../../components/numbered.ts'
import { Panel } from '../../components/panel.tsx'
import { useTexts } from '../../language/use-language.ts'
import classes from './causes.module.css'
import { DraftTag } from './draft-tag.tsx'
import { Fishbone } from './fishbone.tsx'
import { TextList } from './text-list.tsx'

/** Root cause, five whys, contributing factors and Ishikawa's categories, as far as there are any. */
export function Causes({ analysis }: { analysis: Analysis }) {
  const { result: texts, shared, vocabulary } = useTexts()
  const {
    root_cause: root,
    five_why_chain: whys,
    contributing_factors: factors,
    ishikawa_analysis: ishikawa,
  } = analysis
  if (!root && whys.length === 0 && factors.length === 0 && !ishikawa) return null
  return (
    <Panel title={texts.causes} aside={<DraftTag />}>
      <div className={classes.causes}>
        <div className={classes.stack}>
          {root && (
            <div>
              <h3>{texts.rootCause}</h3>
              <Text className={classes.root} lang={analysis.language}>
                {root}
              </Text>
            </div>
          )}
          <TextList title={texts.contributing} items={factors} lang={analysis.language} />
        </div>
        {whys.length > 0 && (
          <div>
            <h3>{texts.fiveWhys}</h3>
            <ol className={classes.chain} lang={analysis.language}>
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
            <h3>{texts.ishikawa}</h3>
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
