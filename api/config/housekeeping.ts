import type { Reader } from './reader.ts'

const SWEEPS = ['list', 'delete'] as const

/** Retention of rows, and handling of images without a row. */
export interface HousekeepingConfig {
  /** What the weekly sweep does with images that no row refers to: list them, or delete them as well. */
  imageSweep: (typeof SWEEPS)[number]
  /** Set after a restore, when images may be newer than the rows. Nothing is deleted then. */
  imageSweepPaused: boolean
  /** Retention of the audit log in days. The database enforces at least 90. */
  auditRetentionDays: number
  /** Days that the state of a finished ingest job stays available. Its analysis is kept. */
  ingestRetentionDays: number
  /** Retention in days of events that were queued. Delivery is abandoned after hours. */
  eventRetentionDays: number
  /** Retention in days of the usage counts behind the daily budgets. */
  usageRetentionDays: number
}

/** Minimum retention that the database function prune_audit_log enforces (drizzle/migrations). */
export const MIN_AUDIT_RETENTION_DAYS = 90

export const readHousekeeping = (read: Reader): HousekeepingConfig => ({
  imageSweep: read.oneOf('IMAGE_SWEEP', 'list', SWEEPS),
  imageSweepPaused: read.oneOf('IMAGE_SWEEP_PAUSED', '0', ['0', '1']) === '1',
  auditRetentionDays: read.number('AUDIT_RETENTION_DAYS', 400, MIN_AUDIT_RETENTION_DAYS, 36_500),
  ingestRetentionDays: read.number('INGEST_RETENTION_DAYS', 90, 7, 36_500),
  eventRetentionDays: read.number('EVENT_RETENTION_DAYS', 30, 15, 36_500),
  usageRetentionDays: read.number('USAGE_RETENTION_DAYS', 400, 31, 36_500),
})
