import { Button, Skeleton, Stack, Title } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useEffect, useRef } from 'react'
import { type Waiting, waitingCountQuery } from '../../api/reviews.ts'
import { ProblemNote } from '../../components/problem-note.tsx'
import { KeyCap } from '../../components/shortcuts/key-cap.tsx'
import { useShortcuts } from '../../components/shortcuts/use-shortcuts.ts'
import { useFormats } from '../../language/use-language.ts'
import { AllReviewed } from './all-reviewed.tsx'
import type { Said } from './draft.ts'
import { useDrafts } from './draft-store.ts'
import { JudgedBy, type RenderVerdict } from './judged.tsx'
import { NotStored, type Unstored } from './not-stored.tsx'
import classes from './review-page.module.css'
import { useReviewTexts } from './texts.ts'
import { useQueue } from './use-queue.ts'
import { type Sender, useSender } from './use-sender.ts'

interface QueueProps {
  waiting: Waiting
  /** Null where no filter is set. */
  onClear: (() => void) | null
  renderVerdict: RenderVerdict
  filters: ReactNode
  /** Opens the list of keys. */
  keys: ReactNode
}

/** What leaves the verdict open keeps the part here. */
const decides = ({ kind, verdict }: Said): boolean =>
  kind !== 'reinstate' && (kind !== 'correct' || verdict !== undefined)

/** One part after the other. A decision is taken as stored at once, and comes back where it was not. */
export function Queue({ waiting, onClear, renderVerdict, filters, keys }: QueueProps) {
  const texts = useReviewTexts()
  const formats = useFormats()
  const queue = useQueue(waiting)
  const { data: left } = useQuery(waitingCountQuery(waiting))
  const { current, next, previous } = queue
  const sending = useSender({ failed: queue.takeBack })
  const sender: Sender = {
    states: sending.states,
    send(analysis, said, after) {
      sending.send(analysis, said, after)
      if (decides(said)) queue.pass(analysis.defect_id)
    },
  }
  useShortcuts({ j: next, ArrowRight: next, k: previous, ArrowLeft: previous })

  // The next part begins where the last one did, for the eye and for Tab.
  const place = useRef<HTMLElement>(null)
  const shown = current?.defect_id
  const first = useRef(shown)
  useEffect(() => {
    const element = place.current
    if (!element || !shown || first.current === shown) return
    if (first.current !== undefined) {
      element.focus({ preventScroll: true })
      if (element.getBoundingClientRect().top < 0) element.scrollIntoView({ block: 'start' })
    }
    first.current = shown
  }, [shown])

  const drafts = useDrafts()
  /** Also of before a reload. */
  const unstored: Unstored[] = Object.entries(drafts).flatMap(([id, { sent }]) =>
    sent && id !== shown && sender.states.get(id)?.is !== 'sending' ? [{ id, refused: sent.refused }] : [],
  )
  for (const [id, state] of sender.states) {
    if (state.is === 'failed' && id !== shown && !drafts[id]?.sent) unstored.push({ id, refused: false })
  }
  return (
    <section ref={place} tabIndex={-1} className={classes.queue} aria-label={texts.queue}>
      <NotStored decisions={unstored} onShow={(id) => (queue.has(id) ? () => queue.show(id) : undefined)} />
      <div className={classes.bar} data-print="no">
        <div className={classes.title}>
          <Title order={1} size="h2">
            {texts.title}
          </Title>
          <p role="status" className={classes.left}>
            {left && (left.more ? texts.moreLeft : texts.left)(formats.number(left.count))}
            {queue.judged > 0 && ` · ${texts.judgedNow(queue.judged)}`}
          </p>
        </div>
        {filters}
        <div className={classes.steps}>
          {keys}
          {current && (
            <>
              <Button
                variant="default"
                mih={44}
                disabled={!previous}
                aria-keyshortcuts="K ArrowLeft"
                leftSection={<IconChevronLeft size={20} aria-hidden />}
                rightSection={<KeyCap name="K" />}
                onClick={previous}
              >
                {texts.previous}
              </Button>
              <Button
                variant="default"
                mih={44}
                disabled={!next}
                aria-keyshortcuts="J ArrowRight"
                leftSection={<KeyCap name="J" />}
                rightSection={<IconChevronRight size={20} aria-hidden />}
                onClick={next}
              >
                {texts.next}
              </Button>
            </>
          )}
        </div>
      </div>
      {queue.error && <ProblemNote title={texts.queueFailed} error={queue.error} onRetry={queue.renew} />}
      {queue.loading && !queue.error && <Loading />}
      {current && (
        <JudgedBy key={current.defect_id} analysis={current} keys sender={sender} onNext={next}>
          {(parts) => renderVerdict({ ...parts, analysis: current })}
        </JudgedBy>
      )}
      {!current && !queue.loading && !queue.error && (
        <AllReviewed
          left={left?.count ?? 0}
          busy={[...sender.states.values()].some((state) => state.is === 'sending')}
          unsure={waiting.shown === 'unsure'}
          onClear={onClear}
          onRenew={queue.renew}
        />
      )}
    </section>
  )
}

function Loading() {
  const texts = useReviewTexts()
  return (
    <Stack role="status" aria-label={texts.loading}>
      <Skeleton height={56} width="min(100%, 26rem)" />
      <Skeleton height="min(60vh, 30rem)" />
    </Stack>
  )
}
