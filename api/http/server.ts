import { randomUUID } from 'node:crypto'
import Fastify, { type FastifyInstance, LogController } from 'fastify'
import type { Config } from '../config.ts'
import { rememberRoutes } from './not-found.ts'
import { decorateOrigin } from './origin.ts'

/** A request id that a client or proxy may bring: short, and safe in a log and a header. */
const REQUEST_ID = /^[\w.-]{8,100}$/
/** Longer than the slowest upload that makes sense plus the longest analysis. */
const REQUEST_TIMEOUT_MS = 120_000
/** Above the load balancer's idle timeout of 60 s, so that it never writes into a socket that we close. */
const KEEP_ALIVE_MS = 72_000
/** After an early refusal the rest of the upload is thrown away, but not for ever: a client may stream without end. */
const DRAIN_BYTES = 32 * 1024 * 1024

/** Fastify with our logging, limits and request ids; no routes yet. */
export function createServer(config: Config, logTo?: { write(line: string): void }): FastifyInstance {
  const app = Fastify({
    logger: {
      level: config.logLevel,
      // The URL's query may hold a key or a signature: only the path is logged.
      serializers: { req: (request) => ({ method: request.method, path: request.url?.split('?')[0] }) },
      // At LOG_LEVEL=trace the form parser logs all headers of the request, keys included.
      redact: { paths: ['busboyOptions.headers'], remove: true },
      ...(logTo ? { stream: logTo } : {}),
    },
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: (_address: string, hop: number) => hop < config.trustedProxyHops,
    requestIdHeader: false,
    genReqId: (request) => {
      const given = request.headers['x-request-id']
      return typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID()
    },
    requestTimeout: REQUEST_TIMEOUT_MS,
    connectionTimeout: REQUEST_TIMEOUT_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
    bodyLimit: 1024 * 1024,
    forceCloseConnections: 'idle',
    ajv: { customOptions: { coerceTypes: 'array', removeAdditional: false, allErrors: false } },
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 200 },
  }) as unknown as FastifyInstance
  rememberRoutes(app)
  decorateOrigin(app, config.trustedProxyHops)

  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id)
  })
  // A connection that is kept after the last answer would hold up the shutdown until the keep-alive ends.
  app.addHook('onSend', async (_, reply) => {
    if (!app.server.listening) reply.header('connection', 'close')
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
  })
  return app
}
