import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import multipart from '@fastify/multipart'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { Analyzer } from './analyzers/analyzer.ts'
import { registerAuthentication } from './auth/authentication.ts'
import { keyDirectory } from './auth/keys/directory.ts'
import { keyRoutes } from './auth/keys/routes.ts'
import { callerOfKey, sessionRoutes } from './auth/sessions/routes.ts'
import { sessionTokens } from './auth/sessions/tokens.ts'
import { signAgain } from './auth/sign-again.ts'
import { imageLinks } from './auth/signed-urls.ts'
import type { Config } from './config/config.ts'
import type { Database } from './database/database.ts'
import { foldFacility } from './domain/fold.ts'
import { analyzeRoutes } from './features/analyses/analyze-routes.ts'
import { analysesRoutes } from './features/analyses/routes.ts'
import { Analysis } from './features/analyses/schemas.ts'
import { analysisService } from './features/analyses/service.ts'
import { registerAudit } from './features/audit/audit.ts'
import { auditRoutes } from './features/audit/routes.ts'
import { deliverEvents, eventTargets } from './features/events/delivery.ts'
import { eventOutbox } from './features/events/outbox.ts'
import { explanationRoutes } from './features/explanations/routes.ts'
import { Explanation } from './features/explanations/schemas.ts'
import { healthRoutes, infoRoutes } from './features/health/routes.ts'
import { registerHousekeeping } from './features/housekeeping/housekeeping.ts'
import { gaugeQueue } from './features/ingest/gauges.ts'
import { ingestRoutes } from './features/ingest/routes.ts'
import { workIngest } from './features/ingest/worker.ts'
import { photoLimitRoutes } from './features/photo-limits/routes.ts'
import { photoLimitsOf } from './features/photo-limits/settings.ts'
import { reportRoutes } from './features/reports/routes.ts'
import { ShiftReport } from './features/reports/schemas.ts'
import { qualityRoutes } from './features/reviews/quality-routes.ts'
import { reviewRoutes } from './features/reviews/routes.ts'
import { Effective, Review } from './features/reviews/schemas.ts'
import { thresholdRoutes } from './features/reviews/threshold-routes.ts'
import { reviewThresholdsOf } from './features/reviews/thresholds.ts'
import { shiftRoutes } from './features/shifts/routes.ts'
import { shiftSettingsOf } from './features/shifts/settings.ts'
import { baselineRoutes } from './features/statistics/baseline-routes.ts'
import { statisticsRoutes } from './features/statistics/routes.ts'
import { unitsRoutes } from './features/statistics/units-routes.ts'
import { translationRoutes } from './features/translations/routes.ts'
import { usageRoutes } from './features/usage/routes.ts'
import { vocabularyRoutes } from './features/vocabulary/routes.ts'
import { createPhotoGate } from './images/photo-gate/gate.ts'
import { createImagePipeline } from './images/pipeline.ts'
import type { ImageStore } from './images/store.ts'
import { registerAdmission, uploadMemory } from './platform/http/admission.ts'
import { registerCompression } from './platform/http/compression.ts'
import { registerHeaders } from './platform/http/headers.ts'
import { registerNotFound } from './platform/http/not-found.ts'
import { registerOpenapi } from './platform/http/openapi.ts'
import { sendProblem, toProblem } from './platform/http/problem.ts'
import { checkRequests } from './platform/http/request-form.ts'
import { Problem } from './platform/http/schemas.ts'
import { createServer } from './platform/http/server.ts'
import { registerWebPage } from './platform/http/web-page.ts'
import { idempotency } from './platform/idempotency/idempotency.ts'
import { requestLock } from './platform/idempotency/request-lock.ts'
import { dailyBudgets } from './platform/limits/budgets.ts'
import { connectRedis } from './platform/limits/connect.ts'
import { createCounters } from './platform/limits/counters.ts'
import { registerRateLimits } from './platform/limits/rate-limits.ts'
import { type Metrics, noMetrics } from './platform/observability/metrics.ts'
import { registerRequestSpans } from './platform/observability/request-spans.ts'
import { traceSql } from './platform/observability/sql-spans.ts'
import { registerQueue } from './platform/queue/plugin.ts'
import { openSecrets } from './platform/secrets/secrets.ts'

export interface AppParts {
  config: Config
  database: Database
  store: ImageStore
  analyzer: Analyzer
  /** None by default. */
  metrics?: Metrics
  /** Aborted where the service is about to stop: it still serves, and says that it is not ready. */
  leaving?: AbortSignal
  /** Where log lines go; standard output by default. */
  logTo?: { write(line: string): void }
}

/** A burst of all line cameras and pages of a plant at once; more is answered 503, as each holds its upload in memory. */
const WAITING_DECODES = 100

const { version } = JSON.parse(readFileSync(resolve(import.meta.dirname, '../package.json'), 'utf8')) as {
  version: string
}

/**
 * The service: all routes over the parts it is given. Closing it closes the parts too, after the requests that run.
 */
