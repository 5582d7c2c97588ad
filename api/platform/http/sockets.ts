import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { FastifyInstance, FastifyRequest } from 'fastify'

/** Window over which the rate is measured, because a connection may stall briefly. */
const WINDOW_MS = 10_000
/** Minimum bytes per window. The worst mobile connection is faster, a slow-loris client far slower. */
const MIN_BYTES = 10_000
const CHECK_INTERVAL_MS = 1_000

const CLIENT_ERRORS: Record<string, [status: number, kind: string, detail: string]> = {
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'too-slow', 'The request did not arrive in time'],
  HPE_HEADER_OVERFLOW: [431, 'headers-too-large', 'The headers and the URL are larger than this service accepts'],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: [413, 'body-too-large', 'The chunk extensions are larger than this service accepts'],
}

/** Responds on the raw socket if there is no reply object, and closes the connection. */
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

/** Handles what Node rejects before there is a request: headers that are too large or too late, and invalid HTTP. */
export function onClientError(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return
  refuseOnSocket(
    socket,
    ...(CLIENT_ERRORS[error.code ?? ''] ?? ([400, 'bad-request', 'The request is not valid HTTP'] as const)),
  )
}

/**
 * Rejects requests that Node would answer without a problem document: CONNECT, and expectations other than
 * 100-continue.
 */
export function refuseBeforeRouting(app: FastifyInstance): void {
  app.server.on('connect', (_request, socket) =>
    refuseOnSocket(
      socket as Socket,
      405,
      'method-not-allowed',
      'This service is not a proxy; CONNECT is not supported',
    ),
  )
  app.server.on('checkExpectation', ({ socket, headers }) => {
    const detail = `Only the expectation 100-continue is supported, not ${String(headers.expect).slice(0, 50)}`
    refuseOnSocket(socket, 417, 'expectation-failed', detail)
  })
}

/** Grace for a request that is arriving when shutdown begins. */
const LAST_REQUEST_MS = 1_000

/** How often idle connections are closed during shutdown. */
const IDLE_CHECK_INTERVAL_MS = 100

/**
 * At shutdown, Node closes the connections that are idle at that moment. Two other kinds would delay it until they time
 * out: those without a request yet (browsers preconnect), and those that become idle later, after their response.
 */
export function closeIdleConnections(app: FastifyInstance): void {
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
    const timer = setInterval(() => app.server.closeIdleConnections(), IDLE_CHECK_INTERVAL_MS).unref()
    app.server.once('close', () => clearInterval(timer))
  })
}

/** Cuts connections whose request body arrives too slowly, long before the timeout of the whole request. */
export function cutSlowBodies(app: FastifyInstance): void {
  const receiving = new Map<FastifyRequest, { since: number; before: number; answered: () => boolean }>()
  app.addHook('onRequest', async (request, reply) => {
    if (request.raw.complete) return
    const before = request.raw.socket.bytesRead
    receiving.set(request, { since: performance.now(), before, answered: () => reply.raw.headersSent })
  })

  const timer = setInterval(() => {
    const now = performance.now()
    for (const [request, window] of receiving) {
      const { complete, destroyed, socket } = request.raw
      if (complete || destroyed || socket.destroyed) {
        receiving.delete(request)
        continue
      }
      if (now - window.since < WINDOW_MS) continue
      const bytes = socket.bytesRead - window.before
      if (bytes >= MIN_BYTES) {
        window.since = now
        window.before = socket.bytesRead
        continue
      }
      receiving.delete(request)
      request.log.info({ ip: request.ip, bytes }, 'Request body too slow, connection closed')
      if (window.answered()) socket.destroy()
      else refuseOnSocket(socket, 408, 'too-slow', 'The body arrives too slowly; send it again on a faster connection')
    }
  }, CHECK_INTERVAL_MS)
  timer.unref()
  app.addHook('onClose', async () => clearInterval(timer))
}
