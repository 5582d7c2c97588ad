import type { Readable } from 'node:stream'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import type { SignedUrls } from '../../auth/signed-urls.ts'
import type { Db } from '../../database/database.ts'
import { ImageArchived, ImageNotFound } from '../../domain/image-error.ts'
import type { ImageStore } from '../../images/store.ts'
import { attachment, CsvAnswer, fileName, withFirstRow } from '../../platform/http/csv.ts'
import { decodeCursor, encodeCursor } from '../../platform/http/cursor.ts'
import { notFound, ProblemError } from '../../platform/http/problem.ts'
import { commonProblems, problems, refTo } from '../../platform/http/schemas.ts'
import { dayIn } from '../shifts/clock.ts'
import type { ShiftSettings } from '../shifts/settings.ts'
import { toCsv } from './csv.ts'
import { presentAnalysis } from './present.ts'
import { countAnalyses, eachAnalysis, findAnalysis, listAnalyses } from './queries.ts'
import { Analysis, AnalysisCount, AnalysisFilters, AnalysisList, AnalysisListQuery, DefectIdParams } from './schemas.ts'

export interface AnalysesDeps {
  db: Db
  store: ImageStore
  signedUrls: SignedUrls
  shifts: ShiftSettings
}

/** A picture never changes; the URL's signature ends the caching. */
const IMAGE_CACHE = 'private, max-age=3600, immutable'

/** What the page reads: the history, one result, its picture, and the CSV. */
export const analysesRoutes: FastifyPluginAsyncTypebox<AnalysesDeps> = async (
  app,
  { db, store, signedUrls, shifts },
) => {
  const find = async (defectId: string) => {
    const row = await findAnalysis(db, defectId)
    if (!row) throw notFound(`There is no analysis ${defectId}`)
    return row
  }

  app.get(
    '/analyses',
    {
      config: { access: 'read' },
      schema: {
        operationId: 'listAnalyses',
        tags: ['analyses'],
        summary: 'The history, newest first unless order says otherwise',
        querystring: AnalysisListQuery,
        response: { 200: AnalysisList, ...commonProblems },
      },
    },
    async (request) => {
      const { limit = 25, cursor, order, ...filters } = request.query
      const page = { limit, order, cursor: cursor ? decodeCursor(cursor) : undefined }
      const { rows, next } = await listAnalyses(db, filters, page, await shifts.schedules())
      const origin = request.origin
      return {
        analyses: rows.map((row) => presentAnalysis(row, { signedUrls, origin })),
        next_cursor: next ? encodeCursor(next) : null,
      }
    },
  )

  app.get(
    '/analyses/count',
    {
      config: { access: 'read' },
      schema: {
        operationId: 'countAnalyses',
        tags: ['analyses'],
        summary: 'How many the history has, with the same filters',
        querystring: AnalysisFilters,
        response: { 200: AnalysisCount, ...commonProblems },
      },
    },
    async (request) => countAnalyses(db, request.query, await shifts.schedules()),
  )

  app.get(
    '/analyses.csv',
    {
      config: { access: 'read' },
      schema: {
        operationId: 'exportAnalyses',
        tags: ['analyses'],
        summary: 'The history as CSV, with the same filters',
        querystring: AnalysisFilters,
        produces: ['text/csv'],
        response: {
          200: CsvAnswer,
          ...commonProblems,
        },
      },
    },
    async (request, reply) => {
      const { facility, shift, truth } = request.query
      const schedules = await shifts.schedules()
      const rows = await withFirstRow(eachAnalysis(db, request.query, schedules))
      const day = dayIn(new Date(), schedules.of(facility).timeZone)
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', attachment(`${fileName('analyses', facility, shift, day)}.csv`))
        .send(toCsv(rows, { schedules, facility, truth }))
    },
  )

  app.get(
    '/analyses/:defect_id',
    {
      config: { access: 'read' },
      schema: {
        operationId: 'getAnalysis',
        tags: ['analyses'],
        summary: 'One result',
        params: DefectIdParams,
        response: { 200: refTo(Analysis), ...commonProblems, ...problems(404) },
      },
    },
    async (request) => presentAnalysis(await find(request.params.defect_id), { signedUrls, origin: request.origin }),
  )

  app.get(
    '/analyses/:defect_id/image',
    {
      config: { access: 'read', signedImage: true },
      schema: {
        operationId: 'getAnalysisImage',
        tags: ['analyses'],
        summary: 'The upright picture, or a small one',
        description:
          'With a key or session, or by the signed URL in image_url, which an <img> on another origin can use.',
        params: DefectIdParams,
        querystring: Type.Object({
          size: Type.Optional(Type.Enum(['full', 'thumbnail'], { default: 'full' })),
          expires: Type.Optional(Type.String({ maxLength: 20 })),
          signature: Type.Optional(Type.String({ maxLength: 100 })),
        }),
        produces: ['image/jpeg'],
        response: {
          200: {
            description: 'The picture',
            content: { 'image/jpeg': { schema: Type.Unsafe<Readable>({ type: 'string', format: 'binary' }) } },
          },
          ...commonProblems,
          ...problems(404, 409),
        },
      },
    },
    async (request, reply) => {
      const row = await find(request.params.defect_id)
      try {
        const variant = request.query.size === 'thumbnail' ? 'thumbnail' : 'image'
        const { body, contentLength } = await store.get(row.imageS3Key, variant)
        return (
          reply
            // What lies there was made here, whatever the store calls it.
            .type('image/jpeg')
            .headers({
              // Without a length the body goes out in chunks. A wrong one would shift every later answer on the connection.
              ...(contentLength !== undefined && { 'content-length': contentLength }),
              'content-disposition': `inline; filename="${row.defectId}.jpg"`,
              'cache-control': IMAGE_CACHE,
              'cross-origin-resource-policy': 'cross-origin',
            })
            .send(body)
        )
      } catch (error) {
        if (error instanceof ImageNotFound) throw notFound('The picture of this analysis is not in the store')
        if (error instanceof ImageArchived) {
          throw new ProblemError(409, 'image-archived', 'The picture is archived; ask an administrator to restore it')
        }
        throw error
      }
    },
  )
}
