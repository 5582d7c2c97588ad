import { Readable } from 'node:stream'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import type { Db } from '../../database/database.ts'
import { CsvAnswer, csvWriter, withFirstRow } from '../../platform/http/csv.ts'
import { decodeCursor, encodeCursor } from '../../platform/http/cursor.ts'
import { commonProblems, Nullable, refTo } from '../../platform/http/schemas.ts'
import { eachEntry, listEntries } from './entries.ts'
import { AuditEntry, type AuditEntryBody, AuditFilters, AuditListQuery } from './schemas.ts'

/** Columns of the CSV, in order. */
const COLUMNS = [
  'timestamp',
  'actor',
  'key',
  'person',
  'method',
  'endpoint',
  'status',
  'calls',
  'ip_address',
  'request_id',
] as const satisfies readonly (keyof AuditEntryBody)[]

/** The audit log, for administrators. It never contains keys, queries, ids or bodies. */
export const auditRoutes: FastifyPluginAsyncTypebox<{ db: Db }> = async (app, { db }) => {
  const config = { access: 'admin' } as const
  app.addSchema(AuditEntry)
  // The answers contain personal data and must not be cached.
  app.addHook('onSend', async (_request, reply) => {
    reply.header('cache-control', 'no-store')
  })

  app.get(
    '/audit-log',
    {
      config,
      schema: {
        operationId: 'listAuditLog',
        tags: ['audit'],
        summary: 'Calls and their callers, newest first',
        description:
          'One entry per call. Refused calls (401, 429 and every 4xx of anonymous callers) are summed by minute.',
        querystring: AuditListQuery,
        response: {
          200: Type.Object({
            entries: Type.Array(refTo(AuditEntry)),
            next_cursor: Nullable(Type.String({ description: 'Null on the last page' })),
          }),
          ...commonProblems,
        },
      },
    },
    async ({ query: { limit = 50, cursor, ...filters } }) => {
      const page = { limit, cursor: cursor ? decodeCursor(cursor) : undefined }
      const { entries, next } = await listEntries(db, filters, page)
      return { entries, next_cursor: next ? encodeCursor(next) : null }
    },
  )

  app.get(
    '/audit-log.csv',
    {
      config,
      schema: {
        operationId: 'exportAuditLog',
        tags: ['audit'],
        summary: 'The audit log as CSV, with the same filters',
        querystring: AuditFilters,
        produces: ['text/csv'],
        response: {
          200: CsvAnswer,
          ...commonProblems,
        },
      },
    },
    async (request, reply) => {
      const entries = await withFirstRow(eachEntry(db, request.query))
      const csv = csvWriter({ header: true, columns: [...COLUMNS] })
      const records = Readable.from(entries).map((entry: AuditEntryBody) => COLUMNS.map((name) => entry[name]))
      records.once('error', (error) => csv.destroy(error))
      const day = new Date().toISOString().slice(0, 10)
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="audit-log-${day}.csv"`)
        .send(records.pipe(csv))
    },
  )
}
