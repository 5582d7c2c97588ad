import { sql } from 'drizzle-orm'
import { dailyUsage } from '../../../drizzle/schema.ts'
import { type HousekeepingJob, inBatches } from './job.ts'

/** Removes usage counts past their retention. */
export const removeDailyUsage: HousekeepingJob = ({ db, config }, signal) =>
  inBatches(signal, async (limit) => {
    const { rowCount } = await db.execute(sql`
      delete from ${dailyUsage} where (day, caller) in (
        select day, caller from ${dailyUsage}
        where day < (now() at time zone 'UTC')::date - ${config.usageRetentionDays}::int
        order by day, caller limit ${limit}
      )`)
    return rowCount ?? 0
  })
