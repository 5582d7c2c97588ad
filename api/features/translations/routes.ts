import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { disconnectSignal } from '../../platform/http/disconnect.ts'
import { commonProblems, problems, refTo } from '../../platform/http/schemas.ts'
import { DefectIdParams } from '../analyses/schemas.ts'
import { NewTranslation, Translation } from './schemas.ts'
import { type TranslationParts, translationService } from './service.ts'

export const translationRoutes: FastifyPluginAsyncTypebox<TranslationParts> = async (app, parts) => {
  const service = translationService(parts)
  app.addSchema(Translation)

  app.post(
    '/analyses/:defect_id/translations',
    {
      config: { access: 'analyse' },
      schema: {
        operationId: 'translate',
        tags: ['analyses'],
        summary: 'Translate the texts of an analysis',
        description:
          'The model translates the texts once per language; later requests get the stored translation. A new translation counts as one analysis of the daily budgets. The local analyzer can only translate its own texts. Texts are converted between zh-Hans and zh-Hant by a table, without the model and at no cost; these conversions are always listed.',
        params: DefectIdParams,
        body: NewTranslation,
        response: {
          200: Type.Object({ success: Type.Literal(true), translation: refTo(Translation) }),
          ...commonProblems,
          ...problems(404, 409, 502, 504),
        },
      },
    },
    async (request, reply) => {
      const { defect_id: defectId } = request.params
      const { language } = request.body
      const translation = await service.translate({
        defectId,
        language,
        caller: request.caller.id,
        signal: disconnectSignal(request, reply),
        count: () => request.countPhoto(),
      })
      return { success: true as const, translation }
    },
  )

  app.get(
    '/analyses/:defect_id/translations',
    {
      config: { access: 'read' },
      schema: {
        operationId: 'listTranslations',
        tags: ['analyses'],
        summary: 'List the translations of an analysis',
        params: DefectIdParams,
        response: {
          200: Type.Object({ translations: Type.Array(refTo(Translation)) }),
          ...commonProblems,
          ...problems(404),
        },
      },
    },
    async (request) => ({ translations: await service.list(request.params.defect_id) }),
  )
}
