import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { type Static, Type } from 'typebox'
import type { SignedUrls } from '../../auth/signed-urls.ts'
import type { Db } from '../../database/database.ts'
import { attachment, CsvAnswer } from '../../platform/http/csv.ts'
import { commonProblems, problems, refTo } from '../../platform/http/schemas.ts'
import { fingerprintOf } from '../../platform/idempotency/fingerprint.ts'
import type { Idempotency } from '../../platform/idempotency/idempotency.ts'
import { IdempotencyHeader } from '../../platform/idempotency/schemas.ts'
import { presentAnalysis } from '../analyses/present.ts'
import { listAnalyses } from '../analyses/queries.ts'
import { Analysis } from '../analyses/schemas.ts'
import type { ShiftSettings } from '../shifts/settings.ts'
import { FacilityCode } from '../vocabulary/schemas.ts'
import { reportCsv, reportFileName } from './csv.ts'
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
import { scopeOf } from './scope.ts'
import { storedAnalyses, storedStats } from './stored.ts'

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
  signedUrls: SignedUrls
  idempotency: Idempotency
  shifts: ShiftSettings
}

/** POST /shift-report, GET /shift-report.csv, GET /stats, GET /defects. */
export const reportRoutes: FastifyPluginAsyncTypebox<ReportDeps> = async (
  app,
  { db, signedUrls, idempotency, shifts },
) => {
  async function reported(
    { analyses, ...asked }: Static<typeof ShiftReportRequest>,
    origin: string,
  ): Promise<StoredReport> {
    if (analyses) return { report: shiftReport(analyses, asked) }
    const { report, stored } = await storedReport(asked)
    const details = report.defect_details.map((defect) => ({
      ...defect,
      thumbnail_url: defect.defect_id && signedUrls.url(origin, defect.defect_id, 'thumbnail'),
    }))
    const to_retake = stored.to_retake.map((photo) => ({
      ...photo,
      thumbnail_url: signedUrls.url(origin, photo.defect_id, 'thumbnail'),
    }))
    return { report: { ...report, defect_details: details }, stored: { ...stored, to_retake } }
  }

  async function storedReport(asked: StoredReportFilters): Promise<Required<StoredReport>> {
    const schedules = await shifts.schedules()
    const found = await storedAnalyses(db, schedules, scopeOf(asked, schedules))
    return { report: shiftReport(found.analyses, asked), stored: found.stored }
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
        summary: 'Summary of a shift: of the analyses sent, or of the stored ones of a shift, a day or a time range',
        description:
          "Of stored results: facility and day (and shift); from and to; or the facility alone for its shift that has ended last. By the final verdict unless truth says otherwise: a person's where there is one, else the model's; of analyses that are sent, as their effective has it. What people have voided is left out. GET /quality has how far they agree.",
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
        async () => ({ success: true as const, ...(await reported(request.body, request.origin)) }),
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
          200: CsvAnswer,
          ...commonProblems,
        },
      },
    },
    async (request, reply) => {
      const found = await storedReport(request.query)
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', attachment(reportFileName(found.stored)))
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
        summary: "The newest detected defects but void ones, by the model's word",
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
      const { rows } = await listAnalyses(
        db,
        { facility, truth: 'ai', defect_detected: true, voided: false },
        { limit },
      )
      const origin = request.origin
      return { defects: rows.map((row) => presentAnalysis(row, { signedUrls, origin })), count: rows.length }
    },
  )
}
