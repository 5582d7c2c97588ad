import { Button } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { ProblemNote } from '../../components/problem-note.tsx'
import { useTexts } from '../../language/use-language.ts'
import type { Draft, Said } from './draft.ts'
import classes from './review-panel.module.css'
import type { Sending } from './use-sender.ts'

interface FailedNoteProps {
  draft: Draft
  sending: Sending | undefined
  onSay: (said: Said) => void
}

/** Why a decision was not stored, or is not known to be, and that nothing of it is lost. */
export function FailedNote({ draft: { sent, mode }, sending, onSay }: FailedNoteProps) {
  const texts = useTexts().review
  if (sending?.is === 'sending') return null
  return (
    <>
      {sending?.is === 'failed' && <ProblemNote title={texts.failed} error={sending.problem} />}
      {sent && mode !== 'correct' && (
        <div className={classes.unanswered} role="status">
          <p>{texts.unanswered}</p>
          <Button
            variant="default"
            mih={44}
            leftSection={<IconRefresh size={20} aria-hidden />}
            onClick={() => onSay(sent.said)}
          >
            {texts.sendAgain}
          </Button>
        </div>
      )}
      {sent && mode === 'correct' && !sending && <p role="status">{texts.unanswered}</p>}
    </>
  )
}
