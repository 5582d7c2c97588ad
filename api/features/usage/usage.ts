import { and, asc, gte, inArray, lte } from 'drizzle-orm'
import { apiKeys, dailyUsage } from '../../../drizzle/schema.ts'
import type { DailyBudget } from '../../config/limits.ts'
import type { Db } from '../../database/database.ts'
import { dayOf, SERVICE, untilRenewal } from '../../platform/limits/budgets.ts'
import type { AmountsBody, UsageBody } from './schemas.ts'

const DAY_MS = 86_400_000
const MAX_CALLERS = 1000
const NOTHING: AmountsBody = { analyses: 0, tokens: 0, cost_usd: 0 }

type Row = typeof dailyUsage.$inferSelect
type Spender = UsageBody['service']

const amountsOf = ({ analyses, tokens, costUsd }: Row): AmountsBody => ({ analyses, tokens, cost_usd: costUsd })

function spenderOf(rows: readonly Row[], today: string, budget: DailyBudget): Spender {
  const now = rows.find(({ day }) => day === today)
  const total = rows.reduce(
    (sum, row) => ({
      analyses: sum.analyses + row.analyses,
      tokens: sum.tokens + row.tokens,
      // Rounded to the precision of the rows.
      cost_usd: Math.round((sum.cost_usd + row.costUsd) * 1e6) / 1e6,
    }),
    NOTHING,
  )
  return {
    budget: { analyses: budget.analyses, tokens: budget.tokens, cost_usd: budget.costUsd },
    today: now ? amountsOf(now) : NOTHING,
    total,
    by_day: rows.map((row) => ({ day: row.day, ...amountsOf(row) })),
  }
}

/** Usage of the daily budgets over the last `days` UTC days, including the day of `now`. */
export async function usageOf(db: Db, service: DailyBudget, days: number, now = new Date()): Promise<UsageBody> {
  const today = dayOf(now)
  const from = dayOf(new Date(now.getTime() - (days - 1) * DAY_MS))
  const rows = await db
    .select()
    .from(dailyUsage)
    .where(and(gte(dailyUsage.day, from), lte(dailyUsage.day, today)))
    .orderBy(asc(dailyUsage.day))
  const byCaller = Map.groupBy(rows, ({ caller }) => caller)
  const used = [...byCaller]
    .filter(([caller]) => caller !== SERVICE)
    .map(([caller, own]) => ({ caller, own, analyses: own.reduce((sum, { analyses }) => sum + analyses, 0) }))
    .toSorted((a, b) => b.analyses - a.analyses)
    .slice(0, MAX_CALLERS)
  const ids = used.flatMap(({ caller }) => (caller.startsWith('key:') ? [caller.slice('key:'.length)] : []))
  const keys = ids.length > 0 ? await db.select().from(apiKeys).where(inArray(apiKeys.id, ids)) : []

  return {
    from,
    to: today,
    renewed_at: untilRenewal(now).midnight.toISOString(),
    service: spenderOf(byCaller.get(SERVICE) ?? [], today, service),
    callers: used.map(({ caller, own }) => {
      const key = keys.find(({ id }) => caller === `key:${id}`)
      const budget = {
        analyses: key?.dailyAnalyses ?? null,
        tokens: key?.dailyTokens ?? null,
        costUsd: key?.dailyCostUsd ?? null,
      }
      return {
        caller,
        key: key
          ? {
              id: key.id,
              description: key.description,
              prefix: key.prefix,
              last_four: key.lastFour,
              active: key.isActive === true && (key.expiresAt === null || key.expiresAt > now),
            }
          : null,
        ...spenderOf(own, today, budget),
      }
    }),
  }
}
