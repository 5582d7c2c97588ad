import type { ProblemError } from '../../api/problem.ts'
import type { Analysis, PhotoFields } from '../../api/types.ts'
import type { Refusal } from './check-file.ts'

/** Where a photo is on its way. Times are milliseconds since 1970. */
export type ItemState =
  | { is: 'preparing' }
  | { is: 'queued' }
  | { is: 'uploading'; share: number }
  | { is: 'analysing'; since: number }
  /** The service asked to wait (Retry-After). */
  | { is: 'waiting'; until: number }
  | { is: 'done'; analysis: Analysis }
  | { is: 'failed'; problem: ProblemError }
  /** Never sent: it breaks a rule of the service. */
  | { is: 'refused'; reason: Refusal }
  | { is: 'cancelled' }

export interface QueueItem {
  id: number
  file: File
  fields: PhotoFields
  /** Kept over all attempts: where an answer was lost, the next attempt has the same. */
  idempotencyKey: string
  /** Address of a small picture; null until it is made, or where it cannot be. */
  thumbnail: string | null
  /** How often the service has asked to wait. */
  waits: number
  /** Its result opens by itself. */
  opens: boolean
  state: ItemState
}

export const isRunning = ({ state }: QueueItem): boolean => state.is === 'uploading' || state.is === 'analysing'
export const isFinished = ({ state }: QueueItem): boolean =>
  state.is === 'done' || state.is === 'failed' || state.is === 'refused' || state.is === 'cancelled'
export const canRetry = ({ state }: QueueItem): boolean => state.is === 'failed' || state.is === 'cancelled'
