import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { Negotiator } from '@fastify/accept-negotiator'
import type { FastifyInstance } from 'fastify'

const compress = promisify(gzip)
/** Below it an answer fits one packet in any case. */
const LEAST_CHARACTERS = 1400
const TEXT = /json|csv|html/
const encodings = new Negotiator({ supportedValues: ['gzip', 'identity'] })

/**
 * Answers text in gzip to whoever takes it: a page of the history is ten times smaller then, which a plant's radio network notices.
 * CloudFront does not do it for answers that it must not keep. (Of @fastify/compress every client that goes away leaves a
 * "premature close" in the log, and answers lose their length; files of the page are compressed when it is built.)
 */
export function registerCompression(app: FastifyInstance): void {
  app.addHook('onSend', async (request, reply, payload) => {
    if (typeof payload !== 'string' || payload.length < LEAST_CHARACTERS) return payload
    if (reply.hasHeader('content-encoding') || !TEXT.test(String(reply.getHeader('content-type')))) return payload
    const vary = [reply.getHeader('vary') ?? []].flat().join(', ')
    reply.header('vary', vary ? `${vary}, Accept-Encoding` : 'Accept-Encoding')
    if (encodings.negotiate(request.headers['accept-encoding'] ?? 'identity') !== 'gzip') return payload
    reply.header('content-encoding', 'gzip')
    reply.removeHeader('content-length')
    return compress(payload)
  })
}
