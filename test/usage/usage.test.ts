import t from 'tap'
import type { UsageBody } from '../../api/features/usage/schemas.ts'
import { usageOf } from '../../api/features/usage/usage.ts'
import { dailyUsage } from '../../drizzle/schema.ts'
import { photo, photoForm } from '../../fixtures/photos.ts'
import { scriptedAnalyzer } from '../support/analyzers.ts'
import { startService } from '../support/service.ts'

const ADMIN = 'admin-key-for-the-tests-0123456789'
const service = await startService(
  { API_KEY: ADMIN, DAILY_ANALYSES: '100', DAILY_COST_USD: '12.5' },
  { analyzer: scriptedAnalyzer() },
)
t.teardown(() => service.close())
const { db } = service.database

const call = (method: string, path: string, body?: object, key = ADMIN) =>
  fetch(`${service.url}/api/v1${path}`, {
    method,
    headers: { 'x-api-key': key, ...(body ? { 'content-type': 'application/json' } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
const usage = async (query = '') => (await (await call('GET', `/usage${query}`)).json()) as UsageBody
const analyse = async (key: string) =>
  fetch(`${service.url}/api/v1/analyze`, {
    method: 'POST',
    body: photoForm(await photo()),
    headers: { 'x-api-key': key },
  })

t.test('shows the budget of the service and zeros before any usage', async (t) => {
  const today = new Date().toISOString().slice(0, 10)
  const body = await usage()
  t.match(body, { to: today, callers: [], service: { today: { analyses: 0, tokens: 0, cost_usd: 0 }, by_day: [] } })
  t.strictSame(body.service.budget, { analyses: 100, tokens: null, cost_usd: 12.5 })
  t.equal(Date.parse(body.to) - Date.parse(body.from), 29 * 86_400_000, '30 days, today among them')
  t.equal(body.renewed_at, new Date(Date.parse(today) + 86_400_000).toISOString())
})

t.test('shows the usage and budget of each key with its name', async (t) => {
  const made = (await (await call('POST', '/keys', { description: 'Line 3', daily_analyses: 5 })).json()) as {
    id: string
    key: string
  }
  for (const key of [made.key, made.key, ADMIN]) t.equal((await analyse(key)).status, 200)
  const { service: all, callers } = await usage()
  t.match(all.today, { analyses: 3, tokens: 360, cost_usd: 0.003 })
  t.match(callers, [
    {
      caller: `key:${made.id}`,
      key: { id: made.id, description: 'Line 3', last_four: made.key.slice(-4), active: true },
      budget: { analyses: 5, tokens: null, cost_usd: null },
      today: { analyses: 2, tokens: 240, cost_usd: 0.002 },
      total: { analyses: 2 },
    },
    { caller: 'admin', key: null, today: { analyses: 1 } },
  ])
  await call('POST', `/keys/${made.id}/revoke`)
  t.match((await usage()).callers[0], { key: { active: false } }, 'also for a revoked key')
  t.notOk(JSON.stringify(callers).includes(made.key))
})

t.test('counts UTC days, and omits days before the period and days without usage', async (t) => {
  const row = (day: string, caller: string, analyses: number, costUsd: number) => ({
    day,
    caller,
    analyses,
    tokens: analyses * 10,
    costUsd,
  })
  await db
    .insert(dailyUsage)
    .values([
      row('2031-03-01', 'admin', 90, 9),
      row('2031-03-02', 'admin', 1, 0.1),
      row('2031-03-02', '*', 4, 0.4),
      row('2031-03-04', 'admin', 2, 0.2),
      row('2031-03-04', '*', 2, 0.2),
      row('2031-03-05', 'admin', 70, 7),
    ])
  const budget = { analyses: null, tokens: 7, costUsd: null }
  const at = (time: string) => usageOf(db, budget, 3, new Date(time))
  const body = await at('2031-03-04T23:59:59.999Z')
  t.match(body, { from: '2031-03-02', to: '2031-03-04', renewed_at: '2031-03-05T00:00:00.000Z' })
  t.strictSame(body.callers, [
    {
      caller: 'admin',
      key: null,
      budget: { analyses: null, tokens: null, cost_usd: null },
      today: { analyses: 2, tokens: 20, cost_usd: 0.2 },
      total: { analyses: 3, tokens: 30, cost_usd: 0.3 },
      by_day: [
        { day: '2031-03-02', analyses: 1, tokens: 10, cost_usd: 0.1 },
        { day: '2031-03-04', analyses: 2, tokens: 20, cost_usd: 0.2 },
      ],
    },
  ])
  t.match(body.service, { budget: { tokens: 7 }, total: { analyses: 6, cost_usd: 0.6 } })
  t.match(await at('2031-03-05T00:00:00Z'), { from: '2031-03-03', service: { today: { analyses: 0 } } })
})

t.test('requires an administrator, and allows 1 to 90 days', async (t) => {
  for (const [scopes, status] of [
    [['read'], 403],
    [['analyse'], 403],
    [['admin'], 200],
  ] as const) {
    const { key } = (await (await call('POST', '/keys', { scopes })).json()) as { key: string }
    t.equal((await call('GET', '/usage', undefined, key)).status, status, scopes[0])
  }
  for (const days of ['0', '91', 'x', '1.5']) {
    const response = await call('GET', `/usage?days=${days}`)
    t.equal(response.status, 400, days)
    t.match(await response.json(), { errors: [{ field: 'days' }] })
  }
})
