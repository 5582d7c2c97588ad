import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { Negotiator } from '@fastify/accept-negotiator'
import type { FastifyInstance } from 'fastify'

const compress = promisify(gzip)
/** Shorter responses fit into one packet anyway. */
const MIN_CHARACTERS = 1400
const TEXT = /json|csv|html/
const encodings = new Negotiator({ supportedValues: ['gzip', 'identity'] })

/**
 * Compresses text responses with gzip. A page of the history becomes ten times smaller, which matters on a plant's
 * wireless network, and CloudFront does not compress responses that it must not cache. @fastify/compress is not used:
 * every client disconnect logs a "premature close", and responses lose their length. The page's files are compressed at
 * build time.
 */
export function registerCompression(app: FastifyInstance): void {
  app.addHook('onSend', async (request, reply, payload) => {
    if (typeof payload !== 'string' || payload.length < MIN_CHARACTERS) return payload
    if (reply.hasHeader('content-encoding') || !TEXT.test(String(reply.getHeader('content-type')))) return payload
    const vary = [reply.getHeader('vary') ?? []].flat().join(', ')
    reply.header('vary', vary ? `${vary}, Accept-Encoding` : 'Accept-Encoding')
    if (encodings.negotiate(request.headers['accept-encoding'] ?? 'identity') !== 'gzip') return payload
    reply.header('content-encoding', 'gzip')
    reply.removeHeader('content-length')
    return compress(payload)
  })
}
