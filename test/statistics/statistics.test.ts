import t, { type Test } from 'tap'
import type { StatisticsBody } from '../../api/features/statistics/schemas.ts'
import { analyses } from '../../drizzle/schema.ts'
import { scriptedAnalyzer } from '../support/analyzers.ts'
import { bodyOf } from '../support/http.ts'
import { startService } from '../support/service.ts'
import { count, localDay, type Row, randomRows, type Wanted } from './brute-force.ts'

const DAY = 86_400_000
const now = new Date()
const rows = randomRows(700, 64, now)

const service = await startService({ RATE_LIMIT_PER_IP: '100000' }, { analyzer: scriptedAnalyzer() })
t.teardown(() => service.close())
await service.database.db.insert(analyses).values(rows)

const ask = (query: Record<string, string>) =>
  fetch(`${service.url}/api/v1/statistics?${new URLSearchParams(query)}`, { headers: { connection: 'close' } })
const statistics = async (query: Record<string, string>): Promise<StatisticsBody> => {
  const response = await ask(query)
  if (!response.ok) throw new Error(await response.text())
  return bodyOf<StatisticsBody>(response)
}
const midnight = (daysAgo: number) => new Date(`${localDay(new Date(now.getTime() - daysAgo * DAY))}T00:00:00+08:00`)

const pairs = <Key extends string>(list: readonly Record<Key | 'inspected' | 'defects', unknown>[], key: Key) =>
  Object.fromEntries(list.map((each) => [each[key] ?? 'none', [each.inspected, each.defects]]))
const defectsBy = <Key extends string>(list: readonly Record<Key | 'defects', unknown>[], key: Key) =>
  Object.fromEntries(list.filter(({ defects }) => defects !== 0).map((each) => [each[key] ?? 'none', each.defects]))
const onlyDefects = (counts: Record<string, [number, number]>) =>
  Object.fromEntries(Object.entries(counts).map(([name, [, defects]]) => [name, defects]))

/** Everything that the API says of the range, against the rows counted one by one. */
async function compare(t: Test, query: Record<string, string>, keep: Wanted['keep'] = () => true) {
  const basis = query.basis === 'part' ? 'part' : 'photo'
  const truth = query.truth === 'human' || query.truth === 'ai' ? query.truth : 'final'
  const answer = await statistics({ ...query, bucket: 'day' })
  const range = { from: new Date(answer.from), to: new Date(answer.to) }
  const wanted = count(rows, { basis, truth, ...range, keep })
  t.ok(wanted.items.length > 20, `${wanted.items.length} items`)
  t.strictSame(answer.figures, wanted.figures, 'the figures')
  const shift = Math.ceil((range.to.getTime() - range.from.getTime()) / DAY) * DAY
  const before = {
    from: new Date(range.from.getTime() - shift),
    to: new Date(range.to.getTime() - shift),
  }
  t.strictSame(answer.previous, count(rows, { basis, truth, ...before, keep }).figures, 'the period before')
  const { points } = answer.trend
  t.same(
    pairs(
      points.filter(({ inspected }) => inspected > 0),
      'day',
    ),
    wanted.byDay,
    'by day',
  )
  t.same(pairs(answer.by_sku, 'product_sku'), wanted.bySku, 'by product')
  t.same(pairs(answer.by_line, 'line_id'), wanted.byLine, 'by line')
  t.same(defectsBy(answer.by_defect_type, 'defect_type'), onlyDefects(wanted.byType), 'by type')
  t.same(defectsBy(answer.by_severity, 'severity'), onlyDefects(wanted.bySeverity), 'by severity')
  t.same(defectsBy(answer.by_stage, 'stage'), onlyDefects(wanted.byStage), 'by stage')
  for (const { from, to, count } of answer.confidence) {
    const inside = wanted.confidences.filter((each) => each >= from && (each < (to ?? 2) || (to === 1 && each === 1)))
    t.equal(count, inside.length, `confidence ${from}`)
  }
  for (const { from, to, count } of answer.latency_ms) {
    const inside = wanted.latencies.filter((each) => each >= from && each < (to ?? Number.POSITIVE_INFINITY))
    t.equal(count, inside.length, `time ${from}`)
  }
  return answer
}

