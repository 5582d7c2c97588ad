import { Button, Group, Progress, Text, VisuallyHidden } from '@mantine/core'
import { IconPlayerStop, IconRefresh } from '@tabler/icons-react'
import { lazyPart } from '../../components/lazy-part.tsx'
import { Panel } from '../../components/panel.tsx'
import { useTexts } from '../../language/use-language.ts'
import type { Messages } from '../../texts/en/index.ts'
import { useDuration } from './duration.ts'
import { canRetry, isFinished, isNg, type QueueItem } from './queue/item.ts'
import { photoQueue, useQueue } from './queue/photo-queue.ts'
import type { QueueState } from './queue/state.ts'
import { type Totals, totalsOf, VERDICTS } from './queue/totals.ts'
import { QueueNotes } from './queue-notes.tsx'
import classes from './queue-panel.module.css'
import { QueueTotals } from './queue-totals.tsx'
import { ShortList } from './short-list.tsx'
import { useAnnouncement } from './use-announcement.ts'

/** From so many photos on, a bar says how far they have come. */
const MANY = 5

function announcement(item: QueueItem | undefined, { inspect: texts, vocabulary }: Messages): string {
  switch (item?.state.is) {
    case 'done':
      return texts.announceDone(item.file.name, vocabulary.verdicts[item.state.analysis.verdict].name)
    case 'failed':
      return texts.announceFailed(item.file.name)
    case 'refused':
      return texts.announceRefused(item.file.name)
    default:
      return ''
  }
}

/** "37 of 200 finished, 2 failed, about 3 min left" */
function useSummary({ items, secondsLeft, pause }: QueueState) {
  const texts = useTexts().inspect
  const duration = useDuration()
  const done = items.filter(isFinished).length
  const failed = items.filter(({ state }) => state.is === 'failed').length
  const left = secondsLeft !== null && pause === null && done < items.length ? secondsLeft : null
  const parts = [
    texts.progress(done, items.length),
    failed > 0 && texts.failedCount(failed),
    left !== null && texts.left(duration.rough(left)),
  ]
  return { done, text: items.length > 0 ? parts.filter(Boolean).join(texts.and) : '' }
}

/** "NG 2, OK 3. The first NG is open: a.jpg" */
function totalsInWords(totals: Totals, open: QueueItem | undefined, { inspect: texts, vocabulary }: Messages): string {
  const counts: string[] = VERDICTS.filter((verdict) => totals[verdict] > 0).map(
    (verdict) => `${vocabulary.verdicts[verdict].name} ${totals[verdict]}`,
  )
  if (totals.failed > 0) counts.push(`${texts.failedTotal} ${totals.failed}`)
  return [counts.join(texts.and), open && texts.announceOpen(open.file.name)].filter(Boolean).join('. ')
}

/** More photos than these are a list that holds only what can be seen. */
const MOST_IN_SHORT_LIST = 30
const QueueList = lazyPart('queue-list', () => import('./queue-list.tsx'), '5rem')

/** All photos of this browser that are not cleared yet, with what may be done to them. */
export function QueuePanel() {
  const messages = useTexts()
  const texts = messages.inspect
  const queue = useQueue()
  const { items, selected, lastFinished, elsewhere } = queue
  const { done, text } = useSummary(queue)
  const last = items.find(({ id }) => id === lastFinished)
  const ended = items.length > 1 && done === items.length
  const totals = totalsOf(items)
  const open = items.find((item) => item.id === selected && isNg(item))
  const parts = [announcement(last, messages), text, ended && totalsInWords(totals, open, messages)]
  const said = useAnnouncement(parts.filter(Boolean).join(' '), done === items.length)
  const cancelled = items.some(({ state }) => state.is === 'cancelled')
  const retry = items.some((item) => item.state.is === 'failed' && canRetry(item))
  const List = items.length > MOST_IN_SHORT_LIST ? QueueList : ShortList
  return (
    <>
      <VisuallyHidden role="status">{said}</VisuallyHidden>
      {(items.length > 0 || elsewhere) && (
        <Panel
          title={texts.queue}
          aside={
            <Text size="sm" c="dimmed">
              {text}
            </Text>
          }
        >
          <QueueNotes queue={queue} />
          {items.length >= MANY && (
            <Progress value={(done / items.length) * 100} size="sm" className={classes.bar} aria-label={texts.queue} />
          )}
          {ended && <QueueTotals totals={totals} items={items} selected={selected} />}
          {items.length > 0 && <List items={items} selected={selected} />}
          <Group gap="xs" className={classes.actions}>
            {retry && <RetryAll which="failed" />}
            {!retry && cancelled && <RetryAll which="cancelled" />}
            {items.length - done > 1 && (
              <Button
                variant="default"
                leftSection={<IconPlayerStop size={18} aria-hidden />}
                onClick={photoQueue.cancelAll}
              >
                {texts.cancelAll}
              </Button>
            )}
            {done > 0 && (
              <Button variant="subtle" onClick={photoQueue.clearFinished}>
                {texts.clear}
              </Button>
            )}
          </Group>
        </Panel>
      )}
    </>
  )
}

function RetryAll({ which }: { which: 'failed' | 'cancelled' }) {
  const texts = useTexts().inspect
  return (
    <Button
      variant="default"
      leftSection={<IconRefresh size={18} aria-hidden />}
      onClick={() => photoQueue.retryAll(which)}
    >
      {which === 'failed' ? texts.retryAll : texts.sendCancelled}
    </Button>
  )
}
