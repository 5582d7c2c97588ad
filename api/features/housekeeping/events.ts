import { sql } from 'drizzle-orm'
import { events } from '../../../drizzle/schema.ts'
import { type HousekeepingJob, inBatches } from './job.ts'

/** Removes events past their retention, whose deliveries have long ended. */
export const removeEvents: HousekeepingJob = ({ db, config }, signal) =>
  inBatches(signal, async (limit) => {
    const { rowCount } = await db.execute(sql`
      delete from ${events} where id in (
        select id from ${events} where created_at < now() - make_interval(days => ${config.eventRetentionDays}::int)
        limit ${limit} for update skip locked
      )`)
    return rowCount ?? 0
  })
