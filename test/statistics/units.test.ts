import t from 'tap'
import type { StatisticsBody } from '../../api/features/statistics/schemas.ts'
import type { UnitsBody } from '../../api/features/statistics/units-schemas.ts'
import { analyses, auditLog, inspectedUnits } from '../../drizzle/schema.ts'
import { startReviews } from '../reviews/support.ts'
import { bodyOf } from '../support/http.ts'
import { localDay, type Row, randomRows } from './brute-force.ts'

const DAY = 86_400_000
const { service, call, get, signIn, keyWith } = await startReviews()
t.teardown(() => service.close())

const now = new Date()
const day = (daysAgo: number) => localDay(new Date(now.getTime() - daysAgo * DAY))
const noon = (daysAgo: number) => new Date(`${day(daysAgo)}T12:00:00+08:00`)
const units = { facility: 'yangjiang', day: day(2), product_sku: 'WK-KN-200', units: 1000 }
const put = (body: object, headers?: Record<string, string>) =>
  call('PUT', '/inspected-units', { person: 'Mei', ...body }, headers)
const list = async (query = '') =>
  (await get<{ inspected_units: UnitsBody[] }>(`/inspected-units${query}`)).inspected_units

t.before(async () => {
  const times = [
    { name: 'A', start: '00:00', end: '13:00' },
    { name: 'B', start: '13:00', end: '00:00' },
  ]
  const hours = { facility: 'yangjiang', from_day: '2020-01-01', shifts: times, person: 'Mei' }
  t.equal((await call('PUT', '/shifts', hours)).status, 200)
})

t.test('a number is entered, corrected and removed, with who did it', async (t) => {
  const li = await signIn('Li Na')
  t.equal((await put({ ...units, product_sku: ' wk-kn-200 ', person: 'ignored' }, li)).status, 200)
  t.match(await list(), [{ ...units, shift: '', line_id: '', person: 'Li Na' }])
  t.equal((await put({ ...units, units: 1200 })).status, 200)
  t.match(await list('?facility=yangjiang'), [{ units: 1200, person: 'Mei' }])
  const [row] = await service.database.db.select().from(inspectedUnits)
  t.equal(row?.caller, 'admin')
  t.same(await list('?facility=hongkong'), [])
  t.same(await list(`?from=${day(1)}`), [])
  t.equal((await list(`?to=${day(2)}&product_sku=wk-kn-200`)).length, 1)
  t.match(await bodyOf(await put({ ...units, units: null })), { inspected_units: null })
  t.equal((await put({ ...units, units: null })).status, 404)
  t.same(await list(), [])
})

t.test('units are never counted twice, also where two people enter them at once', async (t) => {
  const ofLine = { ...units, line_id: 'L1' }
  t.equal((await put(ofLine)).status, 200)
  t.equal((await put({ ...units, line_id: 'L2', shift: 'A' })).status, 200)
  const refused = await put(units)
  t.equal(refused.status, 409)
  t.match(await bodyOf(refused), { type: 'urn:wiko:problem:units-overlap', detail: /1000 units of WK-KN-200/ })
  t.equal((await put({ ...ofLine, shift: 'B' })).status, 409, 'all shifts of the line are told')
  t.equal((await put({ ...units, shift: 'A' })).status, 409, 'a line of the shift is told')
  t.equal((await put({ ...units, shift: 'B', line_id: 'L2' })).status, 200)
  t.equal((await put({ ...units, day: day(3) })).status, 200, 'another day')
  t.equal((await put({ ...units, facility: 'hongkong' })).status, 200, 'another place')
  const both = await Promise.all([
    put({ ...units, day: day(4) }),
    put({ ...units, day: day(4), shift: 'A' }),
    put({ ...units, day: day(4), line_id: 'L1' }),
  ])
  t.same(both.map(({ status }) => status).sort(), [200, 409, 409])
  await service.database.db.delete(inspectedUnits)
})

