import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import multipart from '@fastify/multipart'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyInstance } from 'fastify'
import { registerAuthentication } from './auth/authentication.ts'
import type { Config } from './config/config.ts'
import { Analysis } from './features/analyses/schemas.ts'
import { Explanation } from './features/explanations/schemas.ts'
import { healthRoutes } from './features/health/routes.ts'
import { ShiftReport } from './features/reports/schemas.ts'
import { Effective, Review } from './features/reviews/schemas.ts'
import { registerAdmission } from './platform/http/admission.ts'
import { registerCompression } from './platform/http/compression.ts'
import { registerHeaders } from './platform/http/headers.ts'
import { registerNotFound } from './platform/http/not-found.ts'
import { registerOpenapi } from './platform/http/openapi.ts'
import { sendProblem, toProblem } from './platform/http/problem.ts'
import { checkRequests } from './platform/http/request-checks.ts'
import { Problem } from './platform/http/schemas.ts'
import { createServer } from './platform/http/server.ts'
import { registerWebPage } from './platform/http/web-page.ts'
import { createCounters } from './platform/limits/counters.ts'
import { registerRateLimits } from './platform/limits/rate-limits.ts'
import { noMetrics } from './platform/observability/metrics.ts'
import { registerRequestSpans } from './platform/observability/request-spans.ts'
import { traceSql } from './platform/observability/sql-spans.ts'
import { apiRoutes } from './routes.ts'
import { type AppParts, createServices, type Services } from './services.ts'

const { version } = JSON.parse(readFileSync(resolve(import.meta.dirname, '../package.json'), 'utf8')) as {
  version: string
}

/** Builds the service from its parts. Closing the app also closes the parts, once running requests have finished. */
export async function buildApp(parts: AppParts) {
  const { config, database, store, metrics = noMetrics, shutdownSignal, logTo } = parts
  const app = createServer(config, { logTo, shutdownSignal }).withTypeProvider<TypeBoxTypeProvider>()
  registerRequestSpans(app)
  traceSql(database.pool)
  app.setErrorHandler((error, request, reply) => {
    const problem = toProblem(error)
    if (problem.kind.endsWith('-overloaded')) metrics.count('overloaded')
    return sendProblem(problem, request, reply)
  })
  await registerHeaders(app, config)
  const services = await createServices(app, { ...parts, metrics })
  for (const schema of [Review, Effective, Explanation, Analysis, ShiftReport, Problem]) app.addSchema(schema)
  // With this option, one oversized file in a batch would fail the whole batch.
  await app.register(multipart, { throwFileSizeLimit: false })
  registerCompression(app)
  await registerOpenapi(app, version)
  await registerGuards(app, config, services)

  await app.register(healthRoutes, { version, database, store, shutdownSignal })
  // A worker only answers the probes.
  if (config.role === 'worker') {
    registerNotFound(app)
    return app
  }
  await app.register(apiRoutes, { ...services, version, prefix: '/api/v1' })
  await registerWebPage(app)
  registerNotFound(app)
  return app
}

/** Guards that run before the body is read, in this order. */
async function registerGuards(app: FastifyInstance, config: Config, services: Services): Promise<void> {
  const { keys, tokens, signedUrls, apiKey, redis, metrics, uploads } = services
  app.addHook('onResponse', async (_, reply) => {
    if (reply.statusCode === 429) metrics.count('rateLimited')
  })
  await registerAuthentication(app, { config, keys, tokens, signedUrls, apiKey })
  await registerRateLimits(app, { ...config, counters: createCounters(redis, () => metrics.count('localLimits')) })
  checkRequests(app)
  registerAdmission(app, uploads, config.maxImageBytes)
}
