import type { ProblemError } from '../../../api/problem.ts'
import type { Analysis, PhotoFault, PhotoFields } from '../../../api/types.ts'
import type { CheckedFile } from '../check-file.ts'
import { addFinish, secondsLeft } from './eta.ts'
import { type ItemState, isFinished, isInFlight, isNg, type QueueItem } from './item.ts'
import type { QueueState } from './state.ts'

/** What happened to the queue. `now` and `until` are milliseconds since 1970. */
export type QueueEvent =
  | { type: 'added'; items: readonly QueueItem[] }
  /** The file was checked and, if `stored`, written to the photo store. */
  | { type: 'prepared'; id: string; checked: CheckedFile; stored: boolean; now: number }
  | { type: 'advised'; id: string; advice: readonly PhotoFault['code'][] }
  | { type: 'uploading'; id: string; share: number }
  | { type: 'uploaded'; id: string; now: number }
  | { type: 'succeeded'; id: string; analysis: Analysis; now: number }
  | { type: 'failed'; id: string; problem: ProblemError; now: number }
  /** Another attempt follows; unless the conflict is with the photo's own first request, the whole queue waits. */
  | { type: 'postponed'; id: string; problem: ProblemError; until: number }
  /** A photo that was postponed, or could not be sent for lack of network or session, is due again. */
  | { type: 'resumed'; id: string }
  | { type: 'pause-ended' }
  | { type: 'cancelled'; ids: readonly string[] }
  | {
      type: 'requeued'
      ids: readonly string[]
      change?: Partial<Pick<QueueItem, 'fields' | 'idempotencyKey' | 'opens'>>
    }
  | { type: 'fields-changed'; changes: ReadonlyMap<string, { fields: PhotoFields; idempotencyKey: string }> }
  | { type: 'removed'; ids: readonly string[] }
  | { type: 'selected'; id: string }
  | { type: 'loaded'; items: readonly QueueItem[] }
  | { type: 'lock-acquired' }
  | { type: 'lock-lost' }
  | { type: 'storage-failed'; problem: 'unavailable' | 'full' }

export function reduce(state: QueueState, event: QueueEvent): QueueState {
  switch (event.type) {
    case 'added':
      return { ...state, items: [...state.items, ...event.items] }
    case 'prepared':
      return prepared(state, event)
    case 'advised':
      return changeItem(state, event.id, (item) => ({
        advice: event.advice,
        // A single photo is held back while the inspector is still there to retake it; in a batch none delays the rest.
        ...(item.state.is === 'preparing' && { state: { is: event.advice.length > 0 ? 'held' : 'queued' } }),
      }))
    case 'uploading':
      return setState(state, event.id, { is: 'uploading', share: event.share })
    case 'uploaded':
      return setState(state, event.id, { is: 'analysing', since: event.now })
    case 'succeeded':
      return { ...finish(state, event.id, { is: 'done', analysis: event.analysis }, event.now), probing: false }
    case 'failed':
      return finish(state, event.id, { is: 'failed', problem: event.problem }, event.now)
    case 'postponed':
      return postponed(state, event)
    case 'resumed':
      return changeItem(state, event.id, (item) =>
        item.state.is === 'waiting' || isInFlight(item) ? { state: { is: 'queued' } } : null,
      )
    case 'pause-ended':
      return {
        ...changeItems(
          state,
          ({ state: { is } }) => is === 'waiting',
          () => ({ state: { is: 'queued' } }),
        ),
        pause: null,
        probing: true,
      }
    case 'cancelled':
      return endBatch({
        ...changeItems(
          state,
          (item) => !isFinished(item) && event.ids.includes(item.id),
          () => ({ state: { is: 'cancelled' } }),
        ),
        secondsLeft: null,
      })
    case 'requeued':
      return changeItems(
        state,
        ({ id }) => event.ids.includes(id),
        () => ({ attempts: 0, state: { is: 'queued' }, ...event.change }),
      )
    case 'fields-changed':
      return changeItems(
        state,
        ({ id }) => event.changes.has(id),
        ({ id }) => ({ ...event.changes.get(id) }),
      )
    case 'removed':
      return removeItems(state, ({ id }) => event.ids.includes(id))
    case 'selected':
      return { ...state, selected: event.id }
    case 'loaded':
      return loaded(state, event.items)
    case 'lock-acquired':
      return { ...state, elsewhere: false }
    case 'lock-lost':
      return removeItems({ ...state, elsewhere: true, pause: null, secondsLeft: null }, ({ stored }) => stored)
    case 'storage-failed':
      return { ...state, storageProblem: event.problem }
  }
}

