import type { Readable } from 'node:stream'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { type Static, Type } from 'typebox'
import { presentAnalysis } from '../analyses/present.ts'
import { listAnalyses } from '../analyses/queries.ts'
import { Analysis } from '../analyses/schemas.ts'
import type { Db } from '../database/database.ts'
import type { ImageLinks } from '../http/image-links.ts'
import { badField } from '../http/problem.ts'
import { commonProblems, problems, refTo } from '../http/schemas.ts'
import { fingerprintOf } from '../idempotency/fingerprint.ts'
import type { Idempotency } from '../idempotency/idempotency.ts'
import { IdempotencyHeader } from '../idempotency/schemas.ts'
import { dayIn } from '../statistics/period.ts'
import { FacilityCode } from '../vocabulary/schemas.ts'
import { reportCsv } from './csv.ts'
import { shiftReport } from './report.ts'
import {
  ShiftReportAnswer,
  type ShiftReportBody,
  ShiftReportRequest,
  Stats,
  type StoredReportFilters,
  StoredReportQuery,
  type StoredScopeBody,
} from './schemas.ts'
import { storedAnalyses, storedStats } from './stored.ts'

const DAY_MS = 86_400_000
/** A shift report is of shifts: longer ranges belong to the CSV. */
const MAX_REPORT_DAYS = 31
/** Thousands of analyses, as a client sends them back. */
const REPORT_BODY_LIMIT = 8 * 1024 * 1024

/** The same without members that are null, at any depth. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls)
  if (value === null || typeof value !== 'object') return value
  const there = Object.entries(value).filter(([, member]) => member !== null)
  return Object.fromEntries(there.map(([name, member]) => [name, withoutNulls(member)]))
}

interface StoredReport {
  report: ShiftReportBody
  /** Of stored results only. */
  stored?: StoredScopeBody
}

export interface ReportDeps {
  db: Db
  links: ImageLinks
  idempotency: Idempotency
}

/** POST /shift-report, GET /shift-report.csv, GET /stats, GET /defects. */
export const reportRoutes: FastifyPluginAsyncTypebox<ReportDeps> = async (app, { db, links, idempotency }) => {
  async function reported({ analyses, ...asked }: Static<typeof ShiftReportRequest>): Promise<StoredReport> {
    return analyses ? { report: shiftReport(analyses, asked) } : storedReport(asked)
  }

  async function storedReport({ from, to, ...filters }: StoredReportFilters): Promise<Required<StoredReport>> {
    if (!from || !to) throw badField('analyses', 'is missing: send analyses, or from and to for stored ones')
    const range = { ...filters, from: new Date(from), to: new Date(to) }
    if (!(range.to > range.from)) throw badField('to', 'must be later than from')
    if (range.to.getTime() - range.from.getTime() > MAX_REPORT_DAYS * DAY_MS) {
      throw badField('to', `must be at most ${MAX_REPORT_DAYS} days after from`)
    }
    const found = await storedAnalyses(db, range)
    return { report: shiftReport(found.analyses, filters), stored: found.stored }
  }

  app.post(
    '/shift-report',
    {
      bodyLimit: REPORT_BODY_LIMIT,
      config: { access: 'read' },
      // Older clients send what they do not have as null.
      preValidation: async (request) => {
        request.body = withoutNulls(request.body) as typeof request.body
      },
      schema: {
        operationId: 'shiftReport',
        tags: ['reports'],
        summary: 'Summary of a shift: of the analyses sent, or of the stored ones of a time range',
        description:
          "By the final verdict unless truth says otherwise: a person's where there is one, else the model's; of analyses that are sent, as their effective has it. What people have voided is left out. GET /quality has how far they agree.",
        body: ShiftReportRequest,
        headers: IdempotencyHeader,
        response: { 200: ShiftReportAnswer, ...commonProblems, ...problems(409, 413, 422) },
      },
    },
    (request, reply) =>
      idempotency.run(
        request,
        reply,
        () => fingerprintOf(request.body),
        async () => ({ success: true as const, ...(await reported(request.body)) }),
      ),
  )

  app.get(
    '/shift-report.csv',
    {
      config: { access: 'read' },
      schema: {
        operationId: 'exportShiftReport',
        tags: ['reports'],
        summary: 'The shift report of stored results as CSV: the totals, then the defects',
        querystring: StoredReportQuery,
        produces: ['text/csv'],
        response: {
          200: {
            description: 'CSV in UTF-8',
            content: { 'text/csv': { schema: Type.Unsafe<Readable>({ type: 'string' }) } },
          },
          ...commonProblems,
        },
      },
    },
    async (request, reply) => {
      const found = await storedReport(request.query)
      const day = dayIn(new Date(found.stored.from), found.stored.time_zone)
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="shift-report-${day}.csv"`)
        .send(reportCsv(found))
    },
  )

  app.get(
    '/stats',
    {
      config: { access: 'read' },
      schema: {
        operationId: 'stats',
        tags: ['reports'],
        summary: "Totals over all stored results but void ones, by the model's word; the breakdowns count defects only",
        response: { 200: Stats, ...commonProblems },
      },
    },
    () => storedStats(db),
  )

  app.get(
    '/defects',
    {
      config: { access: 'read' },
      schema: {
        operationId: 'listDefects',
        tags: ['analyses'],
        summary: "The newest detected defects, by the model's word",
        querystring: Type.Object({
          facility: Type.Optional(FacilityCode),
          limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
        }),
        response: {
          200: Type.Object({ defects: Type.Array(refTo(Analysis)), count: Type.Integer() }),
          ...commonProblems,
        },
      },
    },
    async (request) => {
      const { facility, limit = 50 } = request.query
      const { rows } = await listAnalyses(db, { facility, truth: 'ai', defect_detected: true }, { limit })
      const origin = request.origin
      return { defects: rows.map((row) => presentAnalysis(row, { links, origin })), count: rows.length }
    },
  )
}
