import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import type { Db } from '../../database/database.ts'
import { commonProblems } from '../../platform/http/schemas.ts'
import type { ShiftSettings } from '../shifts/settings.ts'
import { FacilityCode } from '../vocabulary/schemas.ts'
import { storedChoices } from './choices.ts'
import { Choices, Statistics, StatisticsQuery } from './schemas.ts'
import { storedStatistics } from './statistics.ts'

/** GET /statistics and /statistics/choices. */
export const statisticsRoutes: FastifyPluginAsyncTypebox<{ db: Db; shifts: ShiftSettings }> = async (
  app,
  { db, shifts },
) => {
  app.get(
    '/statistics',
    {
      config: { access: 'read' },
      schema: {
        operationId: 'statistics',
        tags: ['reports'],
        summary: 'The figures of the dashboard: rates, trend, breakdowns, confidence, time and cost',
        description:
          "By the final verdict unless truth says otherwise: a person's where there is one, else the analyzer's. Void analyses are counted nowhere, and answers from the store made no analysis. Confidence, time and cost are of all photos, whoever judged them; figures.human_confirmed of figures.photos says how many a person has confirmed. Of what people have judged only, as truth human has it, the rate is no fair sample: people look at suspects first.",
        querystring: StatisticsQuery,
        response: { 200: Statistics, ...commonProblems },
      },
    },
    async (request) => storedStatistics(db, await shifts.schedules(), request.query),
  )

  app.get(
    '/statistics/choices',
    {
      config: { access: 'read' },
      schema: {
        operationId: 'statisticsChoices',
        tags: ['reports'],
        summary: 'Lines, stations and models of the last 90 days, and the shifts in force then, to choose from',
        querystring: Type.Object({ facility: Type.Optional(FacilityCode) }),
        response: { 200: Choices, ...commonProblems },
      },
    },
    async (request) => storedChoices(db, await shifts.schedules(), request.query.facility),
  )
}
