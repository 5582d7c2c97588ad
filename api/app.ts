import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import cors from '@fastify/cors'
import helmet from '@fastify/helmet'
import multipart from '@fastify/multipart'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import { analyzeRoutes } from './analyses/analyze-routes.ts'
import { analysesRoutes } from './analyses/routes.ts'
import { Analysis } from './analyses/schemas.ts'
import { analysisService } from './analyses/service.ts'
import type { Analyzer } from './analyzer/analyzer.ts'
import type { Config } from './config.ts'
import type { Database } from './database/database.ts'
import { healthRoutes, infoRoutes } from './health/routes.ts'
import { registerAuthentication } from './http/authentication.ts'
import { imageLinks } from './http/image-links.ts'
import { keyDirectory } from './http/keys.ts'
import { registerNotFound } from './http/not-found.ts'
import { registerOpenapi } from './http/openapi.ts'
import { sendProblem, toProblem } from './http/problem.ts'
import { Problem } from './http/schemas.ts'
import { keptSecretKey } from './http/secrets.ts'
import { createServer } from './http/server.ts'
import { registerWebPage } from './http/web-page.ts'
import { createImagePipeline } from './images/pipeline.ts'
import type { ImageStore } from './images/store.ts'
import { reportRoutes } from './reports/routes.ts'
import { ShiftReport } from './reports/schemas.ts'
import { callerOfKey, sessionRoutes } from './sessions/routes.ts'
import { sessionTokens } from './sessions/tokens.ts'
import { vocabularyRoutes } from './vocabulary/routes.ts'

export interface AppParts {
  config: Config
  database: Database
  store: ImageStore
  analyzer: Analyzer
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
export async function buildApp({ config, database, store, analyzer, logTo }: AppParts) {
  const app = createServer(config, logTo).withTypeProvider<TypeBoxTypeProvider>()
  const pipeline = createImagePipeline({ maxBytes: config.maxImageBytes, maxQueue: WAITING_DECODES })
  const secretKey = config.secretKey ?? keptSecretKey(config.dataDir)
  const links = imageLinks(secretKey)
  const tokens = sessionTokens(secretKey)
  const keys = keyDirectory(database.db)
  const service = analysisService({ db: database.db, pipeline, store, analyzer, reviewBelow: config.reviewBelow })

  app.addHook('onClose', async () => {
    await analyzer.close()
    await pipeline.close()
    await store.close()
    await database.close()
  })
  app.setErrorHandler((error, request, reply) => sendProblem(toProblem(error), request, reply))

  for (const schema of [Analysis, ShiftReport, Problem]) app.addSchema(schema)
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        // The component library sets its variables in style elements.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'blob:', 'data:'],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: config.production ? { maxAge: 31_536_000, includeSubDomains: true } : false,
    referrerPolicy: { policy: 'no-referrer' },
  })
  await app.register(cors, {
    origin: config.corsOrigins.includes('*') ? '*' : config.corsOrigins,
    methods: ['GET', 'HEAD', 'POST'],
    allowedHeaders: ['Authorization', 'Content-Type', 'Idempotency-Key', 'X-API-Key', 'X-Request-Id'],
    exposedHeaders: ['Content-Disposition', 'RateLimit', 'RateLimit-Policy', 'Retry-After', 'X-Request-Id'],
    maxAge: 600,
  })
  // A file that is too large is refused by name, and in a batch does not sink the rest.
  await app.register(multipart, { throwFileSizeLimit: false })
  await registerOpenapi(app, version)
  await registerAuthentication(app, { config, keys, tokens, links })

  await app.register(healthRoutes, { version, database, store })
  await app.register(
    async (v1) => {
      await v1.register(infoRoutes, { version, config, analyzer })
      await v1.register(vocabularyRoutes, { products: config.products })
      await v1.register(sessionRoutes, { tokens, callerOf: callerOfKey(config, keys) })
      await v1.register(analyzeRoutes, { config, service, links })
      await v1.register(analysesRoutes, { db: database.db, store, links })
      await v1.register(reportRoutes, { db: database.db, links })
    },
    { prefix: '/api/v1' },
  )
  const hasPage = await registerWebPage(app)
  registerNotFound(app, hasPage)
  return app
}
