import t from 'tap'
import type { FrozenBaselineBody, StatisticsBody } from '../../api/features/statistics/schemas.ts'
import { analyses } from '../../drizzle/schema.ts'
import { scriptedAnalyzer } from '../support/analyzers.ts'
import { bodyOf } from '../support/http.ts'
import { startService } from '../support/service.ts'
import { localDay, type Row, randomRows } from './brute-force.ts'

const DAY = 86_400_000
const ADMIN = 'an-administrator-key-of-the-test'
const now = new Date()
const day = (daysAgo: number) => localDay(new Date(now.getTime() - daysAgo * DAY))
const midnight = (daysAgo: number) => `${day(daysAgo)}T00:00:00+08:00`

/** Photos of a day on line L1, the first ones with a defect. */
function photosOf(daysAgo: number, inspected: number, defects: number): Row[] {
  const [photo] = randomRows(1, 1, now)
  if (!photo) throw new Error('no row')
  return Array.from({ length: inspected }, (_, number) => ({
    ...photo,
    id: undefined,
    defectId: `DEF-20260707-${String(daysAgo * 1000 + number).padStart(8, '0')}`,
    timestamp: new Date(Date.parse(`${day(daysAgo)}T12:00:00+08:00`) + number),
    facility: 'yangjiang',
    productSku: 'WK-KN-200',
    correctedSku: null,
    lineId: 'L1',
    defectDetected: number < defects,
    verdict: number < defects ? 'ng' : 'ok',
    reviewedVerdict: null,
    review: null,
    voided: false,
  }))
}

const service = await startService({ API_KEY: ADMIN, RATE_LIMIT_PER_KEY: '100000' }, { analyzer: scriptedAnalyzer() })
t.teardown(() => service.close())
// Days 12 to 21 ago: 4 %, by turns 3 and 5. The ten days since: 8 %, and one day of a single photo, with a defect.
const days = [
  ...Array.from({ length: 10 }, (_, number) => photosOf(12 + number, 100, number % 2 ? 5 : 3)),
  ...Array.from({ length: 10 }, (_, number) => photosOf(1 + number, 100, 8)),
  photosOf(11, 1, 1),
]
for (const rows of days) await service.database.db.insert(analyses).values(rows)

const call = (path: string, init: RequestInit = {}, key = ADMIN) =>
  fetch(`${service.url}/api/v1${path}`, {
    ...init,
    headers: { 'x-api-key': key, connection: 'close', 'content-type': 'application/json' },
  })
const put = (body: object, key?: string) => call('/chart-baselines', { method: 'PUT', body: JSON.stringify(body) }, key)
const trendOf = async (query: Record<string, string> = {}) =>
  (await bodyOf<StatisticsBody>(await call(`/statistics?${new URLSearchParams({ period: '30d', ...query })}`))).trend
const calm = { from: midnight(21), to: midnight(11) }

t.test('without a baseline the limits are of the range, and a day of one photo is not judged', async (t) => {
  const trend = await trendOf()
  t.match(trend, { baseline: 'range', frozen: null, not_judged: 1 })
  t.equal(trend.centre_percent?.toFixed(3), ((100 * 121) / 2001).toFixed(3))
  const single = trend.points.find(({ inspected }) => inspected === 1)
  t.match(single, { judged: false, defect_rate_percent: 100, upper_percent: null, z: null, outside: null, rules: [] })
  t.same(
    trend.signals.map(({ rule, length, direction }) => [rule, length, direction]),
    [
      [2, 10, 'down'],
      [2, 10, 'up'],
    ],
    'ten days below and ten above the average; the day between does not part the runs of judged days',
  )
})

t.test('a baseline that is frozen counts for its filters alone, until it is removed', async (t) => {
  const answer = await put({ line_id: 'L1', product_sku: ' wk-kn-200', range: calm, person: 'Mei' })
  t.equal(answer.status, 200)
  const { baseline } = await bodyOf<{ baseline: FrozenBaselineBody }>(answer)
  t.match(baseline, { inspected: 1000, defects: 40, centre_percent: 4, person: 'Mei' })
  t.same(baseline.scope, { basis: 'photo', line_id: 'L1', product_sku: 'WK-KN-200', truth: 'final' })
  t.equal(baseline.from, new Date(calm.from).toISOString())

  const scope = { line_id: 'L1', product_sku: 'WK-KN-200' }
  const trend = await trendOf(scope)
  t.match(trend, { baseline: 'frozen', centre_percent: 4, frozen: { person: 'Mei', defects: 40 } })
  const error = 100 * Math.sqrt((0.04 * 0.96) / 100)
  t.match(trend.points.at(-2), { judged: true, upper_percent: Number((4 + 3 * error).toFixed(4)), lower_percent: 0 })
  t.equal(trend.points.at(-2)?.z?.toFixed(3), (4 / error).toFixed(3))
  t.same(
    trend.signals.map(({ rule, length, direction, first, last }) => [
      rule,
      length,
      direction,
      trend.points[first]?.day,
      trend.points[last]?.day,
    ]),
    [[2, 10, 'up', day(10), day(1)]],
    'by the baseline the days before are as they should be, and the days since are not',
  )
  t.same(trend.points.map(({ rules }) => rules.join()).filter(Boolean), ['2', '2'], 'the ninth and tenth are marked')

  t.match(await trendOf({ ...scope, baseline: 'range' }), { baseline: 'range', frozen: { person: 'Mei' } })
  t.match(await trendOf({ line_id: 'L1' }), { baseline: 'range', frozen: null }, 'other filters')
  t.match(await trendOf({ ...scope, basis: 'part' }), { baseline: 'range', frozen: null }, 'another basis')
  t.match(await trendOf({ ...scope, truth: 'ai' }), { baseline: 'range', frozen: null }, "another's word")

  await put({ ...scope, range: { from: midnight(10), to: midnight(0) }, person: 'Lin' })
  t.match(await trendOf(scope), { centre_percent: 8, frozen: { person: 'Lin' } }, 'frozen anew')
  const list = await bodyOf<{ baselines: FrozenBaselineBody[] }>(await call('/chart-baselines'))
  t.match(list.baselines, [{ person: 'Lin', scope }])
  t.equal(list.baselines.length, 1)

  t.same(await bodyOf(await put({ ...scope, range: null, person: 'Lin' })), { baseline: null })
  t.match(await trendOf(scope), { baseline: 'range', frozen: null })
  t.equal((await put({ ...scope, range: null, person: 'Lin' })).status, 404)
})

t.test('what makes no baseline is refused, with what to do; and only an administrator may', async (t) => {
  const few = await put({ range: { from: midnight(11), to: midnight(10) }, person: 'Mei' })
  t.equal(few.status, 400)
  t.match(await few.json(), { detail: /1 defects of 1 inspected: choose a longer one/, errors: [{ field: 'range' }] })
  t.equal((await put({ range: { from: midnight(3), to: midnight(5) }, person: 'Mei' })).status, 400)
  t.equal((await put({ range: calm })).status, 400, 'nobody is named')
  t.equal((await put({ range: { from: midnight(3) }, person: 'Mei' })).status, 400)
  const reader = await call('/keys', {
    method: 'POST',
    body: JSON.stringify({ description: 'reader', scopes: ['read', 'analyse'] }),
  })
  const { key } = await bodyOf<{ key: string }>(reader)
  t.equal((await put({ range: calm, person: 'Mei' }, key)).status, 403)
  t.equal((await call('/chart-baselines', {}, key)).status, 200)
})
