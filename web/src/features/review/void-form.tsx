import { Button, Text } from '@mantine/core'
import { IconFlask } from '@tabler/icons-react'
import type { FormProps } from './draft-store.ts'
import classes from './review-panel.module.css'
import { useReviewTexts } from './texts.ts'

/** Takes a test shot out of all figures. The comment above says why, and must. */
export function VoidForm({ draft, busy, onSay }: FormProps) {
  const texts = useReviewTexts()
  const reason = draft.comment.trim() !== ''
  return (
    <div className={classes.form}>
      <Text size="sm">{texts.voidHint}</Text>
      <Button
        mih={44}
        loading={busy}
        disabled={!reason}
        leftSection={<IconFlask size={20} aria-hidden />}
        onClick={() => onSay({ kind: 'void' })}
      >
        {texts.voidSave}
      </Button>
      {!reason && (
        <Text size="sm" role="status">
          {texts.voidReason}
        </Text>
      )}
    </div>
  )
}
