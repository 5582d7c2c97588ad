import { IconPencil } from '@tabler/icons-react'
import { Tag } from '../../components/tag.tsx'
import { useTexts } from '../../language/use-language.ts'

/** Marks texts that no person has confirmed. */
export function DraftTag() {
  const texts = useTexts().result
  return (
    <Tag tone="neutral" icon={IconPencil} title={texts.draftMeaning}>
      {texts.draft}
    </Tag>
  )
}
