import { Button } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { ProblemNote } from '../../components/problem-note.tsx'
import type { Draft, Said } from './draft.ts'
import classes from './review-panel.module.css'
import { useReviewTexts } from './texts.ts'
import type { Sending } from './use-sender.ts'

interface FailedNoteProps {
  draft: Draft
  sending: Sending | undefined
  onSay: (said: Said) => void
}

/** Why a decision was not stored, or is not known to be, and that nothing of it is lost. */
export function FailedNote({ draft: { sent, mode }, sending, onSay }: FailedNoteProps) {
  const texts = useReviewTexts()
  if (sending?.is === 'sending') return null
  // A correction is sent again as it is saved.
  const again = sent && mode !== 'correct' ? () => onSay(sent.said) : undefined
  if (sending)
    return <ProblemNote title={sent ? texts.unanswered : texts.failed} error={sending.problem} onRetry={again} />
  if (!sent) return null
  return (
    <div className={classes.unanswered} role="status">
      <p>{texts.unanswered}</p>
      {again && (
        <Button variant="default" mih={44} leftSection={<IconRefresh size={20} aria-hidden />} onClick={again}>
          {texts.sendAgain}
        </Button>
      )}
    </div>
  )
}
