import type { Reader } from './reader.ts'

const SWEEPS = ['list', 'delete'] as const

/** How long rows are kept that nobody needs for ever, and what becomes of images without a row. */
export interface HousekeepingConfig {
  /** What the weekly sweep does with images that no row refers to: count and list them, or delete them too. */
  imageSweep: (typeof SWEEPS)[number]
  /** Set after a restore, when images may be newer than the rows: nothing is deleted then. */
  imageSweepPaused: boolean
  /** Days of the audit log. The database itself keeps 90 at least. */
  auditRetentionDays: number
  /** Days that the state of a finished ingest job can be asked for; its analysis stays. */
  ingestRetentionDays: number
  /** Days of events that were handed to the queue; it gives a delivery up after hours. */
  eventRetentionDays: number
  /** Days of the counts behind the daily budgets. */
  usageRetentionDays: number
}

/** Least days of the audit log, as the function prune_audit_log has them (drizzle/migrations). */
export const AUDIT_DAYS_AT_LEAST = 90

export const readHousekeeping = (read: Reader): HousekeepingConfig => ({
  imageSweep: read.oneOf('IMAGE_SWEEP', 'list', SWEEPS),
  imageSweepPaused: read.oneOf('IMAGE_SWEEP_PAUSED', '0', ['0', '1']) === '1',
  auditRetentionDays: read.number('AUDIT_RETENTION_DAYS', 400, AUDIT_DAYS_AT_LEAST, 36_500),
  ingestRetentionDays: read.number('INGEST_RETENTION_DAYS', 90, 7, 36_500),
  eventRetentionDays: read.number('EVENT_RETENTION_DAYS', 30, 15, 36_500),
  usageRetentionDays: read.number('USAGE_RETENTION_DAYS', 400, 31, 36_500),
})