t.test('photos by the final verdict, of the last 30 days', (t) => compare(t, { period: '30d' }))
t.test('parts by the final verdict: as bad as their worst photo', (t) => compare(t, { period: '30d', basis: 'part' }))
t.test('photos by the model', (t) => compare(t, { period: '30d', truth: 'ai' }))
t.test('parts by the model', (t) => compare(t, { period: '30d', truth: 'ai', basis: 'part' }))
t.test('photos by what people confirmed', (t) => compare(t, { period: '30d', truth: 'human' }))
t.test('parts by what people confirmed', (t) => compare(t, { period: '30d', truth: 'human', basis: 'part' }))
t.test('a range of its own, in the middle of days', (t) =>
  compare(t, {
    from: new Date(now.getTime() - 20.3 * DAY).toISOString(),
    to: new Date(now.getTime() - 4.7 * DAY).toISOString(),
    basis: 'part',
  }),
)
t.test('each filter', async (t) => {
  const filters: [Record<string, string>, (row: Row) => boolean][] = [
    [{ facility: 'hongkong' }, (row) => row.facility === 'hongkong'],
    [{ product_sku: ' wk-kn-200 ' }, (row) => (row.correctedSku ?? row.productSku) === 'WK-KN-200'],
    [{ line_id: 'L1' }, (row) => row.lineId === 'L1'],
    [{ station: 'S2' }, (row) => row.station === 'S2'],
    [{ shift: 'B' }, (row) => row.shift === 'B'],
    [{ model_version: 'm2' }, (row) => row.modelVersion === 'm2'],
    [{ analyzer: 'local' }, (row) => row.analyzer === 'local'],
  ]
  for (const [filter, keep] of filters) {
    await t.test(Object.keys(filter).join(), (t) => compare(t, { ...filter, period: '30d', basis: 'part' }, keep))
  }
})

t.test('the trend is a p chart: centre, limits and marks as worked out by hand', async (t) => {
  const { trend, previous } = await statistics({ period: '30d' })
  t.equal(trend.points.length, 30)
  t.equal(trend.points[0]?.start, midnight(29).toISOString(), 'days begin at midnight in Shanghai')
  const weeks = await statistics({ period: '90d', bucket: 'week' })
  const centre = weeks.figures.defects / weeks.figures.inspected
  t.ok(weeks.trend.points.filter(({ judged }) => judged).length > 6)
  for (const point of weeks.trend.points) {
    const { inspected, defects, lower_percent, upper_percent, outside, judged, z } = point
    t.equal(judged, inspected >= 25)
    if (!judged) {
      t.same([lower_percent, upper_percent, outside, z], [null, null, null, null])
      continue
    }
    const error = Math.sqrt((centre * (1 - centre)) / inspected)
    t.ok(Math.abs((lower_percent ?? -1) - 100 * Math.max(0, centre - 3 * error)) < 1e-4)
    t.ok(Math.abs((upper_percent ?? -1) - 100 * Math.min(1, centre + 3 * error)) < 1e-4)
    t.ok(Math.abs((z ?? -9) - (defects / inspected - centre) / error) < 1e-3)
    t.equal(outside, Math.abs(z ?? 0) <= 3 ? null : (z ?? 0) > 0 ? 'above' : 'below')
  }
  const byBaseline = await statistics({ period: '30d', baseline: 'previous' })
  t.equal(byBaseline.trend.centre_percent, previous.defect_rate_percent)
  const cumulative = (await statistics({ period: '30d' })).by_defect_type.at(-1)
  t.equal(cumulative?.cumulative_percent, 100)
})

