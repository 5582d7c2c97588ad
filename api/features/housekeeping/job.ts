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

/** Returns the number of rows removed or images found. Throws the signal's reason soon after the signal aborts. */
export type HousekeepingJob = (parts: HousekeepingParts, signal: AbortSignal) => Promise<number>

/** Rows per statement, so that none runs long or blocks others. */
const BATCH = 1_000

/** Removes rows in batches until none are left. `remove` deletes up to `limit` rows and returns how many it deleted. */
export async function inBatches(signal: AbortSignal, remove: (limit: number) => Promise<number>): Promise<number> {
  let total = 0
  for (;;) {
    signal.throwIfAborted()
    const removed = await remove(BATCH)
    total += removed
    if (removed < BATCH) return total
  }
}