export async function buildApp({ config, database, store, analyzer, metrics = noMetrics, leaving, logTo }: AppParts) {
  const app = createServer(config, { logTo, leaving }).withTypeProvider<TypeBoxTypeProvider>()
  registerRequestSpans(app)
  traceSql(database.pool)
  app.setErrorHandler((error, request, reply) => {
    const problem = toProblem(error)
    if (problem.kind.endsWith('-overloaded')) metrics.count('overloaded')
    return sendProblem(problem, request, reply)
  })
  await registerHeaders(app, config)
  const pipeline = createImagePipeline({ maxBytes: config.maxImageBytes, maxQueue: WAITING_DECODES })
  const { apiKey, secretKey, close: closeSecrets } = await openSecrets(config, app.log)
  const links = imageLinks(secretKey)
  const tokens = sessionTokens(secretKey)
  const keys = keyDirectory(database.db, app.log)
  const audit = registerAudit(app, database.db)
  const redis = connectRedis(config, app.log)
  const budgets = dailyBudgets({
    db: database.db,
    service: config.dailyBudget,
    budgetOfKey: async (id) => (await keys.get(id))?.budget ?? null,
  })
  const queue = registerQueue(app, { config, pool: database.pool, leaving })
  const gate = config.photoGate ? createPhotoGate() : null
  const photoLimits = photoLimitsOf(database.db)
  const shifts = shiftSettingsOf(database.db)
  const thresholds = reviewThresholdsOf(database.db, config.reviewBelow)
  const lock = requestLock(database.db, app.log)
  const service = analysisService({
    db: database.db,
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
    db: database.db,
    queue,
    service,
    store,
    metrics,
    log: app.log,
    concurrency: config.ingestConcurrency,
    retryLimit: config.ingestRetries,
  })
  const closeEvents = deliverEvents(database.db, queue, config, app.log)
  registerHousekeeping(app, { db: database.db, store, queue, metrics, leaving, config: config.housekeeping })
  gaugeQueue(metrics, database.db)
  // The API's tasks are scaled by it: what separate workers do must not count.
  if (config.role !== 'worker') metrics.gauge('analysesInFlight', service.inFlight)
  metrics.gauge('databaseInUse', () => database.pool.totalCount - database.pool.idleCount)
  metrics.gauge('databaseWaiting', () => database.pool.waitingCount)

  app.addHook('onClose', async () => {
    const cut = await queue.stop()
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
    if (cut > 0) throw new Error(`${cut} jobs did not end in time; they were given back to the queue`)
  })
  // The first calls are counted with everybody's.
  app.addHook('onReady', async () => redis?.settled)
  app.addHook('onResponse', async (_, reply) => {
    if (reply.statusCode === 429) metrics.count('rateLimited')
  })
  for (const schema of [Review, Effective, Explanation, Analysis, ShiftReport, Problem]) app.addSchema(schema)
  // A file that is too large is refused by name, and in a batch does not sink the rest.
  await app.register(multipart, { throwFileSizeLimit: false })
  registerCompression(app)
  await registerOpenapi(app, version)
  await registerAuthentication(app, { config, keys, tokens, links, apiKey })
  await registerRateLimits(app, { ...config, counters: createCounters(redis, () => metrics.count('localLimits')) })
  checkRequests(app)
  const uploads = uploadMemory(config.maxUploadBytes)
  registerAdmission(app, uploads, config.maxImageBytes)

  await app.register(healthRoutes, { version, database, store, leaving })
  // A worker answers the probes and nothing else.
  if (config.role === 'worker') {
    registerNotFound(app)
    return app
  }
  const repeatable = idempotency(database.db, (body, request) => signAgain(body, links, request.origin))
  await app.register(
    async (v1) => {
      foldFacility(v1)
      await v1.register(infoRoutes, { version, config, analyzer })
      await v1.register(vocabularyRoutes, { products: config.products })
      await v1.register(sessionRoutes, { tokens, callerOf: callerOfKey({ keys, apiKey }) })
      await v1.register(keyRoutes, { db: database.db, keys })
      await v1.register(auditRoutes, { db: database.db })
      await v1.register(usageRoutes, { db: database.db, dailyBudget: config.dailyBudget })
      await v1.register(analyzeRoutes, { config, service, links, uploads, idempotency: repeatable })
      await v1.register(ingestRoutes, {
        config,
        db: database.db,
        queue,
        pipeline,
        store,
        links,
        idempotency: repeatable,
      })
      await v1.register(analysesRoutes, { db: database.db, store, links, shifts })
      await v1.register(reviewRoutes, {
        db: database.db,
        products: config.products,
        links,
        idempotency: repeatable,
      })
      await v1.register(explanationRoutes, { db: database.db, links })
      await v1.register(translationRoutes, { db: database.db, analyzer, budgets, lock })
      await v1.register(thresholdRoutes, { db: database.db, products: config.products, thresholds })
      await v1.register(photoLimitRoutes, {
        enabled: config.photoGate,
        products: config.products,
        settings: photoLimits,
      })
      await v1.register(qualityRoutes, { db: database.db })
      await v1.register(reportRoutes, { db: database.db, links, idempotency: repeatable, shifts })
      await v1.register(statisticsRoutes, { db: database.db, shifts })
      await v1.register(unitsRoutes, { db: database.db, products: config.products, shifts })
      await v1.register(shiftRoutes, { settings: shifts })
      await v1.register(baselineRoutes, { db: database.db, shifts })
    },
    { prefix: '/api/v1' },
  )
  await registerWebPage(app)
  registerNotFound(app)
  return app
}
