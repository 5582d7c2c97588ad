import type { Db } from '../../database/database.ts'
import { sweepImages } from '../../images/sweep.ts'
import { keysWithRow } from '../analyses/queries.ts'
import { keysWithJob } from '../ingest/jobs.ts'
import type { HousekeepingJob } from './job.ts'

/** Of these image keys, those that a row refers to. */
export const keysInUse = async (db: Db, keys: string[]): Promise<Set<string>> =>
  new Set([...(await keysWithRow(db, keys)), ...(await keysWithJob(db, keys))])

/** Orphans that the log names; `make sweep` lists all. */
const NAMED = 20

/** Counts images without a row, and deletes them where the settings say so and the sweep's own rules allow it. */
export const sweepOrphanImages: HousekeepingJob = async ({ db, store, config, log }, signal) => {
  const report = await sweepImages({
    store,
    hasRow: async (keys) => {
      signal.throwIfAborted()
      return keysInUse(db, keys)
    },
    now: new Date(),
    delete: config.imageSweep === 'delete',
    paused: config.imageSweepPaused,
  })
  const { listed, lookedAt, orphans, deleted, refusal } = report
  const oldest = orphans.slice(0, NAMED).map(({ key }) => key)
  const detail = { images: listed, looked_at: lookedAt, orphans: orphans.length, deleted: deleted.length, oldest }
  if (config.imageSweep === 'delete' && refusal !== null) log.warn({ ...detail, refusal }, 'no image was deleted')
  else if (orphans.length > 0) log.info(detail, 'images without a row')
  return orphans.length
}
