import { IconPencil, IconUserCheck } from '@tabler/icons-react'
import type { Analysis } from '../../api/types.ts'
import { isConfirmed } from '../../components/judgement.ts'
import { Tag } from '../../components/tag.tsx'
import { useTexts } from '../../language/use-language.ts'

/** Marks texts of the analyzer: as a draft, until a person has come to the same verdict. */
export function DraftTag({ analysis }: { analysis: Analysis }) {
  const texts = useTexts().result
  return isConfirmed(analysis) ? (
    <Tag tone="good" icon={IconUserCheck} title={texts.confirmedMeaning}>
      {texts.confirmed}
    </Tag>
  ) : (
    <Tag tone="neutral" icon={IconPencil} title={texts.draftMeaning}>
      {texts.draft}
    </Tag>
  )
}
