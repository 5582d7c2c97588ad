import { IconPencil, IconUserCheck } from '@tabler/icons-react'
import { Tag } from '../../components/tag.tsx'
import { useTexts } from '../../language/use-language.ts'

/** Marks texts of the analyzer: as a draft, until a person has confirmed them. Who confirms a verdict confirms neither causes nor actions. */
export function DraftTag({ confirmed = false }: { confirmed?: boolean }) {
  const texts = useTexts().result
  return confirmed ? (
    <Tag tone="good" icon={IconUserCheck} title={texts.confirmedMeaning}>
      {texts.confirmed}
    </Tag>
  ) : (
    <Tag tone="neutral" icon={IconPencil} title={texts.draftMeaning}>
      {texts.draft}
    </Tag>
  )
}
