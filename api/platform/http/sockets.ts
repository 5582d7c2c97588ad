import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { FastifyInstance, FastifyRequest } from 'fastify'

/** The rate is looked at over this long: a line may stall for a moment. */
const WINDOW_MS = 10_000
/** Bytes in that time; the worst mobile line has more, a slow-loris client far less. */
const LEAST_BYTES = 10_000
const LOOK_EVERY_MS = 1_000

const CLIENT_ERRORS: Record<string, [status: number, kind: string, detail: string]> = {
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'too-slow', 'The request did not arrive in time'],
  HPE_HEADER_OVERFLOW: [431, 'headers-too-large', 'The headers and the URL are larger than this service accepts'],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: [413, 'body-too-large', 'The chunk extensions are larger than this service accepts'],
}

/** Answers where there is no reply to answer with, and closes the connection. */
function refuseOnSocket(socket: Socket, status: number, kind: string, detail: string): void {
  const title = STATUS_CODES[status] ?? 'Error'
  const type = `urn:wiko:problem:${kind}`
  const body = JSON.stringify({ type, title, status, detail, success: false, error: detail })
  const head = [
    `HTTP/1.1 ${status} ${title}`,
    'Content-Type: application/problem+json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ]
  if (socket.writable) socket.write(`${head.join('\r\n')}\r\n\r\n${body}`)
  socket.destroySoon()
}

/** What Node refuses before there is a request: headers too large or too late, bytes that are no HTTP. */
export function onClientError(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return
  refuseOnSocket(
    socket,
    ...(CLIENT_ERRORS[error.code ?? ''] ?? ([400, 'bad-request', 'The request is not valid HTTP'] as const)),
  )
}

/** Requests that Node answers itself, without a document: CONNECT, and an expectation other than 100-continue. */
export function refuseBeforeRouting(app: FastifyInstance): void {
  app.server.on('connect', (_request, socket) =>
    refuseOnSocket(socket as Socket, 405, 'method-not-allowed', 'This service is no proxy; CONNECT is not possible'),
  )
  app.server.on('checkExpectation', ({ socket, headers }) => {
    const detail = `Only the expectation 100-continue is met, not ${String(headers.expect).slice(0, 50)}`
    refuseOnSocket(socket, 417, 'expectation-failed', detail)
  })
}

/** Time for a request that is just arriving when the service stops. */
const LAST_REQUEST_MS = 1_000

/** How often, while the service stops, connections are looked for that have become idle. */
const LOOK_FOR_IDLE_MS = 100

/**
 * When a server stops, Node closes the connections that are idle then. Two kinds would hold up the stop until they are overdue: one on
 * which no request has come yet (browsers open some ahead), and one that becomes idle later, as its answer was on its way.
 */
export function closeSpareConnections(app: FastifyInstance): void {
  const unused = new Set<Socket>()
  app.server.on('connection', (socket: Socket) => {
    unused.add(socket)
    socket.once('close', () => unused.delete(socket))
  })
  app.server.on('request', ({ socket }) => unused.delete(socket))
  app.addHook('preClose', async () => {
    setTimeout(() => {
      for (const socket of unused) socket.destroy()
    }, LAST_REQUEST_MS).unref()
    const look = setInterval(() => app.server.closeIdleConnections(), LOOK_FOR_IDLE_MS).unref()
    app.server.once('close', () => clearInterval(look))
  })
}

/** Cuts connections whose request body arrives too slowly, long before the limit for a whole request. */
export function cutSlowBodies(app: FastifyInstance): void {
  const receiving = new Map<FastifyRequest, { since: number; before: number; answered: () => boolean }>()
  app.addHook('onRequest', async (request, reply) => {
    if (request.raw.complete) return
    const before = request.raw.socket.bytesRead
    receiving.set(request, { since: performance.now(), before, answered: () => reply.raw.headersSent })
  })

  const look = setInterval(() => {
    const now = performance.now()
    for (const [request, window] of receiving) {
      const { complete, destroyed, socket } = request.raw
      if (complete || destroyed || socket.destroyed) {
        receiving.delete(request)
        continue
      }
      if (now - window.since < WINDOW_MS) continue
      const bytes = socket.bytesRead - window.before
      if (bytes >= LEAST_BYTES) {
        window.since = now
        window.before = socket.bytesRead
        continue
      }
      receiving.delete(request)
      request.log.info({ ip: request.ip, bytes }, 'a body came too slowly and was cut')
      if (window.answered()) socket.destroy()
      else refuseOnSocket(socket, 408, 'too-slow', 'The body arrives too slowly; send it again on a better line')
    }
  }, LOOK_EVERY_MS)
  look.unref()
  app.addHook('onClose', async () => clearInterval(look))
}
