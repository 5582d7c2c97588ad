/** One night shift, counted by hand and compared everywhere: statistics, report, inspected units, history and CSV. */
import { sql } from 'drizzle-orm'
import t from 'tap'
import type { AnalysisBody } from '../../api/features/analyses/schemas.ts'
import type { ShiftReportBody, StoredScopeBody } from '../../api/features/reports/schemas.ts'
import { DEFAULT_SHIFTS, scheduleOf } from '../../api/features/shifts/schedule.ts'
import type { ShiftHoursBody } from '../../api/features/shifts/schemas.ts'
import { shiftDayOf, shiftOf } from '../../api/features/shifts/sql.ts'
import type { StatisticsBody } from '../../api/features/statistics/schemas.ts'
import { analyses } from '../../drizzle/schema.ts'
import { startReviews } from '../reviews/support.ts'
import { type Row, randomRows } from '../statistics/brute-force.ts'
import { bodyOf } from '../support/http.ts'

const { service, call, get, keyWith } = await startReviews()
t.teardown(() => service.close())

type Report = { report: ShiftReportBody; stored: StoredScopeBody }
const report = async (body: object) => bodyOf<Report>(await call('POST', '/shift-report', body))
const statistics = (query: Record<string, string>) =>
  get<StatisticsBody>(`/statistics?${new URLSearchParams({ facility: 'yangjiang', ...query })}`)
const put = (body: object) => call('PUT', '/inspected-units', { facility: 'yangjiang', person: 'Mei', ...body })
const linesOf = async (path: string) => (await (await call('GET', path)).text()).slice(1).split('\r\n')

const [photo] = randomRows(1, 1, new Date())
if (!photo) throw new Error('no row')
let number = 0
const taken = (clock: string, change: Partial<Row> = {}): Row => ({
  ...photo,
  id: undefined,
  defectId: `DEF-20251127-${String(number++).padStart(8, '0')}`,
  timestamp: new Date(`${clock}+08:00`),
  facility: 'yangjiang',
  productSku: 'WK-KN-200',
  correctedSku: null,
  defectDetected: false,
  defectType: 'unknown',
  severity: 'cosmetic',
  verdict: 'ok',
  partId: null,
  lineId: 'L1',
  lot: 'L-7',
  shift: null,
  review: null,
  reviewedVerdict: null,
  reviewedType: null,
  voided: false,
  ...change,
})
const bad = { defectDetected: true, defectType: 'rust_spot', severity: 'critical', verdict: 'ng' } as const
const minor = { ...bad, defectType: 'blade_scratch', severity: 'minor' } as const
const NIGHT = { facility: 'yangjiang', day: '2025-11-27', shift: 'night' }

t.before(() =>
  service.database.db.insert(analyses).values([
    taken('2025-11-27T07:59:59', bad), // the night of the 26th
    taken('2025-11-27T08:00:00', minor), // the day of the 27th
    taken('2025-11-27T19:59:59'),
    taken('2025-11-27T20:00:00', { ...minor, lot: 'L-8' }), // the night of the 27th: five, two of them bad
    taken('2025-11-27T23:59:59', { shift: 'day' }), // as a line forgot to change it
    taken('2025-11-28T00:00:00'),
    taken('2025-11-28T02:00:00', { ...bad, partId: 'P-1' }),
    taken('2025-11-28T07:59:59'),
    taken('2025-11-28T08:00:00', bad), // the day of the 28th
    taken('2025-11-28T02:00:00', { ...bad, facility: 'shenzhen' }),
  ]),
)

