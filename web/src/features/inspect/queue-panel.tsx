import { Button, Group, Text, VisuallyHidden } from '@mantine/core'
import { IconClockPause, IconRefresh } from '@tabler/icons-react'
import { Panel } from '../../components/panel.tsx'
import { useTexts } from '../../language/use-language.ts'
import type { Messages } from '../../texts/en/index.ts'
import { canRetry, isFinished, type QueueItem } from './queue-item.ts'
import classes from './queue-panel.module.css'
import { QueueRow } from './queue-row.tsx'
import { photoQueue, useQueue } from './the-queue.ts'
import { useNow } from './use-now.ts'

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

/** All photos of this session, with what may be done to them. */
export function QueuePanel() {
  const messages = useTexts()
  const texts = messages.inspect
  const { items, selected, pausedUntil, lastFinished } = useQueue()
  const done = items.filter(isFinished).length
  const progress = items.length > 0 ? texts.progress(done, items.length) : ''
  const last = items.find(({ id }) => id === lastFinished)
  return (
    <>
      <VisuallyHidden role="status">
        {[announcement(last, messages), progress].filter(Boolean).join(' ')}
      </VisuallyHidden>
      {items.length > 0 && (
        <Panel
          title={texts.queue}
          aside={
            <Text size="sm" c="dimmed">
              {progress}
            </Text>
          }
        >
          {pausedUntil !== null && <Paused until={pausedUntil} />}
          <ul className={classes.list}>
            {items.map((item) => (
              <QueueRow key={item.id} item={item} selected={item.id === selected} />
            ))}
          </ul>
          <Group gap="xs" mt="sm">
            {items.some(canRetry) && (
              <Button
                variant="default"
                leftSection={<IconRefresh size={18} aria-hidden />}
                onClick={photoQueue.retryFailed}
              >
                {texts.retryAll}
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

function Paused({ until }: { until: number }) {
  const texts = useTexts().inspect
  const seconds = Math.max(0, Math.ceil((until - useNow()) / 1000))
  return (
    <p className={classes.paused}>
      <IconClockPause size={18} aria-hidden />
      {texts.paused(seconds)}
    </p>
  )
}
