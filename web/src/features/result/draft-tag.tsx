import { IconPencil, IconUserCheck, IconUserEdit } from '@tabler/icons-react'
import type { Analysis } from '../../api/types.ts'
import { FacilityTime } from '../../components/facility-time.tsx'
import { Tag } from '../../components/tag.tsx'
import { useTexts } from '../../language/use-language.ts'
import classes from './draft-tag.module.css'

/** Marks what the analyzer found: as a draft, until a person has come to the same verdict. Who confirms a verdict confirms neither causes nor actions. */
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

/** The same of causes and actions: a draft, or who stands for them since when. */
export function ExplanationTag({ analysis: { explanation, facility } }: { analysis: Analysis }) {
  const texts = useTexts().result
  if (!explanation) return <DraftTag />
  const { edited, person, confirmed_at } = explanation
  return (
    <span className={classes.by}>
      <Tag tone="good" icon={edited ? IconUserEdit : IconUserCheck}>
        {(edited ? texts.judged.correct : texts.judged.confirm)(person)}
      </Tag>
      <FacilityTime iso={confirmed_at} facility={facility} />
    </span>
  )
}
