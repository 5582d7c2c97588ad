import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import type { Config } from '../config.ts'
import { untilDisconnect } from '../http/disconnect.ts'
import type { ImageLinks } from '../http/image-links.ts'
import { readForm } from '../http/multipart.ts'
import { badField, ProblemError } from '../http/problem.ts'
import { commonProblems, problems } from '../http/schemas.ts'
import { analyzeBatch } from './batch.ts'
import { BatchAnswer } from './batch-schemas.ts'
import { cleanFileName, decodeBase64Image, readPhotoFields, tooLarge } from './photo-fields.ts'
import { presentAnalysis } from './present.ts'
import { AnalyzeAnswer, AnalyzeFields, AnalyzeJson, BatchFields } from './schemas.ts'
import type { AnalysisService, Photo } from './service.ts'

export interface AnalyzeDeps {
  config: Config
  service: AnalysisService
  links: ImageLinks
}

/** Room for the other fields beside the picture. */
const JSON_OVERHEAD = 256 * 1024
const photoProblems = { ...commonProblems, ...problems(413, 415, 422, 502, 504) }

/** POST /analyze and /analyze/batch. */
export const analyzeRoutes: FastifyPluginAsyncTypebox<AnalyzeDeps> = async (app, { config, service, links }) => {
  const { maxImageBytes, maxBatchSize, products } = config

  async function readPhotoForm(request: FastifyRequest): Promise<Photo> {
    let image: { bytes: Buffer; fileName: string | null } | undefined
    const fields = await readForm(request, { maxFileBytes: maxImageBytes, maxFiles: 1 }, async (file) => {
      if (file.fieldname !== 'image') {
        file.file.resume()
        return
      }
      if (image) throw badField('image', 'is there twice; send several pictures to /api/v1/analyze/batch')
      const bytes = await file.toBuffer()
      if (file.file.truncated) throw tooLarge(maxImageBytes)
      image = { bytes, fileName: cleanFileName(file.filename) }
    })
    if (!image) throw badField('image', 'is missing: send the picture as the file part "image"')
    return { ...image, ...readPhotoFields(request, fields, AnalyzeFields, products) }
  }

  function readPhotoJson(request: FastifyRequest): Photo {
    const body = request.body
    if (body === null || typeof body !== 'object' || Array.isArray(body)) {
      throw new ProblemError(400, 'bad-field', 'The body must be a JSON object or a multipart form')
    }
    const { image, ...fields } = body as Record<string, unknown>
    if (typeof image !== 'string' || image === '') throw badField('image', 'is missing: send the picture as base64')
    const read = readPhotoFields(request, fields, AnalyzeFields, products)
    return { bytes: decodeBase64Image(image, maxImageBytes), fileName: null, ...read }
  }

  app.post(
    '/analyze',
    {
      bodyLimit: Math.ceil((maxImageBytes * 4) / 3) + JSON_OVERHEAD,
      // Checked in the handler, as the form and the JSON carry the same fields; here for the document.
      attachValidation: true,
      schema: {
        operationId: 'analyze',
        tags: ['analyses'],
        summary: 'Analyse one photo',
        description:
          'Takes a form with the file part "image", or JSON with the picture as base64. JPEG, PNG or WebP, told by the bytes.',
        consumes: ['multipart/form-data', 'application/json'],
        response: { 200: AnalyzeAnswer, ...photoProblems },
      },
      config: { documentedBody: { json: AnalyzeJson, form: AnalyzeFields, files: { name: 'image', many: false } } },
    },
    async (request, reply) => {
      const photo = request.isMultipart() ? await readPhotoForm(request) : readPhotoJson(request)
      const { row, duplicate } = await service.analyze(photo, untilDisconnect(request, reply))
      request.log.info(
        { defect_id: row.defectId, verdict: row.verdict, duplicate, model_latency_ms: row.modelLatencyMs },
        'photo analysed',
      )
      return { success: true as const, analysis: presentAnalysis(row, { links, origin: request.origin, duplicate }) }
    },
  )

  app.post(
    '/analyze/batch',
    {
      schema: {
        operationId: 'analyzeBatch',
        tags: ['analyses'],
        summary: `Analyse 1 to ${maxBatchSize} photos`,
        description: 'A file that is refused or fails does not sink the rest; it is listed in failures.',
        consumes: ['multipart/form-data'],
        response: { 200: BatchAnswer, ...photoProblems },
      },
      config: { documentedBody: { form: BatchFields, files: { name: 'images', many: true } } },
    },
    async (request, reply) => {
      const { analyses, failures, summary } = await analyzeBatch(
        request,
        { config, service },
        untilDisconnect(request, reply),
      )
      request.log.info({ analysed: analyses.length, failed: failures.length }, 'batch analysed')
      const origin = request.origin
      return {
        success: true as const,
        count: analyses.length,
        analyses: analyses.map(({ row, duplicate }) => presentAnalysis(row, { links, origin, duplicate })),
        failures,
        summary,
      }
    },
  )
}
