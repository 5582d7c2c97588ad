import { and, eq, inArray, type SQL, sql } from 'drizzle-orm'
import { dailyUsage } from '../../../drizzle/schema.ts'
import type { DailyBudget } from '../../config/limits.ts'
import type { Db } from '../../database/database.ts'
import { ProblemError } from '../http/problem.ts'

/** The row that counts all callers together. */
export const SERVICE = '*'
const DAY_SECONDS = 86_400
const NONE: DailyBudget = { analyses: null, tokens: null, costUsd: null }

export interface BudgetOptions {
  db: Db
  /** Budget of the whole service. */
  service: DailyBudget
  /** Budget of a row of api_keys; null if the key is no longer valid. */
  budgetOfKey(id: string): Promise<DailyBudget | null>
}

type Usage = Pick<typeof dailyUsage.$inferSelect, 'analyses' | 'tokens' | 'costUsd'>

/** One analysis reserved from the budgets. Dispose returns it unless `keep` was called. */
export interface Reservation extends AsyncDisposable {
  /** Adds what the model used. This stays counted. */
  spend(tokens: number, costUsd: number | null): Promise<void>
  keep(): void
}

export type Budgets = ReturnType<typeof dailyBudgets>

/**
 * True if the row may take another analysis. Tokens and cost are only known afterwards, so running analyses may exceed
 * them.
 */
const mayTake = ({ analyses, tokens, costUsd }: DailyBudget): SQL =>
  sql`coalesce(${dailyUsage.analyses} < ${analyses}::int, true)
    and coalesce(${dailyUsage.tokens} < ${tokens}::bigint, true)
    and coalesce(${dailyUsage.costUsd} < ${costUsd}::numeric, true)`

/** Daily (UTC) budgets of analyses, tokens and dollars, per key and for the service, counted in the database. */
export function dailyBudgets({ db, service, budgetOfKey }: BudgetOptions) {
  const rowsOf = (day: string, callers: string[]) => and(eq(dailyUsage.day, day), inArray(dailyUsage.caller, callers))

  /**
   * Adds to existing rows. An upsert locks them in the given order, as `take` does; an update locks in any order and
   * could deadlock.
   */
  async function add(day: string, callers: string[], used: Partial<Usage>): Promise<void> {
    if (callers.length === 0) return
    await db
      .insert(dailyUsage)
      .values(callers.map((caller) => ({ day, caller, analyses: 0, ...used })))
      .onConflictDoUpdate({
        target: [dailyUsage.day, dailyUsage.caller],
        set: {
          analyses: sql`${dailyUsage.analyses} + excluded.analyses`,
          tokens: sql`${dailyUsage.tokens} + excluded.tokens`,
          costUsd: sql`${dailyUsage.costUsd} + excluded.cost_usd`,
        },
      })
  }
  const giveBack = (day: string, callers: string[]) => add(day, callers, { analyses: -1 })

  /** Says which budget is spent and when it renews. */
  async function refusal(now: Date, caller: string, own: DailyBudget): Promise<ProblemError> {
    const rows = await db
      .select()
      .from(dailyUsage)
      .where(rowsOf(dayOf(now), [caller, SERVICE]))
    const spent = (row: string, budget: DailyBudget): string | undefined => {
      const used = rows.find((one) => one.caller === row) ?? { analyses: 0, tokens: 0, costUsd: 0 }
      if (budget.analyses !== null && used.analyses >= budget.analyses) return `analyses: ${budget.analyses}`
      if (budget.tokens !== null && used.tokens >= budget.tokens) return `tokens: ${budget.tokens}`
      if (budget.costUsd !== null && used.costUsd >= budget.costUsd) return `US dollars: ${budget.costUsd}`
      return undefined
    }
    const ownSpent = spent(caller, own)
    const whose = ownSpent ? 'of this key' : 'of the whole service'
    const { midnight, seconds } = untilRenewal(now)
    const what = ownSpent ?? spent(SERVICE, service) ?? 'just now'
    const detail = `The daily budget ${whose} is spent (${what}); it renews at ${midnight.toISOString()}`
    return new ProblemError(429, 'budget-spent', detail, { headers: { 'retry-after': String(seconds) } })
  }

  /** A single statement, so that concurrent processes never exceed a budget. */
  async function take(day: string, caller: string, own: DailyBudget): Promise<boolean> {
    // The first analysis of a day inserts the row without a comparison, so budgets of 0 are checked here.
    if (Object.values(own).includes(0)) return false
    const callers = [caller, SERVICE]
    const taken = await db
      .insert(dailyUsage)
      .values(callers.map((row) => ({ day, caller: row, analyses: 1 })))
      .onConflictDoUpdate({
        target: [dailyUsage.day, dailyUsage.caller],
        set: { analyses: sql`${dailyUsage.analyses} + 1` },
        setWhere: sql`case when ${dailyUsage.caller} = ${SERVICE} then ${mayTake(service)} else ${mayTake(own)} end`,
      })
      .returning({ caller: dailyUsage.caller })
    if (taken.length === callers.length) return true
    await giveBack(
      day,
      taken.map((row) => row.caller),
    )
    return false
  }

  return {
    /**
     * Takes one analysis from the budgets of the caller and the service. Throws a 429 problem if one is spent. `now`
     * selects the day.
     */
    async reserve(caller: string, now = new Date()): Promise<Reservation> {
      const own = (caller.startsWith('key:') ? await budgetOfKey(caller.slice('key:'.length)) : null) ?? NONE
      const day = dayOf(now)
      const callers = [caller, SERVICE]
      if (!(await take(day, caller, own))) throw await refusal(now, caller, own)
      let kept = false
      return {
        async spend(tokens, costUsd) {
          if (tokens === 0 && !costUsd) return
          await add(day, callers, { tokens, costUsd: costUsd ?? 0 })
        },
        keep() {
          kept = true
        },
        // The client must see why the analysis failed. An analysis that cannot be returned stays counted.
        async [Symbol.asyncDispose]() {
          if (!kept) await giveBack(day, callers).catch(() => undefined)
        },
      }
    },
  }
}

/** The UTC day that budgets are counted for. */
export const dayOf = (now: Date): string => now.toISOString().slice(0, 10)

/** End of that day, and the seconds until then. */
export function untilRenewal(now: Date): { midnight: Date; seconds: number } {
  const midnight = new Date((Math.floor(now.getTime() / 1000 / DAY_SECONDS) + 1) * DAY_SECONDS * 1000)
  return { midnight, seconds: Math.ceil((midnight.getTime() - now.getTime()) / 1000) }
}
