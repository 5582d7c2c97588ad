import type { Db } from '../../database/database.ts'
import { sweepImages } from '../../images/sweep.ts'
import { keysWithRow } from '../analyses/queries.ts'
import { keysWithJob } from '../ingest/jobs.ts'
import type { HousekeepingJob } from './job.ts'

/** The subset of these image keys that a row refers to. */
export const keysInUse = async (db: Db, keys: string[]): Promise<Set<string>> =>
  new Set([...(await keysWithRow(db, keys)), ...(await keysWithJob(db, keys))])

/** Orphans named in the log; `make sweep` lists all. */
const MAX_LOGGED = 20

/** Counts images without a row. Deletes them if IMAGE_SWEEP=delete and the safety checks of the sweep pass. */
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
  const oldest = orphans.slice(0, MAX_LOGGED).map(({ key }) => key)
  const detail = { images: listed, looked_at: lookedAt, orphans: orphans.length, deleted: deleted.length, oldest }
  if (config.imageSweep === 'delete' && refusal !== null) log.warn({ ...detail, refusal }, 'Orphan images not deleted')
  else if (orphans.length > 0) log.info(detail, 'Orphan images found')
  return orphans.length
}
