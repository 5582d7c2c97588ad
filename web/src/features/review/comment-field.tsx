import { Textarea } from '@mantine/core'
import type { FormProps } from './draft-store.ts'
import classes from './review-panel.module.css'
import { useReviewTexts } from './texts.ts'

/** The API's limit. */
const MAX_COMMENT = 2000

export function CommentField({ draft, onChange }: Pick<FormProps, 'draft' | 'onChange'>) {
  const texts = useReviewTexts()
  return (
    <Textarea
      aria-label={texts.comment}
      placeholder={texts.comment}
      rows={1}
      maxLength={MAX_COMMENT}
      classNames={{ input: classes.comment }}
      value={draft.comment}
      onChange={(event) => onChange({ comment: event.currentTarget.value }, 'comment')}
    />
  )
}
