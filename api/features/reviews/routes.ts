import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import type { SignedUrls } from '../../auth/signed-urls.ts'
import type { Product } from '../../config/config.ts'
import type { Db } from '../../database/database.ts'
import { commonProblems, problems, refTo } from '../../platform/http/schemas.ts'
import { fingerprintOf } from '../../platform/idempotency/fingerprint.ts'
import type { Idempotency } from '../../platform/idempotency/idempotency.ts'
import { IdempotencyHeader } from '../../platform/idempotency/schemas.ts'
import { presentAnalysis } from '../analyses/present.ts'
import { AnalyzeAnswer, DefectIdParams } from '../analyses/schemas.ts'
import { personOf } from './person.ts'
import { NewReview, Review } from './schemas.ts'
import { reviewService } from './service.ts'

export interface ReviewDeps {
  db: Db
  products: readonly Product[]
  signedUrls: SignedUrls
  idempotency: Idempotency
}

/** POST and GET /analyses/{defect_id}/reviews. */
export const reviewRoutes: FastifyPluginAsyncTypebox<ReviewDeps> = async (
  app,
  { db, products, signedUrls, idempotency },
) => {
  const service = reviewService(db, products)

  app.post(
    '/analyses/:defect_id/reviews',
    {
      config: { access: 'analyse' },
      schema: {
        operationId: 'addReview',
        tags: ['reviews'],
        summary: 'Say what a person thinks of a result',
        description:
          'Confirm, correct or be unsure; void a test shot, or reinstate it. The newest review counts, all are kept. What the model said stays in the flat fields; "effective" is what counts.',
        params: DefectIdParams,
        headers: IdempotencyHeader,
        body: NewReview,
        response: { 201: AnalyzeAnswer, ...commonProblems, ...problems(404, 409, 422) },
      },
    },
    async (request, reply) => {
      const { defect_id } = request.params
      const { body, caller, origin } = request
      const person = personOf(caller, body.person)
      reply.code(201)
      return idempotency.run(
        request,
        reply,
        () => fingerprintOf({ ...body, person, defect_id }),
        async (requestRef) => {
          const row = await service.add(defect_id, body, { person, caller: caller.id, requestRef })
          request.log.info({ defect_id, kind: body.kind, voided: row.voided }, 'reviewed')
          return { success: true as const, analysis: presentAnalysis(row, { signedUrls, origin }) }
        },
      )
    },
  )

  app.get(
    '/analyses/:defect_id/reviews',
    {
      config: { access: 'read' },
      schema: {
        operationId: 'listReviews',
        tags: ['reviews'],
        summary: 'What people have said of a result, the newest first',
        params: DefectIdParams,
        response: { 200: Type.Object({ reviews: Type.Array(refTo(Review)) }), ...commonProblems, ...problems(404) },
      },
    },
    async (request) => ({ reviews: await service.history(request.params.defect_id) }),
  )
}
