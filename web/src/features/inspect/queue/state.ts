import type { ProblemError } from '../../../api/problem.ts'
import type { QueueItem } from './item.ts'

export interface Pause {
  /** Milliseconds since 1970. */
  until: number
  /** Why the service asked for it. */
  problem: ProblemError
}

export interface QueueState {
  items: readonly QueueItem[]
  /** The item whose result is shown. */
  selected: string | null
  /** Nothing is sent until it ends. */
  pause: Pause | null
  /** After a pause a single photo is sent first: if the service refuses again, it refuses only one. */
  probing: boolean
  /** The item that finished last. */
  lastFinished: string | null
  /** Items finished since the queue was last idle. */
  batch: readonly string[]
  /** When the last photos finished, for the estimate. */
  finishTimes: readonly number[]
  /** Estimate for all open items; null if there is none. */
  secondsLeft: number | null
  /** Another tab runs the queue; this one has only photos that could not be stored for it. */
  elsewhere: boolean
  /** Why photos do not survive a reload; null if they do. */
  storageProblem: 'unavailable' | 'full' | null
}

export const EMPTY: QueueState = {
  items: [],
  selected: null,
  pause: null,
  probing: false,
  lastFinished: null,
  batch: [],
  finishTimes: [],
  secondsLeft: null,
  elsewhere: false,
  storageProblem: null,
}
