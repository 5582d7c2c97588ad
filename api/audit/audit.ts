import { isIP } from 'node:net'
import rateLimit from '@fastify/rate-limit'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { cleanText } from '../analyses/text.ts'
import type { Db } from '../database/database.ts'
import { refusalSums } from './refusals.ts'
import { type AuditRow, auditWriter } from './writer.ts'

const SUMMED = [401, 429]
/** A path that no route has is not written down: it is a stranger's text. */
const UNKNOWN = 'unknown'

/** As PostgreSQL's inet takes it: no zone, IPv4 as such; null where a proxy said something else. An IPv6 network has `bits`. */
function addressOf(ip: string, bits: number): string | null {
  const plain = ip.replace(/%.*$/, '')
  return isIP(plain) === 0 ? null : rateLimit.normalizeIP(plain, bits)
}

function rowOf(request: FastifyRequest, reply: FastifyReply, ip: string): AuditRow {
  const { caller } = request
  const kind = caller?.kind ?? 'anonymous'
  const responseCode = reply.raw.writableFinished ? reply.statusCode : 499
  return {
    apiKeyId: caller?.apiKeyId ?? null,
    endpoint: request.routeOptions.url?.slice(0, 255) ?? UNKNOWN,
    method: request.method.slice(0, 10),
    ipAddress: addressOf(ip, SUMMED.includes(responseCode) ? 64 : 128),
    timestamp: new Date(),
    responseCode,
    requestId: request.id,
    caller: kind === 'key' ? caller.id : kind,
    person: caller?.name ? cleanText(caller.name).slice(0, 100) : null,
  }
}

/**
 * Writes one row of audit_log for each call under /api/v1, refused ones (401, 429) summed; a client that hung up has 499. CORS preflights
 * are none: a browser asks them without credentials, and they change and tell nothing. Returns what writes the last rows.
 */
export function registerAudit(app: FastifyInstance, db: Db): { close(): Promise<void> } {
  const refusals = refusalSums()
  const writer = auditWriter(db, app.log, refusals.take)
  app.addHook('onRequest', async (request, reply) => {
    if (!/^\/api\/v1(?:[/?]|$)/.test(request.url) || request.method === 'OPTIONS') return
    // Asked now: a socket that is gone has no address.
    const { ip } = request
    // Unlike onResponse, this comes also where the client hangs up.
    reply.raw.once('close', () => {
      const row = rowOf(request, reply, ip)
      if (SUMMED.includes(row.responseCode ?? 0)) refusals.add(row)
      else writer.add(row)
    })
  })
  return { close: () => writer.close() }
}
