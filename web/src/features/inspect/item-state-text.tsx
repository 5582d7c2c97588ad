import {
  IconAlertTriangle,
  IconBan,
  IconBulb,
  IconCameraOff,
  IconClock,
  IconCopy,
  IconHourglass,
  IconLoader2,
  IconUpload,
  type TablerIcon,
} from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { problemText } from '../../components/problem-text.ts'
import { VerdictTag } from '../../components/tag.tsx'
import { useOnline } from '../../components/use-online.ts'
import { useFormats, useTexts } from '../../language/use-language.ts'
import { namesOf, type Refusal } from './check-file.ts'
import { useDuration } from './duration.ts'
import classes from './item-state-text.module.css'
import type { ItemState, QueueItem } from './queue/item.ts'
import { useNow } from './use-now.ts'

/** What to do about a photo that would not be judged. */
export function Advice({ codes }: { codes: NonNullable<QueueItem['advice']> }) {
  const { photoFaults } = useTexts().vocabulary
  return (
    <span role="status">
      {codes.map((code) => (
        <Line key={code} icon={IconBulb}>
          {photoFaults[code]}
        </Line>
      ))}
    </span>
  )
}

/** Where a photo stands, in words, with an icon. */
export function ItemStateText({ state }: { state: ItemState }) {
  const messages = useTexts()
  const texts = messages.inspect
  const refusalText = useRefusalText()
  switch (state.is) {
    case 'preparing':
      return <Line icon={IconLoader2}>{texts.state.preparing}</Line>
    case 'held':
      return (
        <Line icon={IconCameraOff} bad>
          {texts.state.held}
        </Line>
      )
    case 'queued':
      return <Line icon={IconClock}>{texts.state.queued}</Line>
    case 'uploading':
      return <Line icon={IconUpload}>{texts.state.uploading(Math.floor(state.share * 100))}</Line>
    case 'analysing':
      return <Elapsed since={state.since} />
    case 'waiting':
      return <Countdown until={state.until} />
    case 'cancelled':
      return <Line icon={IconBan}>{texts.state.cancelled}</Line>
    case 'refused':
      return (
        <Line icon={IconBan} bad>
          {texts.state.refused(refusalText(state.reason))}
        </Line>
      )
    case 'failed':
      return (
        <Line icon={IconAlertTriangle} bad>
          {texts.state.failed(problemText(state.problem, messages))}
          {state.problem.requestId && <small>{texts.requestId(state.problem.requestId)}</small>}
        </Line>
      )
    case 'done':
      return (
        <span className={classes.done}>
          <VerdictTag verdict={state.analysis.verdict} />
          {state.analysis.defect_detected && <span>{messages.vocabulary.defectTypes[state.analysis.defect_type]}</span>}
          {state.analysis.duplicate && <Line icon={IconCopy}>{texts.state.duplicate}</Line>}
        </span>
      )
  }
}

function useRefusalText(): (refusal: Refusal) => string {
  const texts = useTexts().inspect.refusal
  const formats = useFormats()
  return (refusal) => {
    switch (refusal.rule) {
      case 'tooLarge':
        return texts.tooLarge(formats.bytes(refusal.size), formats.bytes(refusal.limit))
      case 'wrongType':
      case 'heic':
        return texts[refusal.rule](formats.either(namesOf(refusal.types)))
      default:
        return texts[refusal.rule]
    }
  }
}

function Line({ icon: Icon, bad = false, children }: { icon: TablerIcon; bad?: boolean; children: ReactNode }) {
  return (
    <span className={classes.line} data-bad={bad}>
      <Icon size={16} aria-hidden />
      <span className={classes.text}>{children}</span>
    </span>
  )
}

function Elapsed({ since }: { since: number }) {
  const texts = useTexts().inspect
  const seconds = Math.max(0, Math.floor((useNow() - since) / 1000))
  return <Line icon={IconHourglass}>{texts.state.analysing(seconds)}</Line>
}

function Countdown({ until }: { until: number }) {
  const texts = useTexts().inspect
  const duration = useDuration()
  const seconds = Math.max(0, Math.ceil((until - useNow()) / 1000))
  // Without a network it goes on when that is back, and not when a time is over.
  if (!useOnline()) return <Line icon={IconClock}>{texts.state.queued}</Line>
  return <Line icon={IconClock}>{texts.state.waiting(duration.exact(seconds))}</Line>
}
