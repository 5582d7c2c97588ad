import { sql } from 'drizzle-orm'
import { type HousekeepingJob, inBatches } from './job.ts'

/**
 * Removes old rows of the audit log. The API's database user may only insert and read, so a function of the owner deletes them; it
 * refuses to delete recent rows.
 */
export const removeAuditRows: HousekeepingJob = ({ db, config }, signal) =>
  inBatches(signal, async (limit) => {
    const call = sql`select prune_audit_log(${config.auditRetentionDays}::int, ${limit}::int) as removed`
    const { rows } = await db.execute<{ removed: number }>(call)
    return rows[0]?.removed ?? 0
  })
