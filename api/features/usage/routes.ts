import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { DailyBudget } from '../../config/limits.ts'
import type { Db } from '../../database/database.ts'
import { commonProblems } from '../../platform/http/schemas.ts'
import { Usage, UsageQuery } from './schemas.ts'
import { usageOf } from './usage.ts'

/** GET /usage, for administrators. */
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
        summary: 'What keys and the whole service have used, by UTC day, against their budgets',
        querystring: UsageQuery,
        response: { 200: Usage, ...commonProblems },
      },
    },
    (request) => usageOf(db, dailyBudget, request.query.days ?? 30),
  )
}
