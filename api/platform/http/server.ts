import { randomUUID } from 'node:crypto'
import Fastify, { type FastifyInstance, LogController } from 'fastify'
import type { Config } from '../../config/config.ts'
import { jobLogFields } from '../observability/context.ts'
import { errorForLog } from '../observability/error-for-log.ts'
import { isGuarded, requireAccessPolicies } from './access.ts'
import { parseJsonBodies } from './json.ts'
import { recordRoutes } from './not-found.ts'
import { decorateOrigin } from './origin.ts'
import { rewriteUrl } from './request-checks.ts'
import { closeIdleConnections, cutSlowBodies, onClientError, refuseBeforeRouting } from './sockets.ts'
import { dropForwardedPorts, trustedProxy } from './trusted-proxy.ts'
import { cleanUrlParameters, schemaController } from './validation.ts'

/** Request ids accepted from clients and proxies: short, and safe in a log and a header. */
const REQUEST_ID = /^[\w.-]{8,100}$/
/** For a whole request to arrive, and for an inactive connection. Longer than the longest batch. */
const REQUEST_TIMEOUT_MS = 120_000
/** Exceeds the load balancer's idle timeout of 60 s, so that it never writes to a socket that we are closing. */
const KEEP_ALIVE_MS = 72_000
/**
 * Exceeds the keep-alive timeout, because older Node versions count the next request's headers from the last response.
 */
const HEADERS_TIMEOUT_MS = 75_000
/** How often Node checks these timeouts. */
const CHECK_INTERVAL_MS = 5_000
/** After an early rejection the rest of the upload is discarded, up to this size: a client may stream forever. */
const DRAIN_BYTES = 32 * 1024 * 1024

/** Creates Fastify with our logging, limits and request ids, without routes. */
export function createServer(
  config: Config,
  {
    logTo,
    shutdownSignal,
  }: { logTo?: { write(line: string): void } | undefined; shutdownSignal?: AbortSignal | undefined } = {},
): FastifyInstance {
  const app = Fastify({
    logger: {
      level: config.logLevel,
      // The query may contain a key or a signature, so only the path is logged.
      serializers: {
        req: (request) => ({ method: request.method, path: request.url?.split('?')[0] }),
        err: errorForLog,
      },
      // At LOG_LEVEL=trace the form parser logs all request headers, including keys.
      redact: { paths: ['busboyOptions.headers'], remove: true },
      mixin: jobLogFields,
      ...(logTo ? { stream: logTo } : {}),
    },
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: trustedProxy(config.trustedProxyHops),
    requestIdHeader: false,
    genReqId: (request) => {
      const given = request.headers['x-request-id']
      return typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID()
    },
    requestTimeout: REQUEST_TIMEOUT_MS,
    connectionTimeout: REQUEST_TIMEOUT_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
    // api/platform/http/request-checks.ts rejects a missing Host header with a problem document.
    http: {
      headersTimeout: HEADERS_TIMEOUT_MS,
      connectionsCheckingInterval: CHECK_INTERVAL_MS,
      requireHostHeader: false,
    },
    clientErrorHandler: onClientError,
    bodyLimit: 1024 * 1024,
    forceCloseConnections: 'idle',
    // During shutdown, still answer requests on open connections.
    return503OnClosing: false,
    schemaController,
    rewriteUrl,
    // Leave overlong path parameters to their schemas, which reject them like any other invalid value.
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 16_384 },
  }) as unknown as FastifyInstance
  recordRoutes(app)
  requireAccessPolicies(app)
  decorateOrigin(app, config.trustedProxyHops)
  cutSlowBodies(app)
  closeIdleConnections(app)
  refuseBeforeRouting(app)
  dropForwardedPorts(app)
  parseJsonBodies(app)
  cleanUrlParameters(app)

  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id)
  })
  // Responses are for the caller only, so nothing may cache them unless the route says so.
  app.addHook('onSend', async (request, reply) => {
    if (isGuarded(request) && !reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store')
  })
  // A connection kept alive during shutdown would delay the exit until its timeout, or be cut while its next request
  // arrives.
  app.addHook('onSend', async (_, reply) => {
    if (shutdownSignal?.aborted || !app.server.listening) reply.header('connection', 'close')
  })
  app.addHook('onResponse', async (request, reply) => {
    const line = {
      method: request.method,
      route: request.routeOptions.url ?? null,
      path: request.url.split('?')[0],
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
      ip: request.ip,
      caller: request.caller?.id ?? null,
    }
    request.log.info(line, 'request')
    if (request.raw.complete) return
    let drained = 0
    request.raw.on('data', (chunk: Buffer) => {
      drained += chunk.length
      if (drained > DRAIN_BYTES) request.raw.destroy()
    })
    // A form that was rejected halfway is paused.
    request.raw.resume()
  })
  return app
}