t.test('the report of a night shift covers results until 08:00 of the next day, and lists its lots', async (t) => {
  const { report: made, stored } = await report(NIGHT)
  t.match(stored, { ...NIGHT, from: '2025-11-27T12:00:00.000Z', to: '2025-11-28T00:00:00.000Z', photos: 5 })
  t.match(made, { total_inspected: 5, total_defects: 2, critical_count: 1, requires_line_stop: true })
  t.match(made.defect_details, [
    { severity: 'critical', line_id: 'L1', lot: 'L-7', part_id: 'P-1', verdict_source: 'model' },
    { severity: 'minor', lot: 'L-8' },
  ])
  const thumbnail = await fetch(made.defect_details[0]?.thumbnail_url ?? '')
  t.not(thumbnail.status, 401, 'signed')
  t.not(thumbnail.status, 403, 'signed')
  t.strictSame(made.lots_to_quarantine, [
    {
      facility: 'yangjiang',
      lot: 'L-7',
      product_skus: ['WK-KN-200'],
      line_ids: ['L1'],
      part_ids: ['P-1'],
      critical: 1,
      defects: 1,
    },
  ])
  const whole = await report({ facility: 'yangjiang', day: '2025-11-27' })
  t.match(whole.stored, { day: '2025-11-27', shift: null, photos: 7 }, 'both shifts of the 27th')
})

t.test('older clients that ask by midnights and shift name get the same night', async (t) => {
  const range = { from: '2025-11-27T00:00:00+08:00', to: '2025-11-28T00:00:00+08:00' }
  const asked = { facility: 'yangjiang', ...range, shift: 'night' }
  t.match((await report(asked)).report, { total_inspected: 5, total_defects: 2 })
  t.match((await statistics({ ...range, shift: 'night' })).figures, { inspected: 5, defects: 2 })
  const history = await get<{ analyses: AnalysisBody[] }>(`/analyses?${new URLSearchParams(asked)}`)
  t.equal(history.analyses.length, 5)
  t.match(await get(`/analyses/count?${new URLSearchParams(asked)}`), { count: 5 })
  t.match((await report({ facility: 'yangjiang', ...range })).stored, { photos: 5, shift: null }, 'a range is a range')
})

t.test('the trend by shift has one point for the night shift', async (t) => {
  const range = { from: '2025-11-27T00:00:00+08:00', to: '2025-11-29T00:00:00+08:00' }
  const { trend } = await statistics({ ...range, bucket: 'shift' })
  t.match(
    trend.points.map(({ day, last_day, shift, inspected, defects }) => [day, last_day, shift, inspected, defects]),
    [
      ['2025-11-27', '2025-11-27', 'day', 2, 1],
      ['2025-11-27', '2025-11-27', 'night', 5, 2],
      ['2025-11-28', '2025-11-28', 'day', 1, 1],
      ['2025-11-28', '2025-11-28', 'night', 0, 0],
    ],
  )
})

t.test('judges the target across midnight, by the units of the shift', async (t) => {
  const target = async (body: object) => (await report(body)).stored.target
  t.match(await target(NIGHT), { status: 'not_judged', reason: 'no_units' })
  t.equal((await put({ day: '2025-11-27', shift: 'night', product_sku: 'WK-KN-200', units: 2000 })).status, 200)
  const met = { status: 'met', units: 2000, defects: 2, rate_percent: 0.1 }
  t.match(await target(NIGHT), met)
  const borders = { from: '2025-11-27T20:00:00+08:00', to: '2025-11-28T08:00:00+08:00' }
  t.match(await target({ facility: 'yangjiang', ...borders }), met, 'a range that is the shift')
  t.match((await statistics({ ...borders, basis: 'unit' })).figures, { inspected: 2000, defects: 2 })
  const cut = { facility: 'yangjiang', ...borders, to: '2025-11-28T07:00:00+08:00' }
  t.match(await target(cut), { status: 'not_judged', reason: 'part_of_day' })
  const day = { facility: 'yangjiang', day: '2025-11-27' }
  t.match(await target(day), { status: 'not_judged', reason: 'missing_units' }, 'the day shift has no units')
  t.equal((await put({ day: '2025-11-27', shift: 'day', product_sku: 'WK-KN-200', units: 500 })).status, 200)
  t.match(await target(day), { status: 'met', units: 2500, defects: 3, rate_percent: 0.12 })
  const midnights = { from: '2025-11-27T00:00:00+08:00', to: '2025-11-28T00:00:00+08:00' }
  const counted = await statistics({ ...midnights, basis: 'unit' })
  t.match(counted.figures, { inspected: 2500, defects: 3 }, 'days are those of the shifts, as for the units')
  t.same(counted.units.missing_days, [])
  t.match(
    counted.trend.points.map(({ day, last_day, inspected }) => [day, last_day, inspected]),
    [['2025-11-27', '2025-11-27', 2500]],
  )
})

