import { IconBan, IconUserCheck } from '@tabler/icons-react'
import type { Analysis } from '../../api/types.ts'
import { Tag, VerdictTag } from '../../components/tag.tsx'
import { useTexts } from '../../language/use-language.ts'
import classes from './verdict-words.module.css'
import { useWord } from './word.ts'

/** The verdict by the word of the list, and whether the result counts at all. */
export function VerdictWords({ analysis }: { analysis: Analysis }) {
  const texts = useTexts().history
  return (
    <>
      <VerdictTag verdict={useWord(analysis).verdict} />
      {analysis.effective.voided && (
        <Tag tone="neutral" icon={IconBan} title={texts.voidMeaning}>
          {texts.void}
        </Tag>
      )}
    </>
  )
}

/** Who has looked at it last; nothing where nobody has. */
export function ReviewedBy({ analysis: { review } }: { analysis: Analysis }) {
  const texts = useTexts().history
  if (!review) return null
  return (
    <span className={classes.reviewed} title={texts.reviewedBy(review.person)}>
      <IconUserCheck size={14} aria-hidden />
      <span>{review.person}</span>
    </span>
  )
}