type Of<Type extends QueueEvent['type']> = Extract<QueueEvent, { type: Type }>
/** Null leaves the item as it is. */
type Change = (item: QueueItem) => Partial<QueueItem> | null

function changeItems(state: QueueState, which: (item: QueueItem) => boolean, change: Change): QueueState {
  let changed = false
  const items = state.items.map((item) => {
    const part = which(item) ? change(item) : null
    if (!part) return item
    changed = true
    return { ...item, ...part }
  })
  return changed ? { ...state, items } : state
}

const changeItem = (state: QueueState, id: string, change: Change): QueueState =>
  changeItems(state, (item) => item.id === id, change)

const setState = (state: QueueState, id: string, next: ItemState): QueueState =>
  changeItem(state, id, () => ({ state: next }))

/** A result that is shown is closed with its item. */
function removeItems(state: QueueState, which: (item: QueueItem) => boolean): QueueState {
  const items = state.items.filter((item) => !which(item))
  const selected = items.some(({ id }) => id === state.selected) ? state.selected : null
  return { ...state, items, selected }
}

function prepared(state: QueueState, { id, checked: { refusal, ...file }, stored, now }: Of<'prepared'>): QueueState {
  const item = state.items.find((each) => each.id === id)
  if (!item) return state
  // Stored photos belong to the tab that has the lock.
  if (stored && state.elsewhere) return removeItems(state, (each) => each.id === id)
  const next = changeItem(state, id, () => ({ ...file, stored }))
  if (item.state.is !== 'preparing') return next
  if (refusal) return finish(next, id, { is: 'refused', reason: refusal }, now)
  // One that opens by itself is a single photo: it waits for the advice.
  return item.opens ? next : setState(next, id, { is: 'queued' })
}

function postponed(state: QueueState, { id, problem, until }: Of<'postponed'>): QueueState {
  const next = changeItem(state, id, (item) =>
    isInFlight(item) ? { state: { is: 'waiting', until }, attempts: item.attempts + 1 } : null,
  )
  const pauses = problem.status !== 409 && until > (state.pause?.until ?? 0)
  return pauses ? { ...next, pause: { until, problem } } : next
}

function finish(state: QueueState, id: string, outcome: ItemState, now: number): QueueState {
  const item = state.items.find((each) => each.id === id)
  if (!item) return state
  const next = setState(state, id, outcome)
  const open = next.items.filter((each) => !isFinished(each)).length
  // A refused file says nothing about the service's speed.
  const times = outcome.is === 'refused' ? state.finishTimes : addFinish(state.finishTimes, now)
  return endBatch({
    ...next,
    lastFinished: id,
    batch: [...state.batch, id],
    finishTimes: open === 0 ? [] : times,
    secondsLeft: outcome.is === 'refused' ? state.secondsLeft : secondsLeft(times, open),
    selected: outcome.is === 'done' && item.opens ? id : state.selected,
  })
}

/** When all is done, the first NG of several photos opens, unless another result is being looked at. */
function endBatch(state: QueueState): QueueState {
  if (state.items.some((item) => !isFinished(item))) return state
  const { batch, items, selected } = state
  const ng = batch.length > 1 ? items.find((item) => batch.includes(item.id) && isNg(item)) : undefined
  return { ...state, batch: [], selected: selected ?? ng?.id ?? null }
}

function loaded(state: QueueState, items: readonly QueueItem[]): QueueState {
  const known = new Set(state.items.map(({ id }) => id))
  const missing = items.filter(({ id }) => !known.has(id))
  if (missing.length === 0) return state
  const shown = missing.findLast((item) => item.state.is === 'done' && item.opens)
  return {
    ...state,
    items: [...state.items, ...missing].sort((a, b) => a.addedAt - b.addedAt),
    selected: state.selected ?? shown?.id ?? null,
  }
}