t.test('buckets: hours of today, shifts of a week, weeks of 90 days', async (t) => {
  const today = await statistics({ period: 'today', facility: 'hongkong' })
  t.match(today, { bucket: 'hour', time_zone: 'Asia/Hong_Kong', time_zone_of: 'hongkong' })
  t.equal(today.from, midnight(0).toISOString())
  t.equal(today.previous.from, midnight(1).toISOString())
  t.equal(
    Date.parse(today.to) - Date.parse(today.previous.to),
    DAY,
    'yesterday up to the same hour, so that both are of one length',
  )
  t.ok(today.trend.points.length <= 24)

  const shifts = await statistics({ period: '7d', bucket: 'shift' })
  const wanted = count(rows, {
    basis: 'photo',
    truth: 'final',
    // The day shift begins at 8, and what came before is of the night of the day before.
    from: new Date(midnight(6).getTime() + DAY / 3),
    to: new Date(shifts.to),
    keep: () => true,
  })
  const byShift: Record<string, number> = {}
  for (const { row } of wanted.items) {
    const since = new Date(row.timestamp.getTime() - DAY / 3)
    const hour = new Date(since.getTime() + DAY / 3).getUTCHours()
    const name = `${localDay(since)} ${hour < 12 ? 'day' : 'night'}`
    byShift[name] = (byShift[name] ?? 0) + 1
  }
  t.same(
    Object.fromEntries(
      shifts.trend.points.flatMap(({ day, shift, inspected }) => (inspected ? [[`${day} ${shift}`, inspected]] : [])),
    ),
    byShift,
  )

  const weeks = await statistics({ from: midnight(60).toISOString(), bucket: 'week' })
  t.equal(weeks.trend.points[0]?.start, midnight(60).toISOString())
  for (const { start } of weeks.trend.points.slice(1)) {
    t.equal(new Date(Date.parse(start) + 8 * 3_600_000).getUTCDay(), 1, `${start} is a Monday`)
  }
  const sum = weeks.trend.points.reduce((total, { inspected }) => total + inspected, 0)
  t.equal(sum, weeks.figures.inspected)
  t.equal((await statistics({ from: midnight(120).toISOString() })).bucket, 'week')
})

t.test('of nothing, no figure is made up', async (t) => {
  const empty = await statistics({ facility: 'shenzhen' })
  t.match(empty.figures, { inspected: 0, defects: 0, defect_rate_percent: null, first_pass_yield_percent: null })
  t.match(empty.figures, { mean_confidence: null, median_latency_ms: null, cost_usd: null, photos: 0 })
  t.match(empty.trend, { centre_percent: null, target_percent: 0.18 })
  t.same([empty.by_defect_type, empty.by_sku, empty.by_line, empty.by_stage], [[], [], [], []])
  t.same(
    empty.by_severity.map(({ share_percent }) => share_percent),
    [null, null, null, null],
  )
})

t.test('what the filters can be set to', async (t) => {
  const choices = (path: string) => fetch(`${service.url}/api/v1/statistics/choices${path}`).then(bodyOf)
  t.same(await choices(''), {
    lines: ['L1', 'L2'],
    stations: ['S1', 'S2'],
    shifts: ['day', 'night'],
    model_versions: ['m1', 'm2'],
  })
  t.same(await choices('?facility=shenzhen'), {
    lines: [],
    stations: [],
    shifts: ['day', 'night'],
    model_versions: [],
  })
})

t.test('bad input is named', async (t) => {
  const bad: [Record<string, string>, RegExp][] = [
    [{ period: 'year' }, /period must be one of today, 7d, 30d, 90d/],
    [{ basis: 'lot' }, /basis must be one of photo, part, unit/],
    [{ truth: 'both' }, /truth must be one of final, ai, human/],
    [{ from: 'yesterday' }, /from must be a time such as/],
    [{ to: now.toISOString() }, /from is missing: to goes with it/],
    [{ period: '7d', from: now.toISOString() }, /period goes without from/],
    [{ from: '2026-11-02T00:00:00Z', to: '2026-11-01T00:00:00Z' }, /to must be later than from/],
    [{ from: '2020-01-01T00:00:00Z' }, /to must be at most 400 days after from/],
    [{ from: '1999-12-30T00:00:00Z', to: '1999-12-31T00:00:00Z' }, /from must not be before 2000-01-01/],
    [{ from: '2999-01-01T00:00:00Z' }, /from must be in the past/],
    [{ period: '30d', bucket: 'hour' }, /bucket hour goes with at most 14 days/],
    [{ line_id: 'x'.repeat(101) }, /line_id must NOT have more than 100 characters/],
  ]
  for (const [query, detail] of bad) {
    const response = await ask(query)
    t.equal(response.status, 400, JSON.stringify(query))
    t.match(await bodyOf(response), { type: 'urn:wiko:problem:bad-field', detail })
  }
  t.equal((await ask({ line_id: "'; drop table analyses; --", shift: 'x' })).status, 200)
})
