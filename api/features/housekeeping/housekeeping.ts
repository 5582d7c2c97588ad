import type { FastifyInstance } from 'fastify'
import type { Metrics } from '../../platform/observability/metrics.ts'
import type { JobQueue } from '../../platform/queue/queue.ts'
import { removeAuditRows } from './audit-log.ts'
import { removeDailyUsage } from './daily-usage.ts'
import { removeEvents } from './events.ts'
import { removeIdempotencyKeys } from './idempotency-keys.ts'
import { removeIngestJobs } from './ingest-jobs.ts'
import type { HousekeepingJob, HousekeepingParts } from './job.ts'
import { sweepOrphanImages } from './orphan-images.ts'
import { markRun, overdueJobs } from './runs.ts'
import { HOUSEKEEPING_NAMES, type HousekeepingName, SCHEDULE } from './schedule.ts'

const JOBS: Readonly<Record<HousekeepingName, HousekeepingJob>> = {
  'idempotency-keys': removeIdempotencyKeys,
  'ingest-jobs': removeIngestJobs,
  events: removeEvents,
  'daily-usage': removeDailyUsage,
  'audit-log': removeAuditRows,
  'orphan-images': sweepOrphanImages,
}

export type HousekeepingDeps = Omit<HousekeepingParts, 'log'> & {
  queue: Pick<JobQueue, 'work'>
  metrics: Metrics
  /** Aborted where the service is about to stop. */
  shutdownSignal: AbortSignal | undefined
}

/** Polling interval. Housekeeping is not urgent. */
const POLL_SECONDS = 15

/**
 * Runs the scheduled jobs, one at a time. A failed job is logged, counted and retried, and does not delay the others. A shutdown
 * stops a job after its current batch; another process runs it again.
 */
export function registerHousekeeping(app: FastifyInstance, deps: HousekeepingDeps): void {
  const { queue, metrics, shutdownSignal, ...parts } = deps
  const { log } = app
  const stopping = new AbortController()
  const stop = () => stopping.abort(new Error('The service is shutting down; another process runs the job again'))
  shutdownSignal?.addEventListener('abort', stop)
  app.addHook('preClose', async () => stop())

  const work = async ({ data, signal }: { data: { job: string }; signal: AbortSignal }): Promise<void> => {
    const job = HOUSEKEEPING_NAMES.find((name) => name === data.job)
    // A job of a newer version's schedule: leave it to the processes of that version.
    if (!job) throw new Error(`Unknown housekeeping job: ${data.job}`)
    const started = performance.now()
    const end = AbortSignal.any([signal, stopping.signal])
    try {
      const rows = await JOBS[job]({ ...parts, log }, end)
      await markRun(parts.db, job)
      metrics.count(SCHEDULE[job].metric, rows)
      log.info({ job, rows, ms: Math.round(performance.now() - started) }, 'Housekeeping done')
    } catch (error) {
      if (end.aborted) throw error
      metrics.count('housekeepingFailed')
      log.error({ job, err: error }, 'Housekeeping failed, retrying')
      throw error
    }
  }
  queue.work<{ job: string }>('housekeeping', 1, work, POLL_SECONDS)
  metrics.gauge('housekeepingLate', async () => (await overdueJobs(parts.db)).length)
}
