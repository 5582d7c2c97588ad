import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { DailyBudget } from '../../config/limits.ts'
import type { Db } from '../../database/database.ts'
import { commonProblems } from '../../platform/http/schemas.ts'
import { Usage, UsageQuery } from './schemas.ts'
import { usageOf } from './usage.ts'

export const usageRoutes: FastifyPluginAsyncTypebox<{ db: Db; dailyBudget: DailyBudget }> = async (
  app,
  { db, dailyBudget },
) => {
  app.get(
    '/usage',
    {
      config: { access: 'admin' },
      schema: {
        operationId: 'usage',
        tags: ['keys'],
        summary: 'Usage and budgets of the service and each key, by UTC day',
        querystring: UsageQuery,
        response: { 200: Usage, ...commonProblems },
      },
    },
    (request) => usageOf(db, dailyBudget, request.query.days ?? 30),
  )
}
