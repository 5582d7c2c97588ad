import type { ProblemError } from '../../api/problem.ts'
import type { Analysis, PhotoFault, PhotoFields } from '../../api/types.ts'
import type { Refusal } from './check-file.ts'
import type { Fitted } from './fit/fit-photo.ts'

/** Where a photo is on its way. Times are milliseconds since 1970. */
export type ItemState =
  | { is: 'preparing' }
  /** The photo would not be judged: it waits for the inspector, who takes another or sends it all the same. */
  | { is: 'held' }
  | { is: 'queued' }
  | { is: 'uploading'; share: number }
  | { is: 'analysing'; since: number }
  /** The service asked to wait (Retry-After), or did not answer. */
  | { is: 'waiting'; until: number }
  | { is: 'done'; analysis: Analysis }
  | { is: 'failed'; problem: ProblemError }
  /** Never sent: it breaks a rule of the service. */
  | { is: 'refused'; reason: Refusal }
  | { is: 'cancelled' }

export interface QueueItem {
  id: string
  /** When it was added; photos that were added together follow each other by fractions. */
  addedAt: number
  /** As it is sent. */
  file: File
  /** Left out where it is sent as it was added. */
  fitted?: Fitted
  /** As they were when it was added. */
  fields: PhotoFields
  /** Kept over all attempts and reloads: where an answer was lost, the next attempt has the same. */
  idempotencyKey: string
  /** How often it was sent in vain. */
  waits: number
  /** Its result opens by itself. */
  opens: boolean
  /** What speaks against judging the photo; left out where it is not measured yet. */
  advice?: readonly PhotoFault['code'][]
  /** Whether it would be there after a reload. */
  kept: boolean
  state: ItemState
}

const isOneOf =
  (...names: ItemState['is'][]) =>
  ({ state }: { state: Pick<ItemState, 'is'> }): boolean =>
    names.includes(state.is)

export const isFinished = isOneOf('done', 'failed', 'refused', 'cancelled')
/** The service will say the same of the same photo and fields. */
const FINAL = [400, 413, 415, 422]
/** Whether sending it again may end otherwise. */
export const canRetry = ({ state }: { state: ItemState }): boolean =>
  state.is === 'cancelled' || (state.is === 'failed' && !FINAL.includes(state.problem.status))
/** Not on its way yet, so that what goes with it may still be changed. */
export const isWaiting = isOneOf('preparing', 'held', 'queued', 'waiting')
/** The analyzer found the part bad. */
export const isNg = ({ state }: { state: ItemState }): boolean => state.is === 'done' && state.analysis.verdict === 'ng'
