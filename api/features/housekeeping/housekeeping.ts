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
import { lateJobs, markRun } from './runs.ts'
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

/** Seconds between two looks for a job: nobody waits for it. */
const POLL_SECONDS = 15

/**
 * Works off the jobs of the schedule, one at a time. A failure is a metric and a line of the log, and is tried again; other jobs are not
 * held up by it. A stop of the service ends a job at its next step, and another process does it again.
 */
export function registerHousekeeping(app: FastifyInstance, deps: HousekeepingDeps): void {
  const { queue, metrics, shutdownSignal, ...parts } = deps
  const { log } = app
  const stopping = new AbortController()
  const stop = () => stopping.abort(new Error('the service stops; another process does it again'))
  shutdownSignal?.addEventListener('abort', stop)
  app.addHook('preClose', async () => stop())

  const work = async ({ data, signal }: { data: { job: string }; signal: AbortSignal }): Promise<void> => {
    const job = HOUSEKEEPING_NAMES.find((name) => name === data.job)
    // The schedule of a newer version: this one leaves it to the other processes.
    if (!job) throw new Error(`this version knows no housekeeping called ${data.job}`)
    const started = performance.now()
    const end = AbortSignal.any([signal, stopping.signal])
    try {
      const rows = await JOBS[job]({ ...parts, log }, end)
      await markRun(parts.db, job)
      metrics.count(SCHEDULE[job].metric, rows)
      log.info({ job, rows, ms: Math.round(performance.now() - started) }, 'housekeeping done')
    } catch (error) {
      if (end.aborted) throw error
      metrics.count('housekeepingFailed')
      log.error({ job, err: error }, 'housekeeping failed; it is tried again')
      throw error
    }
  }
  queue.work<{ job: string }>('housekeeping', 1, work, POLL_SECONDS)
  metrics.gauge('housekeepingLate', async () => (await lateJobs(parts.db)).length)
}
