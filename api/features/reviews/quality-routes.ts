import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { Db } from '../../database/database.ts'
import { commonProblems } from '../../platform/http/schemas.ts'
import { storedQuality } from './quality.ts'
import { Quality, QualityQuery } from './quality-schemas.ts'

/** GET /quality. */
export const qualityRoutes: FastifyPluginAsyncTypebox<{ db: Db }> = async (app, { db }) => {
  app.get(
    '/quality',
    {
      config: { access: 'read' },
      schema: {
        operationId: 'quality',
        tags: ['reports'],
        summary: 'How far model and people agree: precision, recall, confusion, calibration',
        description:
          'Only of what people have confirmed or corrected. That is no fair sample: people look at suspects first, so what the model passed is seldom looked at and detection.recall is flattered. recall_estimate is of the parts that were drawn at random for review, and honest.',
        querystring: QualityQuery,
        response: { 200: Quality, ...commonProblems },
      },
    },
    (request) => storedQuality(db, request.query),
  )
}