t.test('bad input is named; writing takes the scope analyse; calls are in the audit log', async (t) => {
  const bad: [object, RegExp][] = [
    [{ ...units, units: -1 }, /units must be >= 0/],
    [{ ...units, units: 10_000_001 }, /units must be <= 10000000/],
    [{ ...units, units: 1.5 }, /units must be integer/],
    [{ ...units, day: day(-1) }, /day must not be in the future: at yangjiang it is/],
    [{ ...units, day: '23.11.2026' }, /day must be a day such as/],
    [{ ...units, day: '0000-01-01' }, /day must be a day such as/],
    [{ ...units, day: '1999-12-31' }, /day must not be before 2000-01-01/],
    [{ ...units, product_sku: 'WK-XX-1' }, /product_sku is not a known product; known are WK-KN-200/],
    [{ ...units, facility: 'macau' }, /facility must be one of hongkong, shenzhen, yangjiang/],
    [{ ...units, person: undefined }, /person is missing/],
    [{ ...units, shift: 'night' }, /shift is none of yangjiang on .*; there are A, B/],
    [{ facility: 'yangjiang' }, /day is missing/],
    [{ ...units, unit: 5 }, /must NOT have additional properties/],
  ]
  for (const [body, detail] of bad) {
    const response = await put(body)
    t.equal(response.status, 400, JSON.stringify(body))
    t.match(await bodyOf(response), { type: 'urn:wiko:problem:bad-field', detail })
  }
  t.equal((await put({ ...units, shift: 'A\0', line_id: ' L1 ' })).status, 200)
  t.match(await list(), [{ shift: 'A', line_id: 'L1' }])
  await service.database.db.delete(inspectedUnits)
  t.equal((await put(units, { 'x-api-key': await keyWith('read') })).status, 403)
  t.equal((await call('GET', '/inspected-units', undefined, {})).status, 401)
  const analyst = { 'x-api-key': await keyWith('analyse') }
  t.equal((await put({ ...units, units: 0 }, analyst)).status, 200)
  await put({ ...units, units: null })
  for (let wait = 0; wait < 600; wait++) {
    const rows = await service.database.db.select().from(auditLog)
    if (rows.some(({ endpoint, method }) => endpoint === '/api/v1/inspected-units' && method === 'PUT')) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  t.fail('the audit log has no row of it')
})

t.test('the rate by inspected units: only where there is a number, and the rest is told', async (t) => {
  const [photo] = randomRows(1, 1, now)
  if (!photo) throw new Error('no row')
  let number = 0
  const taken = (daysAgo: number, change: Partial<Row> = {}): Row => ({
    ...photo,
    id: undefined,
    defectId: `DEF-20260102-${String(number++).padStart(8, '0')}`,
    timestamp: noon(daysAgo),
    facility: 'yangjiang',
    productSku: 'WK-KN-200',
    correctedSku: null,
    defectDetected: true,
    defectType: 'rust_spot',
    severity: 'critical',
    verdict: 'ng',
    partId: null,
    lineId: 'L1',
    shift: 'A',
    review: null,
    reviewedVerdict: null,
    reviewedType: null,
    voided: false,
    ...change,
  })
  await service.database.db.insert(analyses).values([
    // Day 2: three bad parts (one in two photos), one that is good and one for review.
    taken(2),
    taken(2, { partId: 'P1' }),
    taken(2, { partId: 'P1', severity: 'minor' }),
    taken(2, { lineId: null, shift: null }),
    taken(2, { defectDetected: false, verdict: 'ok' }),
    taken(2, { defectDetected: false, verdict: 'review' }),
    // Day 3: told by line, and one bad part of a line without a number.
    taken(3),
    taken(3, { lineId: 'L9' }),
    // Day 4: no number. Another product, and the period before.
    taken(4),
    taken(2, { productSku: 'WK-CI-200' }),
    taken(9),
  ])
  for (const body of [
    { ...units, units: 2000 },
    { ...units, day: day(3), line_id: 'L1', units: 500 },
    { ...units, day: day(3), line_id: 'L2', units: 300 },
    { ...units, day: day(9), units: 100 },
  ]) {
    t.equal((await put(body)).status, 200)
  }
  const statistics = (query: string) => get<StatisticsBody>(`/statistics?period=7d&basis=unit&${query}`)
  const answer = await statistics('')
  t.equal(answer.basis, 'unit')
  t.match(answer.figures, {
    inspected: 2800,
    defects: 4,
    defect_rate_percent: 0.1429,
    // Three bad and one for review on day 2, one bad on day 3.
    first_pass_yield_percent: Number(((100 * 2795) / 2800).toFixed(4)),
    critical: 4,
  })
  t.match(answer.previous, { inspected: 100, defects: 1, defect_rate_percent: 1 })
  t.same(answer.units, { total: 2800, missing_days: [day(4), day(3), day(2)] })
  const plotted = answer.trend.points.filter(({ inspected }) => inspected > 0)
  t.match(plotted, [
    { day: day(3), inspected: 800, defects: 1, defect_rate_percent: 0.125 },
    { day: day(2), inspected: 2000, defects: 3, defect_rate_percent: 0.15 },
  ])
  t.match(answer.by_line, [
    { line_id: null, inspected: 2000, defects: 3 },
    { line_id: 'L1', inspected: 500, defects: 1 },
    { line_id: 'L2', inspected: 300, defects: 0 },
  ])
  t.same(answer.by_sku, [{ product_sku: 'WK-KN-200', inspected: 2800, defects: 4, defect_rate_percent: 0.1429 }])

  const line = await statistics('line_id=L1')
  t.match(line.figures, { inspected: 500, defects: 1 }, 'what was told for all lines is no number of one')
  t.match(line.units.missing_days, [day(4), day(2)])
  t.match((await statistics('product_sku=WK-KN-200&shift=A')).figures, { inspected: 0, defect_rate_percent: null })
  t.equal((await statistics('bucket=hour')).bucket, 'day', 'numbers are by day')
  t.match(await get('/statistics?period=7d&basis=part'), {
    figures: { inspected: 9, defects: 7 },
    units: { total: 2800 },
  })
})

t.test('the target is judged by inspected units alone, in statistics and shift report alike', async (t) => {
  const midnight = (daysAgo: number) => `${day(daysAgo)}T00:00:00+08:00`
  const whole = (daysAgo: number) => ({ from: midnight(daysAgo), to: midnight(daysAgo - 1) })
  const knives = { facility: 'yangjiang', product_sku: 'WK-KN-200' }
  const cases: [what: string, asked: Record<string, string>, wanted: object][] = [
    ['met', { ...knives, ...whole(2) }, { status: 'met', units: 2000, defects: 3, rate_percent: 0.15, reason: null }],
    ['missed', { ...knives, ...whole(9) }, { status: 'missed', units: 100, defects: 1, rate_percent: 1 }],
    ['some photos without a number', { ...knives, ...whole(3) }, { status: 'not_judged', reason: 'missing_units' }],
    ['no number', { ...knives, ...whole(4) }, { status: 'not_judged', reason: 'no_units', units: 0 }],
    ['half a day', { ...knives, ...whole(2), from: noon(2).toISOString() }, { reason: 'part_of_day' }],
    ['a shift that has no number of its own', { ...knives, ...whole(2), shift: 'A' }, { reason: 'no_units' }],
    ['a line', { ...knives, ...whole(3), line_id: 'L1' }, { status: 'missed', units: 500, defects: 1 }],
  ]
  for (const [what, asked, wanted] of cases) {
    for (const basis of ['photo', 'unit']) {
      const { target } = await get<StatisticsBody>(`/statistics?${new URLSearchParams({ ...asked, basis })}`)
      t.match(target, { ...wanted, target_percent: 0.18 }, `${what}, by ${basis}`)
    }
    const report = await bodyOf<{ stored: { target: object } }>(await call('POST', '/shift-report', asked))
    t.match(report.stored.target, wanted, `${what}, in the report`)
  }
  const csv = await (await call('GET', `/shift-report.csv?${new URLSearchParams({ ...knives, ...whole(2) })}`)).text()
  for (const line of ['inspected_units,2000', 'defective_parts,3', 'rate_by_units_percent,0.15', 'rate_status,PASS']) {
    t.ok(csv.split('\r\n').includes(line), line)
  }
  const today = { ...units, day: day(0), units: 10_000 }
  t.equal((await put(today)).status, 200)
  const { target } = await get<StatisticsBody>('/statistics?period=today&facility=yangjiang')
  t.match(target, { status: 'met', units: 10_000, defects: 0 }, 'of today so far')
})
