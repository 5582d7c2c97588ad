import cors from '@fastify/cors'
import helmet from '@fastify/helmet'
import type { FastifyInstance } from 'fastify'
import type { Config } from '../../config/config.ts'

/** Security headers and CORS. Register before authentication, so that refusals have them too and preflights need no key. */
export async function registerHeaders(
  app: FastifyInstance,
  { production, corsOrigins }: Pick<Config, 'production' | 'corsOrigins'>,
): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        // WebAssembly for HEIC photos; it allows no eval.
        scriptSrc: ["'self'", "'wasm-unsafe-eval'"],
        // Neither style elements nor style attributes in HTML; what scripts set on elements is no matter of this policy.
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
    // OPTIONS without the headers of a preflight goes to the not-found handler, like any method that a path does not have.
    delegator: ({ headers }, done) =>
      done(null, { ...options, preflight: Boolean(headers.origin && headers['access-control-request-method']) }),
  })
}
