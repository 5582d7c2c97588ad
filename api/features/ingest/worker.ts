import { buffer } from 'node:stream/consumers'
import type { Db } from '../../database/database.ts'
import { AnalyzerError, type AnalyzerFailure } from '../../domain/analyzer-error.ts'
import { ImageArchived, ImageNotFound } from '../../domain/image-error.ts'
import type { ImageStore } from '../../images/store.ts'
import { toProblem } from '../../platform/http/problem.ts'
import type { Metrics } from '../../platform/observability/metrics.ts'
import type { JobQueue, QueueLog } from '../../platform/queue/queue.ts'
import type { AnalysisService } from '../analyses/service.ts'
import { type IngestJob, type IngestRow, markDone, markFailed, postpone, requeue, startAttempt } from './jobs.ts'

export interface IngestWorkerDeps {
  db: Db
  queue: JobQueue
  service: AnalysisService
  store: ImageStore
  metrics: Metrics
  log: QueueLog
  /** Maximum jobs in progress. */
  concurrency: number
  /** Retries per job. */
  retryLimit: number
}

/** Maximum attempts by failure. All other failures are transient and retried until the queue gives up. */
const ATTEMPTS: Partial<Record<AnalyzerFailure, number>> = {
  unreadable: 1,
  refused: 1,
  content_filtered: 1,
  truncated: 3,
  malformed: 3,
}

/** True if a retry would fail in the same way. */
function isFinal(error: unknown, attempts: number): boolean {
  if (error instanceof AnalyzerError) return attempts >= (ATTEMPTS[error.failure] ?? Number.POSITIVE_INFINITY)
  return error instanceof ImageNotFound || error instanceof ImageArchived
}

/** Seconds until a spent budget is renewed; null for other failures. Ordinary retries would run out long before that. */
function budgetWait(error: unknown): number | null {
  const { kind, headers } = toProblem(error)
  return kind === 'budget-spent' ? Number(headers['retry-after']) : null
}

function reasonFor(error: unknown): string {
  if (error instanceof ImageNotFound) return 'The picture is no longer in the image store; send it again'
  if (error instanceof ImageArchived) return 'The picture was archived before it was analysed; send it again'
  return toProblem(error).message
}

/** Runs ingest jobs: analyses the stored picture, then writes the result and completes the job in one transaction. */
export function workIngest(deps: IngestWorkerDeps): void {
  const { db, queue, service, store, metrics, log, concurrency, retryLimit } = deps
  async function analyse(job: IngestRow, signal: AbortSignal): Promise<void> {
    const { imageId, imageKey: key, imageSha256: sha256, imageWidth: width, imageHeight: height, caller } = job
    const { body } = await store.get(key, 'image')
    const upright = { jpeg: await buffer(body), width, height }
    const photo = { ...job.parameters, caller }
    const { row, duplicate } = await service.analyzeStored(photo, { key, sha256, upright }, signal, {
      ingestId: imageId,
      alongside: (tx, made) => markDone(tx, imageId, made),
    })
    if (duplicate) await markDone(db, imageId, row)
    log.info({ image_id: imageId, defect_id: row.defectId, verdict: row.verdict, duplicate }, 'Ingest job done')
  }

  queue.work<IngestJob>('ingest', concurrency, async ({ data: { imageId }, signal }) => {
    const job = await startAttempt(db, imageId)
    if (!job) return
    try {
      await analyse(job, signal)
    } catch (error) {
      const reason = reasonFor(error)
      const detail = { image_id: imageId, attempt: job.attempts, err: error }
      if (isFinal(error, job.attempts)) {
        log.warn(detail, 'Ingest job failed')
        if (await markFailed(db, imageId, reason)) metrics.count('jobsFailed')
        return
      }
      const waitSeconds = budgetWait(error)
      if (waitSeconds !== null) {
        log.warn(detail, 'Ingest job postponed until the daily budget is renewed')
        return await postpone(db, queue, imageId, reason, { seconds: waitSeconds, retryLimit })
      }
      log.warn(detail, 'Ingest job failed, retrying')
      await requeue(db, imageId, reason)
      throw error
    }
  })

  queue.work<IngestJob>('ingest-failed', 1, async ({ data: { imageId } }) => {
    if (!(await markFailed(db, imageId))) return
    metrics.count('jobsFailed')
    log.error({ image_id: imageId }, 'Ingest job failed after all retries')
  })
}
