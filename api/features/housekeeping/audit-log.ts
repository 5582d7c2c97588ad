import { sql } from 'drizzle-orm'
import { type HousekeepingJob, inSteps } from './job.ts'

/**
 * Old rows of the audit log. The API's database user may add to it and read it: a function of the owner's removes them, and refuses whoever
 * asks for young ones.
 */
export const removeAuditRows: HousekeepingJob = ({ db, config }, signal) =>
  inSteps(signal, async (most) => {
    const call = sql`select prune_audit_log(${config.auditRetentionDays}::int, ${most}::int) as removed`
    const { rows } = await db.execute<{ removed: number }>(call)
    return rows[0]?.removed ?? 0
  })
