import { isIP } from 'node:net'
import rateLimit from '@fastify/rate-limit'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Db } from '../../database/database.ts'
import { cleanText, cutText } from '../../domain/text.ts'
import { isGuarded, isUnmatched } from '../../platform/http/access.ts'
import { aggregateRefusals } from './refusals.ts'
import { type AuditRow, auditWriter } from './writer.ts'

/** Status of a call whose client disconnected before the answer. */
const CLIENT_CLOSED_REQUEST = 499
/** Replaces paths without a route, which are arbitrary text of the client. */
const UNKNOWN = 'unknown'

/** Formats an address for PostgreSQL's inet: without zone, IPv4-mapped as IPv4, IPv6 cut to `bits`. Null if invalid. */
function addressOf(ip: string, bits: number): string | null {
  const plain = ip.replace(/%.*$/, '')
  return isIP(plain) === 0 ? null : rateLimit.normalizeIP(plain, bits)
}

/** Anonymous clients must not be able to fill the disk, so their refused calls are summed, as are all 401 and 429. */
const isSummed = (caller: string, status: number): boolean =>
  status === 401 || status === 429 || (caller === 'anonymous' && status >= 400 && status !== CLIENT_CLOSED_REQUEST)

function rowOf(request: FastifyRequest, reply: FastifyReply, ip: string): { row: AuditRow; summed: boolean } {
  const { caller } = request
  const kind = caller?.kind ?? 'anonymous'
  const responseCode = reply.raw.writableFinished ? reply.statusCode : CLIENT_CLOSED_REQUEST
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
 * Writes an audit_log row for every API call; refused calls are summed. Status 499 means that the client disconnected. Register
 * after @fastify/cors, so that preflights are not logged. `close` writes the remaining rows.
 */
export function registerAudit(app: FastifyInstance, db: Db): { close(): Promise<void> } {
  const refusals = aggregateRefusals()
  const writer = auditWriter(db, app.log, refusals.take)
  app.addHook('onRequest', async (request, reply) => {
    if (!isGuarded(request)) return
    // Read now, because a closed socket has no address.
    const { ip } = request
    // Unlike onResponse, this also fires if the client disconnects.
    reply.raw.once('close', () => {
      const { row, summed } = rowOf(request, reply, ip)
      if (summed) refusals.add(row)
      else writer.add(row)
    })
  })
  return { close: () => writer.close() }
}
