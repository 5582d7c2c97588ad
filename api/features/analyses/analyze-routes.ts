import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { SignedUrls } from '../../auth/signed-urls.ts'
import type { Config } from '../../config/config.ts'
import { disconnectSignal } from '../../platform/http/disconnect.ts'
import type { Idempotency } from '../../platform/idempotency/idempotency.ts'
import { IdempotencyHeader } from '../../platform/idempotency/schemas.ts'
import type { Semaphore } from '../../platform/semaphore.ts'
import { analyzeFiles, spoolBatch } from './batch.ts'
import { BatchAnswer } from './batch-schemas.ts'
import { photoBodyLimit, photoFingerprint, photoProblems, readPhotoRequest } from './photo-request.ts'
import { presentAnalysis } from './present.ts'
import { AnalyzeAnswer, AnalyzeFields, AnalyzeJson, BatchFields } from './schemas.ts'
import type { AnalysisService } from './service.ts'

export interface AnalyzeDeps {
  config: Config
  service: AnalysisService
  signedUrls: SignedUrls
  uploads: Semaphore
  idempotency: Idempotency
}

/** POST /analyze and /analyze/batch. */
export const analyzeRoutes: FastifyPluginAsyncTypebox<AnalyzeDeps> = async (
  app,
  { config, service, signedUrls, uploads, idempotency },
) => {
  app.post(
    '/analyze',
    {
      bodyLimit: photoBodyLimit(config.maxImageBytes),
      // Checked in the handler, as the form and the JSON carry the same fields; here for the document.
      attachValidation: true,
      schema: {
        operationId: 'analyze',
        tags: ['analyses'],
        summary: 'Analyse one photo',
        description:
          'Takes a form with the file part "image", or JSON with the picture as base64. JPEG, PNG or WebP, told by the bytes.',
        consumes: ['multipart/form-data', 'application/json'],
        headers: IdempotencyHeader,
        response: { 200: AnalyzeAnswer, ...photoProblems },
      },
      config: {
        access: 'analyse',
        takesPhoto: true,
        documentedBody: { json: AnalyzeJson, form: AnalyzeFields, files: { name: 'image', many: false } },
      },
      // Before the body is read: what is refused anyway must cost next to nothing.
      preParsing: async () => service.admit(),
    },
    async (request, reply) => {
      const sent = await readPhotoRequest(request, config)
      const disconnected = disconnectSignal(request, reply)
      return idempotency.run(
        request,
        reply,
        () => photoFingerprint(sent),
        async (requestRef) => {
          const { row, duplicate } = await service.analyze(sent.photo, disconnected, requestRef)
          request.log.info(
            { defect_id: row.defectId, verdict: row.verdict, duplicate, model_latency_ms: row.modelLatencyMs },
            'photo analysed',
          )
          const { origin } = request
          return { success: true as const, analysis: presentAnalysis(row, { signedUrls, origin, duplicate }) }
        },
      )
    },
  )

  app.post(
    '/analyze/batch',
    {
      schema: {
        operationId: 'analyzeBatch',
        tags: ['analyses'],
        summary: `Analyse 1 to ${config.maxBatchSize} photos`,
        description: 'A file that is refused or fails does not sink the rest; it is listed in failures.',
        consumes: ['multipart/form-data'],
        headers: IdempotencyHeader,
        response: { 200: BatchAnswer, ...photoProblems },
      },
      config: {
        access: 'analyse',
        spooled: true,
        documentedBody: { form: BatchFields, files: { name: 'images', many: true } },
      },
    },
    async (request, reply) => {
      const batch = await spoolBatch(request, config)
      const disconnected = disconnectSignal(request, reply)
      try {
        return await idempotency.run(
          request,
          reply,
          () => batch.fingerprint(),
          async (requestRef) => {
            const deps = { config, service, uploads, request }
            const { analyses, failures, summary } = await analyzeFiles(batch, deps, disconnected, requestRef)
            request.log.info({ analysed: analyses.length, failed: failures.length }, 'batch analysed')
            const { origin } = request
            return {
              success: true as const,
              count: analyses.length,
              analyses: analyses.map(({ row, duplicate }) => presentAnalysis(row, { signedUrls, origin, duplicate })),
              failures,
              summary,
            }
          },
        )
      } finally {
        await batch.remove()
      }
    },
  )
}
