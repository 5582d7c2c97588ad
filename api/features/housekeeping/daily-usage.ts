import { sql } from 'drizzle-orm'
import { dailyUsage } from '../../../drizzle/schema.ts'
import { type HousekeepingJob, inSteps } from './job.ts'

/** What was used of the budgets of days long past. */
export const removeDailyUsage: HousekeepingJob = ({ db, config }, signal) =>
  inSteps(signal, async (most) => {
    const { rowCount } = await db.execute(sql`
      delete from ${dailyUsage} where (day, caller) in (
        select day, caller from ${dailyUsage}
        where day < (now() at time zone 'UTC')::date - ${config.usageRetentionDays}::int
        order by day, caller limit ${most}
      )`)
    return rowCount ?? 0
  })
