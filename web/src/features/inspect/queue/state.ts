import type { ProblemError } from '../../../api/problem.ts'
import type { QueueItem } from './item.ts'
import { type QueueEvent, reduce } from './reducer.ts'

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

type Listener = (state: QueueState, previous: QueueState) => void

/** Holds the state; `getState` and `subscribe` fit useSyncExternalStore. */
export function createQueueState() {
  let state = EMPTY
  const listeners = new Set<Listener>()
  return {
    getState: () => state,
    find: (id: string): QueueItem | undefined => state.items.find((item) => item.id === id),
    dispatch(event: QueueEvent): void {
      const previous = state
      state = reduce(previous, event)
      if (state === previous) return
      for (const listener of listeners) listener(state, previous)
    },
    subscribe(listener: Listener): () => void {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

export type QueueStateHolder = ReturnType<typeof createQueueState>
