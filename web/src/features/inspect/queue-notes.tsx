import { Button } from '@mantine/core'
import { IconBrowser, IconClockPause, IconDeviceFloppy, type TablerIcon } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { isUnanswered } from '../../api/problem.ts'
import { problemText } from '../../components/problem-text.ts'
import { useOnline } from '../../components/use-online.ts'
import { useTexts } from '../../language/use-language.ts'
import { useDuration } from './duration.ts'
import { isFinished } from './queue/item.ts'
import { photoQueue, takeOver } from './queue/photo-queue.ts'
import type { Pause, QueueState } from './queue/state.ts'
import classes from './queue-notes.module.css'
import { useNow } from './use-now.ts'

/** What holds the queue up, and what it cannot do here. */
export function QueueNotes({ queue: { items, pause, elsewhere, storageProblem } }: { queue: QueueState }) {
  const texts = useTexts().inspect
  // Without a network the frame says so, and no time is known.
  const online = useOnline()
  const atRisk = items.some((item) => !item.stored && !isFinished(item))
  return (
    <>
      {elsewhere && (
        <Note
          icon={IconBrowser}
          action={
            <Button variant="default" onClick={takeOver}>
              {texts.takeOver}
            </Button>
          }
        >
          {texts.elsewhere}
        </Note>
      )}
      {storageProblem && atRisk && <Note icon={IconDeviceFloppy}>{texts.unkept[storageProblem]}</Note>}
      {pause && online && <Paused pause={pause} />}
    </>
  )
}

function Paused({ pause: { until, problem } }: { pause: Pause }) {
  const messages = useTexts()
  const texts = messages.inspect
  const duration = useDuration()
  const left = duration.exact(Math.max(0, Math.ceil((until - useNow()) / 1000)))
  const why = isUnanswered(problem) || problem.kind === 'budget-spent' ? problemText(problem, messages) : texts.busy
  return (
    <Note
      icon={IconClockPause}
      action={
        <Button variant="default" onClick={photoQueue.tryNow}>
          {texts.tryNow}
        </Button>
      }
    >
      {why} {texts.goingOn(left)}
    </Note>
  )
}

function Note({ icon: Icon, action, children }: { icon: TablerIcon; action?: ReactNode; children: ReactNode }) {
  return (
    <div className={classes.note}>
      <Icon size={18} aria-hidden />
      <span className={classes.text}>{children}</span>
      {action}
    </div>
  )
}
