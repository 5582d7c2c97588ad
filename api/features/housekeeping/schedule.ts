import type { MetricKey } from '../../platform/observability/metrics.ts'

/** One row of the schedule. */
export interface Scheduled {
  /** Minute, hour, day, month, weekday in UTC: 19 h is 3 h in the morning at the plants. */
  readonly cron: string
  readonly everyHours: number
  /** Gets the number of rows removed, or images found. */
  readonly metric: MetricKey
}

/**
 * What is tidied up, and when; pg-boss sees to it that one process does it. A run that was missed, as nothing ran then, is made up for.
 * Not here: finished jobs of pg-boss, which it removes itself (queue/queues.ts), and sessions, which are signed and not stored.
 */
export const SCHEDULE = {
  'idempotency-keys': { cron: '7 * * * *', everyHours: 1, metric: 'idempotencyKeysRemoved' },
  'ingest-jobs': { cron: '11 19 * * *', everyHours: 24, metric: 'ingestJobsRemoved' },
  events: { cron: '17 19 * * *', everyHours: 24, metric: 'eventsRemoved' },
  'daily-usage': { cron: '23 19 * * *', everyHours: 24, metric: 'usageRowsRemoved' },
  'audit-log': { cron: '29 19 * * *', everyHours: 24, metric: 'auditRowsRemoved' },
  'orphan-images': { cron: '41 19 * * 6', everyHours: 168, metric: 'orphanImages' },
} as const satisfies Readonly<Record<string, Scheduled>>

export type HousekeepingName = keyof typeof SCHEDULE

export const HOUSEKEEPING_NAMES = Object.keys(SCHEDULE) as HousekeepingName[]
