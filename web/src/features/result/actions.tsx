import { SimpleGrid } from '@mantine/core'
import type { Analysis } from '../../api/types.ts'
import { Panel } from '../../components/panel.tsx'
import { DraftTag } from './draft-tag.tsx'
import { TextList } from './text-list.tsx'
import { texts } from './texts.ts'

export function Actions({ analysis }: { analysis: Analysis }) {
  const { corrective_actions: corrective, preventive_actions: preventive } = analysis
  if (corrective.length === 0 && preventive.length === 0) return null
  return (
    <Panel title={texts.actions} aside={<DraftTag />}>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <TextList title={texts.corrective} items={corrective} />
        <TextList title={texts.preventive} items={preventive} />
      </SimpleGrid>
    </Panel>
  )
}