t.test(
  'CSV has local time beside UTC, the time zone in the header, and facility and shift in the file name',
  async (t) => {
    const answer = await call('GET', `/shift-report.csv?${new URLSearchParams(NIGHT)}`)
    t.equal(
      answer.headers.get('content-disposition'),
      'attachment; filename="shift-report-yangjiang-night-2025-11-27.csv"',
    )
    const lines = (await answer.text()).split('\r\n')
    for (const line of [
      'shift,night',
      'from (Asia/Shanghai),2025-11-27 20:00:00',
      'to (Asia/Shanghai),2025-11-28 08:00:00',
      'to,2025-11-28T00:00:00.000Z',
      'lot_to_quarantine: L-7,1',
      'rate_status,PASS',
    ]) {
      t.ok(lines.includes(line), line)
    }
    t.ok(lines.find((line) => line.includes(',2025-11-28 02:00:00,2025-11-27T18:00:00.000Z,yangjiang')))
    const asked = {
      facility: 'yangjiang',
      shift: 'night',
      from: '2025-11-27T00:00:00+08:00',
      to: '2025-11-28T00:00:00+08:00',
    }
    const [head = '', ...rows] = await linesOf(`/analyses.csv?${new URLSearchParams(asked)}`)
    const cells = (line: string) => line.split(',')
    const named = ['timestamp', 'timestamp (Asia/Shanghai)', 'shift_day', 'shift_name'] as const
    const [utc, local, day, shift] = named.map((name) => cells(head).indexOf(name))
    const at = rows.find((row) => row.includes('2025-11-28 02:00:00')) ?? ''
    t.match(
      [utc, local, day, shift].map((index) => cells(at)[index ?? -1]),
      ['2025-11-27T18:00:00.000Z', '2025-11-28 02:00:00', '2025-11-27', 'night'],
    )
    const history = await call('GET', `/analyses.csv?${new URLSearchParams(asked)}`)
    t.match(
      history.headers.get('content-disposition'),
      /^attachment; filename="analyses-yangjiang-night-\d{4}-\d\d-\d\d/,
    )
  },
)

t.test('new hours keep earlier shifts as they were; with a day in the past they apply to stored results', async (t) => {
  const three = [
    { name: '早班', start: '06:00', end: '14:00' },
    { name: 'late', start: '14:00', end: '22:00' },
    { name: 'night', start: '22:00', end: '06:00' },
  ]
  const set = (body: object, headers?: Record<string, string>) =>
    call('PUT', '/shifts', { facility: 'yangjiang', person: 'Mei', shifts: three, ...body }, headers)
  const trend = async () =>
    (
      await statistics({ from: '2025-11-27T00:00:00+08:00', to: '2025-11-29T00:00:00+08:00', bucket: 'shift' })
    ).trend.points.map(({ day, shift, inspected }) => `${day.slice(8)} ${shift} ${inspected}`)
  const answer = await bodyOf<ShiftHoursBody>(await set({ from_day: '2025-11-28' }))
  const plant = answer.facilities.find(({ facility }) => facility === 'yangjiang')
  t.match(plant, { shifts: three, hours: [{ from_day: '2025-11-28', person: 'Mei' }, { from_day: null }] })
  t.match(plant?.last_finished?.shift, /^(早班|late|night)$/)
  // 07:59:59 of the 28th is now in the early shift, as are 08:00:00 and 07:59:59.
  t.same(await trend(), ['27 day 2', '27 night 4', '28 早班 2', '28 late 0', '28 night 0'])
  const name = (await call('GET', '/shift-report.csv?facility=yangjiang&day=2025-11-28&shift=早班')).headers
  t.match(
    name.get('content-disposition'),
    "; filename*=UTF-8''shift-report-yangjiang-%E6%97%A9%E7%8F%AD-2025-11-28.csv",
  )
  t.equal((await set({ from_day: '2025-11-20' })).status, 200)
  t.same(
    await trend(),
    ['27 早班 2', '27 late 2', '27 night 3', '28 早班 2', '28 late 0', '28 night 0'],
    'the same photos by the new hours',
  )
  t.match((await report(NIGHT)).stored, { photos: 3, target: { status: 'met', defects: 1 } }, 'its number stays')
  t.equal((await put({ day: '2025-11-27', shift: 'day', product_sku: 'WK-KN-150', units: 5 })).status, 400)
  const [last] = (await get<ShiftHoursBody>('/shifts')).facilities.filter(({ facility }) => facility === 'yangjiang')
  t.match((await report({ facility: 'yangjiang' })).stored, {
    day: last?.last_finished?.day,
    shift: last?.last_finished?.shift,
  })

  const bad: [object, RegExp][] = [
    [{ shifts: [] }, /shifts must/],
    [{ shifts: [{ name: 'x', start: '24:00', end: '08:00' }] }, /start/],
    [{ shifts: [three[0], { name: 'late', start: '13:00', end: '22:00' }] }, /早班 \(06:00 to 14:00\) has not ended/],
    [{ from_day: '1999-01-01' }, /from_day must not be before 2000-01-01/],
    [{ from_day: '2999-01-01' }, /from_day must not be after .* a year from now/],
    [{ facility: 'macau' }, /facility must be one of/],
    [{ person: undefined }, /person is missing/],
  ]
  for (const [body, detail] of bad) {
    const response = await set(body)
    t.equal(response.status, 400, JSON.stringify(body))
    t.match(await bodyOf(response), { type: 'urn:wiko:problem:bad-field', detail })
  }
  t.equal((await set({}, { 'x-api-key': await keyWith('read') })).status, 403)
  t.equal((await call('GET', '/shifts', undefined, { 'x-api-key': await keyWith('read') })).status, 200)
})

