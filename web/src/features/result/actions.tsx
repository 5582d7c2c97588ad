import type { Analysis } from '../../api/types.ts'
import { Panel } from '../../components/panel.tsx'
import { useTexts } from '../../language/use-language.ts'
import classes from './actions.module.css'
import { ExplanationTag } from './draft-tag.tsx'
import { wordsOf } from './explanation/words.ts'
import { TextList } from './text-list.tsx'

export function Actions({ analysis }: { analysis: Analysis }) {
  const texts = useTexts().result
  const { corrective_actions: corrective, preventive_actions: preventive, language } = wordsOf(analysis)
  if (corrective.length === 0 && preventive.length === 0) return null
  return (
    <Panel title={texts.actions} aside={<ExplanationTag analysis={analysis} />}>
      <div className={classes.columns}>
        <TextList title={texts.corrective} items={corrective} lang={language} />
        <TextList title={texts.preventive} items={preventive} lang={language} />
      </div>
    </Panel>
  )
}
