import { type Static, Type } from 'typebox'
import { Nullable } from '../../platform/http/schemas.ts'

export const MAX_DAYS = 90

export const UsageQuery = Type.Object({
  days: Type.Optional(
    Type.Integer({ minimum: 1, maximum: MAX_DAYS, default: 30, description: 'UTC days up to today, today included' }),
  ),
})

const amounts = {
  analyses: Type.Integer({ description: 'Answered and running, translations among them' }),
  tokens: Type.Integer({ description: 'Input and output of the model' }),
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
  { description: 'Of a UTC day; null: no budget' },
)

const Spender = {
  budget: Budget,
  today: Amounts,
  total: Type.Object(amounts, { description: 'Of all days asked for' }),
  by_day: Type.Array(Type.Object({ day: Type.String({ format: 'date' }), ...amounts }), {
    description: 'In order; days without use are left out',
  }),
}

/** What was used of the daily budgets. */
export const Usage = Type.Object({
  from: Type.String({ format: 'date', description: 'First day, in UTC' }),
  to: Type.String({ format: 'date', description: 'Today, in UTC' }),
  renewed_at: Type.String({ format: 'date-time', description: 'When the day ends and the budgets begin anew' }),
  service: Type.Object(Spender, { description: 'All callers together' }),
  callers: Type.Array(
    Type.Object({
      caller: Type.String({ description: 'admin (API_KEY), key:<id>, or of the open mode the address' }),
      key: Nullable(
        Type.Object({
          id: Type.String({ format: 'uuid' }),
          description: Nullable(Type.String()),
          prefix: Nullable(Type.String()),
          last_four: Nullable(Type.String()),
          active: Type.Boolean(),
        }),
        { description: 'Null of a caller that is no key of the list' },
      ),
      ...Spender,
    }),
    { description: 'Callers that used anything, the one with most analyses first; at most 1000' },
  ),
})
export type UsageBody = Static<typeof Usage>
