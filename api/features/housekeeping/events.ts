import { sql } from 'drizzle-orm'
import { events } from '../../../drizzle/schema.ts'
import { type HousekeepingJob, inSteps } from './job.ts'

/** Events of long ago: their deliveries have ended, and another verdict on the same part is a new event after a day. */
export const removeEvents: HousekeepingJob = ({ db, config }, signal) =>
  inSteps(signal, async (most) => {
    const { rowCount } = await db.execute(sql`
      delete from ${events} where id in (
        select id from ${events} where created_at < now() - make_interval(days => ${config.eventRetentionDays}::int)
        limit ${most} for update skip locked
      )`)
    return rowCount ?? 0
  })
