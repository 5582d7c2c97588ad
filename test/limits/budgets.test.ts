import { randomBytes } from 'node:crypto'
import { and, eq } from 'drizzle-orm'
import t from 'tap'
import { AnalyzerError } from '../../api/domain/analyzer-error.ts'
import { hashApiKey } from '../../api/platform/http/secrets.ts'
import { dailyBudgets } from '../../api/platform/limits/budgets.ts'
import { apiKeys, dailyUsage } from '../../drizzle/schema.ts'
import { photo, photoForm } from '../../fixtures/photos.ts'
import { resultOf, scriptedAnalyzer } from '../support/analyzers.ts'
import { startService } from '../support/service.ts'

const TOKENS = 120
const COST = 0.001

const analyzer = scriptedAnalyzer()
const service = await startService(
  { API_KEY: 'admin-key-for-the-tests-0123456789', HOST: '127.0.0.1', DAILY_COST_USD: '0.02' },
  { analyzer },
)
t.teardown(() => service.close())
const { db } = service.database

async function newKey(budget: Partial<typeof apiKeys.$inferInsert>) {
  const key = randomBytes(32).toString('base64url')
  const [row] = await db
    .insert(apiKeys)
    .values({ keyHash: hashApiKey(key), ...budget })
    .returning()
  const caller = `key:${row?.id}`
  return {
    analyze: async (bytes?: Buffer) =>
      fetch(`${service.url}/api/v1/analyze`, {
        method: 'POST',
        body: photoForm(bytes ?? (await photo())),
        headers: { 'x-api-key': key },
      }),
    used: async () => {
      const today = new Date().toISOString().slice(0, 10)
      const [usage] = await db
        .select()
        .from(dailyUsage)
        .where(and(eq(dailyUsage.caller, caller), eq(dailyUsage.day, today)))
      return { analyses: usage?.analyses, tokens: usage?.tokens, costUsd: usage?.costUsd }
    },
  }
}

t.test('A key stops at its daily analyses and is told which budget is spent and until when (R11)', async (t) => {
  const key = await newKey({ dailyAnalyses: 2 })
  t.equal((await key.analyze()).status, 200)
  t.equal((await key.analyze()).status, 200)
  const asked = analyzer.inputs.length
  const over = await key.analyze()
  t.equal(over.status, 429)
  t.equal(analyzer.inputs.length, asked, 'the model is not asked')
  const midnight = Date.parse(`${new Date().toISOString().slice(0, 10)}T00:00:00Z`) + 86_400_000
  const wait = Number(over.headers.get('retry-after'))
  t.ok(Math.abs(wait - (midnight - Date.now()) / 1000) < 5, 'seconds to midnight UTC')
  t.match(await over.json(), {
    type: 'urn:wiko:problem:budget-spent',
    detail: `The daily budget of this key is spent (analyses: 2); it renews at ${new Date(midnight).toISOString()}`,
  })
  t.strictSame(await key.used(), { analyses: 2, tokens: 2 * TOKENS, costUsd: 2 * COST })
})

t.test('A duplicate costs nothing, even when the budget is spent', async (t) => {
  const key = await newKey({ dailyAnalyses: 1 })
  const bytes = await photo()
  t.equal((await key.analyze(bytes)).status, 200)
  t.equal((await key.analyze(bytes)).status, 200)
  t.strictSame(await key.used(), { analyses: 1, tokens: TOKENS, costUsd: COST })
  t.equal((await key.analyze()).status, 429)
})

t.test('A failed analysis is returned to the budget', async (t) => {
  const key = await newKey({ dailyAnalyses: 1 })
  analyzer.answer = () => {
    throw new AnalyzerError('unavailable', 'the model is down')
  }
  t.equal((await key.analyze()).status, 502)
  t.strictSame(await key.used(), { analyses: 0, tokens: 0, costUsd: 0 })
  analyzer.answer = () => resultOf()
  t.equal((await key.analyze()).status, 200)
})

t.test('Budgets of tokens and dollars are enforced (R11)', async (t) => {
  for (const [budget, said] of [
    [{ dailyTokens: TOKENS + 1 }, /this key is spent \(tokens: 121\)/],
    [{ dailyCostUsd: COST * 2 }, /this key is spent \(US dollars: 0.002\)/],
  ] as const) {
    const key = await newKey(budget)
    t.equal((await key.analyze()).status, 200)
    t.equal((await key.analyze()).status, 200, 'what one takes is known only afterwards')
    const over = await key.analyze()
    t.equal(over.status, 429)
    t.match(await over.json(), { detail: said })
  }
})

t.test('A budget of zero refuses every analysis', async (t) => {
  const key = await newKey({ dailyAnalyses: 0 })
  t.equal((await key.analyze()).status, 429)
})

t.test('All keys together stop at the budget of the service (R11)', async (t) => {
  const key = await newKey({})
  const statuses: number[] = []
  for (let i = 0; i < 30 && statuses.at(-1) !== 429; i++) statuses.push((await key.analyze()).status)
  t.equal(statuses.at(-1), 429)
  t.match(await (await key.analyze()).json(), { detail: /of the whole service is spent \(US dollars: 0.02\)/ })
  const [all] = await db.select().from(dailyUsage).where(eq(dailyUsage.caller, '*'))
  t.match(all, { analyses: 20, costUsd: 0.02 })
  t.equal((await key.used()).analyses, statuses.length - 1, 'the refused ones are not counted')
})

t.test('The budget renews at midnight UTC', async (t) => {
  const none = { analyses: null, tokens: null, costUsd: null }
  const budgets = dailyBudgets({ db, service: { ...none, analyses: 1 }, budgetOfKey: async () => none })
  const at = async (time: string) => {
    await using reservation = await budgets.reserve('admin', new Date(time))
    reservation.keep()
    return 'done'
  }
  t.equal(await at('2031-05-01T10:00:00Z'), 'done')
  await t.rejects(at('2031-05-01T23:59:50.5Z'), {
    status: 429,
    kind: 'budget-spent',
    message: /whole service is spent \(analyses: 1\); it renews at 2031-05-02T00:00:00.000Z/,
    headers: { 'retry-after': '10' },
  })
  t.equal(await at('2031-05-02T00:00:00Z'), 'done')
})

t.test('Hundreds of concurrent reservations neither block each other nor miscount', async (t) => {
  const none = { analyses: null, tokens: null, costUsd: null }
  const budgets = dailyBudgets({ db, service: none, budgetOfKey: async () => none })
  const day = new Date('2032-01-01T12:00:00Z')
  const one = async (number: number) => {
    await using reservation = await budgets.reserve(`caller-${number % 3}`, day)
    await reservation.spend(10, 0.5)
    reservation.keep()
    return 'done'
  }
  const ends = await Promise.all(Array.from({ length: 300 }, (_, number) => one(number).catch(String)))
  t.same(new Set(ends), new Set(['done']))
  const [all] = await db
    .select()
    .from(dailyUsage)
    .where(and(eq(dailyUsage.caller, '*'), eq(dailyUsage.day, '2032-01-01')))
  t.match(all, { analyses: 300, tokens: 3000, costUsd: 150 })
})
