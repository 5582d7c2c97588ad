import type { ProblemError } from '../../../api/problem.ts'
import type { Analysis, PhotoFault, PhotoFields } from '../../../api/types.ts'
import type { Refusal } from '../check-file.ts'
import type { Fitted } from '../fit/fit-photo.ts'

/** Progress of a photo. Times are milliseconds since 1970. */
export type ItemState =
  | { is: 'preparing' }
  /** The photo probably cannot be judged: the inspector retakes it or sends it anyway. */
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
  /** Photos added together are ordered by fractions of a millisecond. */
  addedAt: number
  /** As it is sent. */
  file: File
  /** Undefined if it is sent as it was added. */
  fitted?: Fitted
  /** As they were when the photo was added. */
  fields: PhotoFields
  /** The same for all attempts, also after a reload, so that an attempt whose response was lost is not repeated. */
  idempotencyKey: string
  /** Attempts that failed so far. */
  attempts: number
  /** Its result opens by itself. */
  opens: boolean
  /** Why the photo may not be judged; undefined until it is measured. */
  advice?: readonly PhotoFault['code'][]
  /** Whether it survives a reload. */
  stored: boolean
  state: ItemState
}

const isOneOf =
  (...names: ItemState['is'][]) =>
  ({ state }: { state: Pick<ItemState, 'is'> }): boolean =>
    names.includes(state.is)

export const isFinished = isOneOf('done', 'failed', 'refused', 'cancelled')
export const isInFlight = isOneOf('uploading', 'analysing')
/** Not sent yet, so its fields can still be changed. */
export const isWaiting = isOneOf('preparing', 'held', 'queued', 'waiting')

/** The service will answer the same photo and fields the same way. */
const FINAL = [400, 413, 415, 422]
/** Whether another attempt may succeed. */
export const canRetry = ({ state }: { state: ItemState }): boolean =>
  state.is === 'cancelled' || (state.is === 'failed' && !FINAL.includes(state.problem.status))
/** The analyzer rejected the part. */
export const isNg = ({ state }: { state: ItemState }): boolean => state.is === 'done' && state.analysis.verdict === 'ng'
