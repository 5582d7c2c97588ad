import { sql } from 'drizzle-orm'
import { ingestJobs } from '../../../drizzle/schema.ts'
import { type HousekeepingJob, inBatches } from './job.ts'

/** Removes ingest jobs that ended long ago. Analyses and their pictures stay; pictures of failed jobs become orphans for the sweep. */
export const removeIngestJobs: HousekeepingJob = ({ db, config }, signal) =>
  inBatches(signal, async (limit) => {
    const { rowCount } = await db.execute(sql`
      delete from ${ingestJobs} where image_id in (
        select image_id from ${ingestJobs}
        where finished_at < now() - make_interval(days => ${config.ingestRetentionDays}::int) and status in ('done', 'failed')
        order by finished_at limit ${limit} for update skip locked
      )`)
    return rowCount ?? 0
  })
