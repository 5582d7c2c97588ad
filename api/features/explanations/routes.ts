import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import type { SignedUrls } from '../../auth/signed-urls.ts'
import type { Db } from '../../database/database.ts'
import { commonProblems, problems, refTo } from '../../platform/http/schemas.ts'
import { presentAnalysis } from '../analyses/present.ts'
import { AnalyzeAnswer, DefectIdParams } from '../analyses/schemas.ts'
import { personOf } from '../reviews/person.ts'
import { Explanation, NewExplanation } from './schemas.ts'
import { explanationService } from './service.ts'

/** PUT /analyses/{defect_id}/explanation, and what was said before. */
export const explanationRoutes: FastifyPluginAsyncTypebox<{ db: Db; signedUrls: SignedUrls }> = async (
  app,
  { db, signedUrls },
) => {
  const service = explanationService(db)

  app.put(
    '/analyses/:defect_id/explanation',
    {
      config: { access: 'analyse' },
      schema: {
        operationId: 'setExplanation',
        tags: ['reviews'],
        summary: 'Confirm causes and actions as they stand, or say what they are',
        description:
          'What the analyzer writes of causes and actions is a draft until a person confirms it here; who reviews the verdict does not. Texts that are left out stay as they stand: an empty body confirms all. What the analyzer wrote stays in the flat fields. The same said again by the same person changes nothing.',
        params: DefectIdParams,
        body: NewExplanation,
        response: { 200: AnalyzeAnswer, ...commonProblems, ...problems(404, 409) },
      },
    },
    async (request) => {
      const { defect_id } = request.params
      const { body, caller, origin } = request
      const row = await service.put(defect_id, body, { person: personOf(caller, body.person), caller: caller.id })
      request.log.info({ defect_id, edited: row.explanation?.edited }, 'causes and actions confirmed')
      return { success: true as const, analysis: presentAnalysis(row, { signedUrls, origin }) }
    },
  )

  app.get(
    '/analyses/:defect_id/explanations',
    {
      config: { access: 'read' },
      schema: {
        operationId: 'listExplanations',
        tags: ['reviews'],
        summary: 'Causes and actions as people have confirmed them, the newest first',
        params: DefectIdParams,
        response: {
          200: Type.Object({ explanations: Type.Array(refTo(Explanation)) }),
          ...commonProblems,
          ...problems(404),
        },
      },
    },
    async (request) => ({ explanations: await service.history(request.params.defect_id) }),
  )
}
