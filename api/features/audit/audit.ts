import { isIP } from 'node:net'
import rateLimit from '@fastify/rate-limit'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Db } from '../../database/database.ts'
import { cleanText, cutText } from '../../domain/text.ts'
import { isGuarded, isUnmatched } from '../../platform/http/access.ts'
import { refusalSums } from './refusals.ts'
import { type AuditRow, auditWriter } from './writer.ts'

/** The client hung up before it had its answer. */
const HUNG_UP = 499
/** A path that no route has is not written down: it is a stranger's text. */
const UNKNOWN = 'unknown'

/** As PostgreSQL's inet takes it: no zone, IPv4 as such; null where a proxy said something else. An IPv6 network has `bits`. */
function addressOf(ip: string, bits: number): string | null {
  const plain = ip.replace(/%.*$/, '')
  return isIP(plain) === 0 ? null : rateLimit.normalizeIP(plain, bits)
}

/**
 * Refused calls of callers that proved nothing are summed, and 401 and 429 of everybody: a stranger must not fill the disk.
 */
const isSummed = (caller: string, status: number): boolean =>
  status === 401 || status === 429 || (caller === 'anonymous' && status >= 400 && status !== HUNG_UP)

function rowOf(request: FastifyRequest, reply: FastifyReply, ip: string): { row: AuditRow; summed: boolean } {
  const { caller } = request
  const kind = caller?.kind ?? 'anonymous'
  const responseCode = reply.raw.writableFinished ? reply.statusCode : HUNG_UP
  const summed = isSummed(kind, responseCode)
  const row = {
    apiKeyId: caller?.apiKeyId ?? null,
    endpoint: (!isUnmatched(request) && request.routeOptions.url?.slice(0, 255)) || UNKNOWN,
    method: request.method.slice(0, 10),
    ipAddress: addressOf(ip, summed ? 64 : 128),
    timestamp: new Date(),
    responseCode,
    requestId: request.id,
    caller: kind === 'key' ? caller.id : kind,
    person: caller?.name ? cutText(cleanText(caller.name), 100) : null,
  }
  return { row, summed }
}

/**
 * Writes one row of audit_log for each call outside the site, refused ones summed; a client that hung up has 499. Register after
 * @fastify/cors: preflights, which it answers, are not calls. Returns what writes the last rows.
 */
export function registerAudit(app: FastifyInstance, db: Db): { close(): Promise<void> } {
  const refusals = refusalSums()
  const writer = auditWriter(db, app.log, refusals.take)
  app.addHook('onRequest', async (request, reply) => {
    if (!isGuarded(request)) return
    // Asked now: a socket that is gone has no address.
    const { ip } = request
    // Unlike onResponse, this comes also where the client hangs up.
    reply.raw.once('close', () => {
      const { row, summed } = rowOf(request, reply, ip)
      if (summed) refusals.add(row)
      else writer.add(row)
    })
  })
  return { close: () => writer.close() }
}
