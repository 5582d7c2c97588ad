import type { HousekeepingConfig } from '../../config/housekeeping.ts'
import type { Db } from '../../database/database.ts'
import type { ImageStore } from '../../images/store.ts'
import type { QueueLog } from '../../platform/queue/queue.ts'

export interface HousekeepingParts {
  db: Db
  store: ImageStore
  config: HousekeepingConfig
  log: QueueLog
}

/** Does its work and returns how many rows it removed, or images it found. Stops soon where the signal fires, by throwing its reason. */
export type HousekeepingJob = (parts: HousekeepingParts, signal: AbortSignal) => Promise<number>

/** Rows that one statement removes, so that none takes long or keeps others waiting. */
const STEP = 1_000

/** Removes step by step until there is no more; `remove` takes the most rows that it may, and returns how many it took. */
export async function inSteps(signal: AbortSignal, remove: (most: number) => Promise<number>): Promise<number> {
  let removed = 0
  for (;;) {
    signal.throwIfAborted()
    const taken = await remove(STEP)
    removed += taken
    if (taken < STEP) return removed
  }
}
