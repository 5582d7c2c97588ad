import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import multipart from '@fastify/multipart'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import { analyzeRoutes } from './analyses/analyze-routes.ts'
import { analysesRoutes } from './analyses/routes.ts'
import { Analysis } from './analyses/schemas.ts'
import { analysisService } from './analyses/service.ts'
import type { Analyzer } from './analyzer/analyzer.ts'
import { registerAudit } from './audit/audit.ts'
import { auditRoutes } from './audit/routes.ts'
import type { Config } from './config.ts'
import type { Database } from './database/database.ts'
import { deliverEvents, eventTargets } from './events/delivery.ts'
import { eventOutbox } from './events/outbox.ts'
import { explanationRoutes } from './explanations/routes.ts'
import { Explanation } from './explanations/schemas.ts'
import { healthRoutes, infoRoutes } from './health/routes.ts'
import { registerHousekeeping } from './housekeeping/housekeeping.ts'
import { registerAdmission, UploadMemory } from './http/admission.ts'
import { registerAuthentication } from './http/authentication.ts'
import { registerCompression } from './http/compression.ts'
import { registerHeaders } from './http/headers.ts'
import { imageLinks } from './http/image-links.ts'
import { registerNotFound } from './http/not-found.ts'
import { registerOpenapi } from './http/openapi.ts'
import { sendProblem, toProblem } from './http/problem.ts'
import { checkRequests } from './http/request-form.ts'
import { Problem } from './http/schemas.ts'
import { createServer } from './http/server.ts'
import { registerWebPage } from './http/web-page.ts'
import { idempotency } from './idempotency/idempotency.ts'
import { oneAtATime } from './idempotency/one-at-a-time.ts'
import { createImagePipeline } from './images/pipeline.ts'
import type { ImageStore } from './images/store.ts'
import { gaugeQueue } from './ingest/gauges.ts'
import { ingestRoutes } from './ingest/routes.ts'
import { workIngest } from './ingest/worker.ts'
import { keyDirectory } from './keys/directory.ts'
import { keyRoutes } from './keys/routes.ts'
import { dailyBudgets } from './limits/budgets.ts'
import { connectRedis } from './limits/connect.ts'
import { createCounters } from './limits/counters.ts'
import { registerRateLimits } from './limits/rate-limits.ts'
import { type Metrics, noMetrics } from './observability/metrics.ts'
import { registerRequestSpans } from './observability/request-spans.ts'
import { createPhotoGate } from './photo-gate/gate.ts'
import { photoLimitRoutes } from './photo-gate/routes.ts'
import { photoLimitsOf } from './photo-gate/settings.ts'
import { registerQueue } from './queue/plugin.ts'
import { reportRoutes } from './reports/routes.ts'
import { ShiftReport } from './reports/schemas.ts'
import { qualityRoutes } from './reviews/quality-routes.ts'
import { reviewRoutes } from './reviews/routes.ts'
import { Effective, Review } from './reviews/schemas.ts'
import { thresholdRoutes } from './reviews/threshold-routes.ts'
import { reviewThresholdsOf } from './reviews/thresholds.ts'
import { openSecrets } from './secrets/secrets.ts'
import { callerOfKey, sessionRoutes } from './sessions/routes.ts'
import { sessionTokens } from './sessions/tokens.ts'
import { shiftRoutes } from './shifts/routes.ts'
import { shiftSettingsOf } from './shifts/settings.ts'
import { baselineRoutes } from './statistics/baseline-routes.ts'
import { statisticsRoutes } from './statistics/routes.ts'
import { unitsRoutes } from './statistics/units-routes.ts'
import { translationRoutes } from './translations/routes.ts'
import { usageRoutes } from './usage/routes.ts'
import { foldFacility } from './vocabulary/fold.ts'
import { vocabularyRoutes } from './vocabulary/routes.ts'

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
  const alone = oneAtATime(database.db, app.log)
  const service = analysisService({
    db: database.db,
    pipeline,
    store,
    analyzer,
    gate,
    photoLimits: photoLimits.of,
    budgets,
    oneAtATime: alone,
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
  const uploads = new UploadMemory(config.maxUploadBytes)
  registerAdmission(app, uploads, config.maxImageBytes)

  await app.register(healthRoutes, { version, database, store, leaving })
  // A worker answers the probes and nothing else.
  if (config.role === 'worker') {
    registerNotFound(app)
    return app
  }
  const repeatable = idempotency(database.db, links)
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
      await v1.register(translationRoutes, { db: database.db, analyzer, budgets, oneAtATime: alone })
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
