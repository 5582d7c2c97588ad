import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyBaseLogger } from 'fastify'
import { Type } from 'typebox'
import type { Analyzer } from '../../analyzers/analyzer.ts'
import type { Config } from '../../config/config.ts'
import type { Database } from '../../database/database.ts'
import { LANGUAGES } from '../../domain/vocabulary.ts'
import type { ImageStore } from '../../images/store.ts'
import { cachedFor } from '../../platform/cached.ts'
import { ProblemError } from '../../platform/http/problem.ts'
import { commonProblems, problems } from '../../platform/http/schemas.ts'

/** Lifetime of a cached readiness result. Load balancers ask every few seconds. */
const CACHE_MS = 1_000

export const SERVICE = 'wiko-defect-analyzer'

/** GET /health (liveness) and GET /ready (readiness). Neither needs a key or has a rate limit. */
export const healthRoutes: FastifyPluginAsyncTypebox<{
  version: string
  database: Database
  store: ImageStore
  shutdownSignal?: AbortSignal | undefined
}> = async (app, { version, database, store, shutdownSignal }) => {
  const dependencies = { database: () => database.check(), images: () => store.check() }
  /** Names of the dependencies that do not answer. */
  async function failedChecks(log: FastifyBaseLogger): Promise<string[]> {
    const failed: string[] = []
    await Promise.all(
      Object.entries(dependencies).map(async ([name, check]) => {
        await check().catch((error) => {
          log.warn({ err: error, dependency: name }, 'Dependency unreachable, not ready')
          failed.push(name)
        })
      }),
    )
    return failed
  }
  // The endpoint is public and unlimited, so the result is cached.
  const failures = cachedFor(CACHE_MS, failedChecks).get

  let closing = false
  app.addHook('preClose', async () => {
    closing = true
  })

  app.get(
    '/health',
    {
      config: { access: 'site' },
      logLevel: 'warn',
      schema: {
        operationId: 'health',
        tags: ['operations'],
        summary: 'Liveness of the process; checks no dependency',
        response: {
          200: Type.Object({
            status: Type.Literal('healthy'),
            service: Type.Literal(SERVICE),
            version: Type.String(),
            timestamp: Type.String({ format: 'date-time' }),
          }),
        },
      },
    },
    async () => ({
      status: 'healthy' as const,
      service: SERVICE as typeof SERVICE,
      version,
      timestamp: new Date().toISOString(),
    }),
  )

  app.get(
    '/ready',
    {
      config: { access: 'site' },
      logLevel: 'warn',
      schema: {
        operationId: 'ready',
        tags: ['operations'],
        summary: 'Readiness: database and image store answer, and the process is not shutting down',
        response: {
          200: Type.Object({ status: Type.Literal('ready'), checks: Type.Record(Type.String(), Type.String()) }),
          ...problems(503),
        },
      },
    },
    async (request) => {
      if (closing || shutdownSignal?.aborted)
        throw new ProblemError(503, 'not-ready', 'The service is shutting down', { planned: true })
      const failed = await failures(request.log)
      if (failed.length > 0) {
        throw new ProblemError(503, 'not-ready', `Unreachable: ${failed.join(', ')}`, {
          headers: { 'retry-after': '5' },
        })
      }
      return { status: 'ready' as const, checks: { database: 'ok', images: 'ok' } }
    },
  )
}

/** GET /api/v1/info: what the page needs before sign-in. */
export const infoRoutes: FastifyPluginAsyncTypebox<{ version: string; config: Config; analyzer: Analyzer }> = async (
  app,
  { version, config, analyzer },
) => {
  app.get(
    '/info',
    {
      config: { access: 'public' },
      schema: {
        operationId: 'info',
        tags: ['operations'],
        summary: 'The analyzer in use, whether sign-in is required, and the upload limits',
        response: {
          200: Type.Object({
            version: Type.String(),
            environment: Type.String(),
            analyzer: Type.Object({ kind: Type.Enum(['azure', 'local']), model_version: Type.String() }),
            sign_in_required: Type.Boolean(),
            max_image_bytes: Type.Integer(),
            max_batch_size: Type.Integer(),
            image_types: Type.Array(Type.String()),
            languages: Type.Array(Type.String()),
          }),
          ...commonProblems,
        },
      },
    },
    async () => ({
      version,
      environment: config.environment,
      analyzer: { kind: analyzer.kind, model_version: analyzer.modelVersion },
      sign_in_required: config.apiKey !== null,
      max_image_bytes: config.maxImageBytes,
      max_batch_size: config.maxBatchSize,
      image_types: ['image/jpeg', 'image/png', 'image/webp'],
      languages: [...LANGUAGES],
    }),
  )
}