t.test('refuses a report without a valid scope, and says what to send', async (t) => {
  const bad: [object, RegExp][] = [
    [{}, /analyses is missing: send analyses, or facility and day, or from and to/],
    [{ day: '2025-11-27' }, /facility is missing/],
    [{ ...NIGHT, shift: 'noon' }, /shift is none of yangjiang on 2025-11-27; there are 早班, late, night/],
    [{ ...NIGHT, day: '0001-01-01' }, /day must not be before 2000-01-01/],
    [{ ...NIGHT, day: '9999-12-31' }, /day must not be in the future: at yangjiang it is/],
    [{ ...NIGHT, from: '2025-11-27T00:00:00Z' }, /day goes without from and to/],
    [{ facility: 'yangjiang', shift: 'noon' }, /has not ended at yangjiang within the last week/],
  ]
  for (const [body, detail] of bad) {
    const response = await call('POST', '/shift-report', body)
    t.equal(response.status, 400, JSON.stringify(body))
    t.match(await bodyOf(response), { detail })
  }
})

t.test('database and service agree on the shift of every half hour, including clock changes', async (t) => {
  const three = [
    { name: 'early', start: 360, end: 840 },
    { name: 'late', start: 840, end: 1290 },
    { name: 'night', start: 1320, end: 360 },
  ]
  const berlin = scheduleOf('Europe/Berlin', [
    { fromDay: '2026-10-25', shifts: three },
    { fromDay: '', shifts: DEFAULT_SHIFTS },
  ])
  const schedules = { of: () => berlin, knows: () => true }
  const times = ['2026-03-27T23:00:00Z', '2026-10-23T22:00:00Z'].flatMap((start) =>
    Array.from({ length: 150 }, (_, index) => new Date(Date.parse(start) + index * 1_800_000)),
  )
  const { db } = service.database
  await db.delete(analyses)
  await db.insert(analyses).values(times.map((timestamp) => ({ ...taken('2026-01-01T00:00:00'), timestamp })))
  const rows = await db
    .select({
      timestamp: analyses.timestamp,
      shift: sql<string | null>`${shiftOf(schedules)}`,
      day: sql<string>`${shiftDayOf(schedules)}::text`,
    })
    .from(analyses)
    .orderBy(analyses.timestamp)
  t.same(
    rows.map(({ timestamp, day, shift }) => [timestamp.toISOString(), day, shift]),
    times.map((at) => [at.toISOString(), berlin.dayOf(at), berlin.shiftAt(at)?.name ?? null]),
  )
})
