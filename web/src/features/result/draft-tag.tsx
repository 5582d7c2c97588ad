import { IconPencil } from '@tabler/icons-react'
import { Tag } from '../../components/tag.tsx'
import { texts } from './texts.ts'

/** Marks texts that no person has confirmed. */
export function DraftTag() {
  return (
    <Tag tone="neutral" icon={IconPencil} title={texts.draftMeaning}>
      {texts.draft}
    </Tag>
  )
}
