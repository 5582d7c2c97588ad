import { sql } from 'drizzle-orm'
import { housekeepingRuns } from '../../../drizzle/schema.ts'
import type { Db } from '../../database/database.ts'
import type { SqlClient } from '../../platform/queue/sql-client.ts'
import { HOUSEKEEPING_NAMES, type HousekeepingName, SCHEDULE } from './schedule.ts'

/** A daily job that fails once runs again the next day without an alarm. */
const GRACE_HOURS = 48

/** Inserts a row for each scheduled job, from which its overdue time counts. `client` must own the tables. */
export async function installHousekeeping(client: SqlClient): Promise<void> {
  const names = [...HOUSEKEEPING_NAMES]
  await client.query('insert into housekeeping_runs (job) select unnest($1::text[]) on conflict do nothing', [names])
}

/** Records a successful run. */
export async function markRun(db: Db, job: HousekeepingName): Promise<void> {
  const succeededAt = sql`now()`
  await db
    .insert(housekeepingRuns)
    .values({ job, succeededAt })
    .onConflictDoUpdate({ target: housekeepingRuns.job, set: { succeededAt } })
}

/** Jobs whose last success is more than their period plus two days ago. */
export async function overdueJobs(db: Db, now = new Date()): Promise<HousekeepingName[]> {
  const rows = await db.select().from(housekeepingRuns)
  const succeeded = new Map(rows.map(({ job, succeededAt }) => [job, succeededAt.getTime()]))
  return HOUSEKEEPING_NAMES.filter((job) => {
    const last = succeeded.get(job) ?? now.getTime()
    return now.getTime() - last > (SCHEDULE[job].everyHours + GRACE_HOURS) * 3_600_000
  })
}
