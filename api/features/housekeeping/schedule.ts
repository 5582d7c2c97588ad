import type { MetricKey } from '../../platform/observability/metrics.ts'

/** One job of the schedule. */
export interface Scheduled {
  /** In UTC. 19:00 is 03:00 at the plants. */
  readonly cron: string
  readonly everyHours: number
  /** Counts the rows removed or the images found. */
  readonly metric: MetricKey
}

/**
 * The housekeeping jobs. pg-boss runs each job in one process and catches up on missed runs. Finished pg-boss jobs are removed by
 * pg-boss itself (queue/queues.ts), and sessions need no pruning because they are signed, not stored.
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
