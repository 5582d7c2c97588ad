import type { QueueItem } from './item.ts'
import { type QueueEvent, reduce } from './reducer.ts'
import { EMPTY, type QueueState } from './state.ts'

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
