import { randomUUID } from 'node:crypto'
import Fastify, { type FastifyInstance, LogController } from 'fastify'
import type { Config } from '../../config/config.ts'
import { jobLogFields } from '../observability/context.ts'
import { errorForLog } from '../observability/error-for-log.ts'
import { isGuarded, requireAccessPolicies } from './access.ts'
import { parseJsonBodies } from './json.ts'
import { rememberRoutes } from './not-found.ts'
import { decorateOrigin } from './origin.ts'
import { rewriteUrl } from './request-form.ts'
import { closeSpareConnections, cutSlowBodies, onClientError, refuseBeforeRouting } from './sockets.ts'
import { dropForwardedPorts, trustedProxy } from './trusted-proxy.ts'
import { cleanAddresses, schemaController } from './validation.ts'

/** A request id that a client or proxy may bring: short, and safe in a log and a header. */
const REQUEST_ID = /^[\w.-]{8,100}$/
/** For a whole request to arrive, and for a connection on which nothing moves: longer than the longest batch. */
const REQUEST_TIMEOUT_MS = 120_000
/** Above the load balancer's idle timeout of 60 s, so that it never writes into a socket that we close. */
const KEEP_ALIVE_MS = 72_000
/** Above it, as older clocks of Node counted the headers of the next request from the last answer. */
const HEADERS_TIMEOUT_MS = 75_000
/** How often Node looks for connections that are over these times. */
const LOOK_EVERY_MS = 5_000
/** After an early refusal the rest of the upload is thrown away, but not for ever: a client may stream without end. */
const DRAIN_BYTES = 32 * 1024 * 1024

/** Fastify with our logging, limits and request ids; no routes yet. */
export function createServer(
  config: Config,
  { logTo, leaving }: { logTo?: { write(line: string): void } | undefined; leaving?: AbortSignal | undefined } = {},
): FastifyInstance {
  const app = Fastify({
    logger: {
      level: config.logLevel,
      // The URL's query may hold a key or a signature: only the path is logged.
      serializers: {
        req: (request) => ({ method: request.method, path: request.url?.split('?')[0] }),
        err: errorForLog,
      },
      // At LOG_LEVEL=trace the form parser logs all headers of the request, keys included.
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
    // A missing Host header is refused with a problem document, by api/platform/http/request-form.ts.
    http: { headersTimeout: HEADERS_TIMEOUT_MS, connectionsCheckingInterval: LOOK_EVERY_MS, requireHostHeader: false },
    clientErrorHandler: onClientError,
    bodyLimit: 1024 * 1024,
    forceCloseConnections: 'idle',
    // What still comes on a connection that was open before the stop is answered as well.
    return503OnClosing: false,
    schemaController,
    rewriteUrl,
    // A part of the address that is too long is refused by its schema, as any other that is wrong.
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 16_384 },
  }) as unknown as FastifyInstance
  rememberRoutes(app)
  requireAccessPolicies(app)
  decorateOrigin(app, config.trustedProxyHops)
  cutSlowBodies(app)
  closeSpareConnections(app)
  refuseBeforeRouting(app)
  dropForwardedPorts(app)
  parseJsonBodies(app)
  cleanAddresses(app)

  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id)
  })
  // What the API says is for its caller: nothing on the way keeps it, unless the route says so.
  app.addHook('onSend', async (request, reply) => {
    if (isGuarded(request) && !reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store')
  })
  // A connection that is kept after the last answer would hold up the shutdown until the keep-alive ends, and one on which
  // the next request is just coming would be cut by it.
  app.addHook('onSend', async (_, reply) => {
    if (leaving?.aborted || !app.server.listening) reply.header('connection', 'close')
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
    // A form that was refused half-way is paused.
    request.raw.resume()
  })
  return app
}
