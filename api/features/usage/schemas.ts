import { type Static, Type } from 'typebox'
import { Nullable } from '../../platform/http/schemas.ts'

export const MAX_DAYS = 90

export const UsageQuery = Type.Object({
  days: Type.Optional(
    Type.Integer({ minimum: 1, maximum: MAX_DAYS, default: 30, description: 'Number of UTC days, including today' }),
  ),
})

const amounts = {
  analyses: Type.Integer({ description: 'Answered and running analyses, including translations' }),
  tokens: Type.Integer({ description: 'Input and output tokens of the model' }),
  cost_usd: Type.Number(),
}
const Amounts = Type.Object(amounts)
export type AmountsBody = Static<typeof Amounts>

const Budget = Type.Object(
  {
    analyses: Nullable(Type.Integer()),
    tokens: Nullable(Type.Integer()),
    cost_usd: Nullable(Type.Number()),
  },
  { description: 'Per UTC day; null: no budget' },
)

const Spender = {
  budget: Budget,
  today: Amounts,
  total: Type.Object(amounts, { description: 'Over all requested days' }),
  by_day: Type.Array(Type.Object({ day: Type.String({ format: 'date' }), ...amounts }), {
    description: 'In order; days without usage are omitted',
  }),
}

/** Usage of the daily budgets. */
export const Usage = Type.Object({
  from: Type.String({ format: 'date', description: 'First day, in UTC' }),
  to: Type.String({ format: 'date', description: 'Today, in UTC' }),
  renewed_at: Type.String({ format: 'date-time', description: 'When the UTC day ends and the budgets are renewed' }),
  service: Type.Object(Spender, { description: 'All callers together' }),
  callers: Type.Array(
    Type.Object({
      caller: Type.String({ description: 'admin (API_KEY), key:<id>, or the address if no key is configured' }),
      key: Nullable(
        Type.Object({
          id: Type.String({ format: 'uuid' }),
          description: Nullable(Type.String()),
          prefix: Nullable(Type.String()),
          last_four: Nullable(Type.String()),
          active: Type.Boolean(),
        }),
        { description: 'Null if the caller is not a listed key' },
      ),
      ...Spender,
    }),
    { description: 'Callers with usage, most analyses first; at most 1000' },
  ),
})
export type UsageBody = Static<typeof Usage>
