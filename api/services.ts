import type { FastifyInstance } from 'fastify'
import type { Analyzer } from './analyzers/analyzer.ts'
import { keyDirectory } from './auth/keys/directory.ts'
import { renewSignedUrls } from './auth/renew-signed-urls.ts'
import { sessionTokens } from './auth/sessions/tokens.ts'
import { createSignedUrls } from './auth/signed-urls.ts'
import type { Config } from './config/config.ts'
import type { Database } from './database/database.ts'
import { type AnalysisService, analysisService } from './features/analyses/service.ts'
import { registerAudit } from './features/audit/audit.ts'
import { deliverEvents, eventTargets } from './features/events/delivery.ts'
import { eventOutbox } from './features/events/outbox.ts'
import { registerHousekeeping } from './features/housekeeping/housekeeping.ts'
import { gaugeQueue } from './features/ingest/gauges.ts'
import { workIngest } from './features/ingest/worker.ts'
import { photoLimitsOf } from './features/photo-limits/settings.ts'
import { reviewThresholdsOf } from './features/reviews/thresholds.ts'
import { shiftSettingsOf } from './features/shifts/settings.ts'
import { createPhotoGate } from './images/photo-gate/gate.ts'
import { createImagePipeline } from './images/pipeline.ts'
import type { ImageStore } from './images/store.ts'
import { uploadMemory } from './platform/http/admission.ts'
import { idempotency } from './platform/idempotency/idempotency.ts'
import { requestLock } from './platform/idempotency/request-lock.ts'
import { dailyBudgets } from './platform/limits/budgets.ts'
import { connectRedis } from './platform/limits/connect.ts'
import type { Metrics } from './platform/observability/metrics.ts'
import { registerQueue } from './platform/queue/plugin.ts'
import { openSecrets } from './platform/secrets/secrets.ts'

export interface AppParts {
  config: Config
  database: Database
  store: ImageStore
  analyzer: Analyzer
  /** Default: none. */
  metrics?: Metrics
  /** Aborted when shutdown begins: the service still serves requests, but reports that it is not ready. */
  shutdownSignal?: AbortSignal
  /** Destination of log lines; default: standard output. */
  logTo?: { write(line: string): void }
}

/**
 * Covers a burst from all line cameras and pages of a plant. More get a 503, because each holds its upload in memory.
 */
const WAITING_DECODES = 100

export type Services = Awaited<ReturnType<typeof createServices>>

/** Creates everything the routes share. Closed with the app, in order. */
export async function createServices(app: FastifyInstance, parts: AppParts & { metrics: Metrics }) {
  const { config, database, store, analyzer, metrics, shutdownSignal } = parts
  const { db } = database
  const pipeline = createImagePipeline({ maxBytes: config.maxImageBytes, maxQueue: WAITING_DECODES })
  const { apiKey, secretKey, close: closeSecrets } = await openSecrets(config, app.log)
  const signedUrls = createSignedUrls(secretKey)
  const keys = keyDirectory(db, app.log)
  const audit = registerAudit(app, db)
  const redis = connectRedis(config, app.log)
  const queue = registerQueue(app, { config, pool: database.pool, shutdownSignal })
  const gate = config.photoGate ? createPhotoGate() : null
  const photoLimits = photoLimitsOf(db)
  const thresholds = reviewThresholdsOf(db, config.reviewBelow)
  const lock = requestLock(db, app.log)
  const budgets = dailyBudgets({
    db,
    service: config.dailyBudget,
    budgetOfKey: async (id) => (await keys.get(id))?.budget ?? null,
  })
  const service = analysisService({
    db,
    pipeline,
    store,
    analyzer,
    gate,
    photoLimits: photoLimits.of,
    budgets,
    lock,
    metrics,
    outbox: eventOutbox(queue, eventTargets(config)),
    rulesOf: async (productSku) => ({
      reviewBelow: await thresholds.of(productSku),
      cosmeticIsDefect: config.products.find(({ code }) => code === productSku)?.cosmeticIsDefect ?? false,
    }),
    reviewSample: config.reviewSample,
  })
  workIngest({
    db,
    queue,
    service,
    store,
    metrics,
    log: app.log,
    concurrency: config.ingestConcurrency,
    retryLimit: config.ingestRetries,
  })
  const closeEvents = deliverEvents(db, queue, config, app.log)
  registerHousekeeping(app, { db, store, queue, metrics, shutdownSignal, config: config.housekeeping })
  registerGauges(config, database, service, metrics)

  app.addHook('onClose', async () => {
    const interrupted = await queue.stop()
    closeEvents()
    await analyzer.close()
    await gate?.close()
    await pipeline.close()
    await store.close()
    await keys.close()
    await audit.close()
    redis?.close()
    closeSecrets()
    await database.close()
    metrics.close()
    if (interrupted > 0) throw new Error(`${interrupted} jobs did not finish in time and were returned to the queue`)
  })
  // Wait for Redis, so that the first calls already count against the shared limits.
  app.addHook('onReady', async () => redis?.settled)

  return {
    config,
    db,
    store,
    analyzer,
    metrics,
    pipeline,
    apiKey,
    signedUrls,
    tokens: sessionTokens(secretKey),
    keys,
    redis,
    queue,
    photoLimits,
    shifts: shiftSettingsOf(db),
    thresholds,
    lock,
    budgets,
    service,
    uploads: uploadMemory(config.maxUploadBytes),
    idempotency: idempotency(db, (body, request) => renewSignedUrls(body, signedUrls, request.origin)),
  }
}

function registerGauges(config: Config, { db, pool }: Database, service: AnalysisService, metrics: Metrics): void {
  gaugeQueue(metrics, db)
  // The API tasks scale on this metric, so the work of separate workers must not count.
  if (config.role !== 'worker') metrics.gauge('analysesInFlight', service.inFlight)
  metrics.gauge('databaseInUse', () => pool.totalCount - pool.idleCount)
  metrics.gauge('databaseWaiting', () => pool.waitingCount)
}
