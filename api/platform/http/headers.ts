import cors from '@fastify/cors'
import helmet from '@fastify/helmet'
import type { FastifyInstance } from 'fastify'
import type { Config } from '../../config/config.ts'

/**
 * Security headers and CORS. Register before authentication, so that rejections have the headers and preflights need no
 * key.
 */
export async function registerHeaders(
  app: FastifyInstance,
  { production, corsOrigins }: Pick<Config, 'production' | 'corsOrigins'>,
): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        // WebAssembly decodes HEIC photos; this does not allow eval.
        scriptSrc: ["'self'", "'wasm-unsafe-eval'"],
        // No inline styles in HTML. Styles set by scripts are not subject to this policy.
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'blob:', 'data:'],
        workerSrc: ["'self'"],
        manifestSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: production ? { maxAge: 31_536_000, includeSubDomains: true } : false,
    referrerPolicy: { policy: 'no-referrer' },
  })
  const options = {
    origin: corsOrigins.includes('*') ? '*' : corsOrigins,
    methods: ['GET', 'HEAD', 'POST', 'PATCH', 'PUT'],
    allowedHeaders: ['Authorization', 'Content-Type', 'Idempotency-Key', 'X-API-Key', 'X-Request-Id'],
    exposedHeaders: [
      'Content-Disposition',
      'Idempotency-Replayed',
      'RateLimit',
      'RateLimit-Policy',
      'Retry-After',
      'X-Request-Id',
    ],
    maxAge: 600,
  }
  await app.register(cors, {
    // OPTIONS requests that are not preflights go to the not-found handler, like any unsupported method.
    delegator: ({ headers }, done) =>
      done(null, { ...options, preflight: Boolean(headers.origin && headers['access-control-request-method']) }),
  })
}
