import { sql } from 'drizzle-orm'
import { ingestJobs } from '../../../drizzle/schema.ts'
import { type HousekeepingJob, inSteps } from './job.ts'

/**
 * Ingest jobs that ended long ago; analyses and their pictures stay. The picture of a job that failed has no row then, and is the sweep's.
 */
export const removeIngestJobs: HousekeepingJob = ({ db, config }, signal) =>
  inSteps(signal, async (most) => {
    const { rowCount } = await db.execute(sql`
      delete from ${ingestJobs} where image_id in (
        select image_id from ${ingestJobs}
        where finished_at < now() - make_interval(days => ${config.ingestRetentionDays}::int) and status in ('done', 'failed')
        order by finished_at limit ${most} for update skip locked
      )`)
    return rowCount ?? 0
  })
