import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { keyRoutes } from './auth/keys/routes.ts'
import { callerOfKey, sessionRoutes } from './auth/sessions/routes.ts'
import { foldFacility } from './domain/fold.ts'
import { analyzeRoutes } from './features/analyses/analyze-routes.ts'
import { analysesRoutes } from './features/analyses/routes.ts'
import { auditRoutes } from './features/audit/routes.ts'
import { explanationRoutes } from './features/explanations/routes.ts'
import { infoRoutes } from './features/health/routes.ts'
import { ingestRoutes } from './features/ingest/routes.ts'
import { photoLimitRoutes } from './features/photo-limits/routes.ts'
import { reportRoutes } from './features/reports/routes.ts'
import { qualityRoutes } from './features/reviews/quality-routes.ts'
import { reviewRoutes } from './features/reviews/routes.ts'
import { thresholdRoutes } from './features/reviews/threshold-routes.ts'
import { shiftRoutes } from './features/shifts/routes.ts'
import { baselineRoutes } from './features/statistics/baseline-routes.ts'
import { statisticsRoutes } from './features/statistics/routes.ts'
import { unitsRoutes } from './features/statistics/units-routes.ts'
import { translationRoutes } from './features/translations/routes.ts'
import { usageRoutes } from './features/usage/routes.ts'
import { vocabularyRoutes } from './features/vocabulary/routes.ts'
import type { Services } from './services.ts'

/** All routes under /api/v1, one plugin per subject. */
export const apiRoutes: FastifyPluginAsyncTypebox<Services & { version: string }> = async (app, services) => {
  const { version, config, db, store, analyzer, pipeline, queue, service, signedUrls, keys, apiKey, tokens } = services
  const { idempotency, uploads, budgets, lock, shifts, thresholds, photoLimits } = services
  const { products } = config

  foldFacility(app)
  await app.register(infoRoutes, { version, config, analyzer })
  await app.register(vocabularyRoutes, { products })
  await app.register(sessionRoutes, { tokens, callerOf: callerOfKey({ keys, apiKey }) })
  await app.register(keyRoutes, { db, keys })
  await app.register(auditRoutes, { db })
  await app.register(usageRoutes, { db, dailyBudget: config.dailyBudget })
  await app.register(analyzeRoutes, { config, service, signedUrls, uploads, idempotency })
  await app.register(ingestRoutes, { config, db, queue, pipeline, store, signedUrls, idempotency })
  await app.register(analysesRoutes, { db, store, signedUrls, shifts })
  await app.register(reviewRoutes, { db, products, signedUrls, idempotency })
  await app.register(explanationRoutes, { db, signedUrls })
  await app.register(translationRoutes, { db, analyzer, budgets, lock })
  await app.register(thresholdRoutes, { db, products, thresholds })
  await app.register(photoLimitRoutes, { enabled: config.photoGate, products, settings: photoLimits })
  await app.register(qualityRoutes, { db })
  await app.register(reportRoutes, { db, signedUrls, idempotency, shifts })
  await app.register(statisticsRoutes, { db, shifts })
  await app.register(unitsRoutes, { db, products, shifts })
  await app.register(shiftRoutes, { settings: shifts })
  await app.register(baselineRoutes, { db, shifts })
}
