import type { Analysis } from '../../api/types.ts'
import { Panel } from '../../components/panel.tsx'
import { useTexts } from '../../language/use-language.ts'
import classes from './actions.module.css'
import { DraftTag } from './draft-tag.tsx'
import { TextList } from './text-list.tsx'

export function Actions({ analysis }: { analysis: Analysis }) {
  const texts = useTexts().result
  const { corrective_actions: corrective, preventive_actions: preventive } = analysis
  if (corrective.length === 0 && preventive.length === 0) return null
  return (
    <Panel title={texts.actions} aside={<DraftTag />}>
      <div className={classes.columns}>
        <TextList title={texts.corrective} items={corrective} lang={analysis.language} />
        <TextList title={texts.preventive} items={preventive} lang={analysis.language} />
      </div>
    </Panel>
  )
}
