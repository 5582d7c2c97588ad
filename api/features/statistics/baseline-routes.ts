import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import type { Db } from '../../database/database.ts'
import { badField, notFound } from '../../platform/http/problem.ts'
import { commonProblems, Nullable, problems } from '../../platform/http/schemas.ts'
import { personOf } from '../reviews/person.ts'
import { Person } from '../reviews/schemas.ts'
import type { ShiftSettings } from '../shifts/settings.ts'
import { freeze, listBaselines, scopeOf, unfreeze } from './baselines.ts'
import { MIN_EXPECTED } from './p-chart.ts'
import { ChartScope, FrozenBaseline } from './schemas.ts'
import { storedStatistics } from './statistics.ts'

const moment = Type.String({ format: 'date-time' })

const Change = Type.Object(
  {
    ...Type.Partial(ChartScope).properties,
    range: Nullable(Type.Object({ from: moment, to: moment }, { additionalProperties: false }), {
      description: 'Whose rate becomes the centre line, at most 400 days; null: the baseline is removed',
    }),
    person: Type.Optional(Person),
  },
  { additionalProperties: false },
)

/** GET and PUT /chart-baselines: centre lines of p charts that stay as they were in a chosen range. */
export const baselineRoutes: FastifyPluginAsyncTypebox<{ db: Db; shifts: ShiftSettings }> = async (
  app,
  { db, shifts },
) => {
  app.get(
    '/chart-baselines',
    {
      config: { access: 'read' },
      schema: {
        operationId: 'listChartBaselines',
        tags: ['reports'],
        summary: 'The frozen centre lines of the p chart, the newest first',
        response: { 200: Type.Object({ baselines: Type.Array(FrozenBaseline) }), ...commonProblems },
      },
    },
    async () => ({ baselines: await listBaselines(db) }),
  )

  app.put(
    '/chart-baselines',
    {
      config: { access: 'admin' },
      schema: {
        operationId: 'setChartBaseline',
        tags: ['reports'],
        summary: 'Freeze the centre line of the p chart, or remove it',
        description:
          'The range is counted once; photos and reviews that come later do not change the baseline. It counts for charts with just these filters, basis and truth, and replaces the one before.',
        body: Change,
        response: {
          200: Type.Object({ baseline: Nullable(FrozenBaseline) }),
          ...commonProblems,
          ...problems(404),
        },
      },
    },
    async (request) => {
      const { range, person: named, ...filters } = request.body
      const scope = scopeOf(filters)
      const by = { person: personOf(request.caller, named), caller: request.caller.id }
      if (range === null) {
        if (!(await unfreeze(db, scope))) throw notFound('There is no baseline of these filters to remove')
        request.log.info({ scope }, 'chart baseline removed')
        return { baseline: null }
      }
      const now = new Date()
      const { figures } = await storedStatistics(db, await shifts.schedules(), { ...scope, ...range }, now)
      const { inspected, defects } = figures
      if (defects < MIN_EXPECTED || inspected - defects < MIN_EXPECTED) {
        throw badField(
          'range',
          `needs at least ${MIN_EXPECTED} defects and as many good ones, and has ${defects} defects of ${inspected} inspected: choose a longer one`,
        )
      }
      const counted = { from: new Date(figures.from), to: new Date(figures.to), inspected, defects }
      const baseline = await freeze(db, { scope, ...counted, ...by, createdAt: now })
      request.log.info({ scope, ...range }, 'chart baseline frozen')
      return { baseline }
    },
  )
}
