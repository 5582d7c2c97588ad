import type { ProblemError } from '../../api/problem.ts'
import type { QueueItem } from './queue-item.ts'

export interface Pause {
  /** Milliseconds since 1970. */
  until: number
  /** Why the service asked for it. */
  problem: ProblemError
}

export interface QueueSnapshot {
  items: readonly QueueItem[]
  /** The item whose result is shown. */
  selected: string | null
  /** Until it ends nothing is sent. */
  pause: Pause | null
  /** The item that finished last. */
  lastFinished: string | null
  /** Another tab of this browser runs the queue; here are only photos that could not be handed to it. */
  elsewhere: boolean
  /** Why photos are not kept over a reload; null where they are. */
  unkept: 'unavailable' | 'full' | null
  /** Estimate for all that is open; null where there is none. */
  secondsLeft: number | null
}

/** What the screen shows of the queue; `subscribe` and `snapshot` are for useSyncExternalStore. */
export function createQueueState() {
  let snapshot: QueueSnapshot = {
    items: [],
    selected: null,
    pause: null,
    lastFinished: null,
    elsewhere: false,
    unkept: null,
    secondsLeft: null,
  }
  const listeners = new Set<() => void>()

  function change(part: Partial<QueueSnapshot>): void {
    snapshot = { ...snapshot, ...part }
    for (const listener of listeners) listener()
  }
  return {
    snapshot: () => snapshot,
    subscribe(listener: () => void): () => void {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    change,
    find: (id: string): QueueItem | undefined => snapshot.items.find((item) => item.id === id),
    /** Changes all items that fit, and returns them as they are now. */
    update(which: (item: QueueItem) => boolean, part: (item: QueueItem) => Partial<QueueItem>): QueueItem[] {
      const changed: QueueItem[] = []
      const items = snapshot.items.map((item) => {
        if (!which(item)) return item
        const next = { ...item, ...part(item) }
        changed.push(next)
        return next
      })
      if (changed.length > 0) change({ items })
      return changed
    },
    /** Takes items out; the result of one of them is shown no longer. */
    drop(which: (item: QueueItem) => boolean): QueueItem[] {
      const gone = snapshot.items.filter(which)
      if (gone.length === 0) return gone
      change({
        items: snapshot.items.filter((item) => !which(item)),
        selected: gone.some(({ id }) => id === snapshot.selected) ? null : snapshot.selected,
      })
      return gone
    },
  }
}

export type QueueState = ReturnType<typeof createQueueState>
