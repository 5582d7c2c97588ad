import t from 'tap'
import type { Static } from 'typebox'
import type { AnalysisBody, AnalysisList } from '../../api/features/analyses/schemas.ts'
import { analyses } from '../../drizzle/schema.ts'
import { photo, photoForm } from '../../fixtures/photos.ts'
import { resultOf, rust, scriptedAnalyzer } from '../support/analyzers.ts'
import { analysisOf, bodyOf } from '../support/http.ts'
import { startService } from '../support/service.ts'

const analyzer = scriptedAnalyzer()
const service = await startService({ RATE_LIMIT_PER_IP: '100000' }, { analyzer })
t.teardown(() => service.close())

const get = async <T>(path: string) => bodyOf<T>(await fetch(`${service.url}/api/v1${path}`))
type Page = Static<typeof AnalysisList>
type Defects = { defects: AnalysisBody[]; count: number }

/** Rows at known times: one a minute, oldest first; every third is a rust spot, every fifth of Shenzhen. */
const START = Date.UTC(2026, 10, 1)
const template = await (async () => {
  await fetch(`${service.url}/api/v1/analyze`, { method: 'POST', body: photoForm(await photo()) })
  const [row] = await service.database.db.select().from(analyses)
  if (!row) throw new Error('no row')
  await service.database.db.delete(analyses)
  const { searchText, id, ...rest } = row
  return rest
})()
const defective = (i: number) => i % 3 === 0
await service.database.db.insert(analyses).values(
  Array.from({ length: 60 }, (_, i) => ({
    ...template,
    defectId: `DEF-20261101-${i.toString(16).toUpperCase().padStart(8, '0')}`,
    // Two rows share each moment: the order must still be total.
    timestamp: new Date(START + Math.floor(i / 2) * 60_000),
    facility: i % 5 === 0 ? 'shenzhen' : 'yangjiang',
    productSku: i % 2 === 0 ? 'WK-KN-200' : 'WK-CI-280',
    defectDetected: defective(i),
    defectType: defective(i) ? 'rust_spot' : 'unknown',
    severity: defective(i) ? 'critical' : 'cosmetic',
    probableStage: defective(i) ? 'vacuum_quench' : null,
    description: i === 7 ? '刀刃有 100%_特殊 Marke' : `row ${i}`,
    operator: i === 8 ? '=SUM(A1)' : null,
    partId: `P-${Math.floor(i / 3)}`,
    lot: i < 20 ? 'L-1' : 'L-2',
    lineId: `line-${i % 4}`,
    station: i % 2 === 0 ? 'cam-1' : 'cam-2',
    shift: i < 30 ? 'day' : 'night',
  })),
)

t.test('A10 pages go from newest to oldest without a gap or a double, also while rows come in', async (t) => {
  const seen: string[] = []
  let cursor: string | null = null
  do {
    const page: Page = await get(`/analyses?limit=7${cursor ? `&cursor=${cursor}` : ''}`)
    seen.push(...page.analyses.map((analysis) => analysis.defect_id))
    if (seen.length === 7) {
      await service.database.db
        .insert(analyses)
        .values({ ...template, defectId: 'DEF-20261102-FFFFFFFF', timestamp: new Date(START + 86_400_000) })
    }
    cursor = page.next_cursor
  } while (cursor)
  t.equal(seen.length, 60)
  t.equal(new Set(seen).size, 60)
  t.notOk(seen.includes('DEF-20261102-FFFFFFFF'))
  for (const path of ['/analyses?limit=1e9', '/analyses?limit=101', '/analyses?limit=0', '/defects?limit=1000000']) {
    t.equal((await fetch(`${service.url}/api/v1${path}`)).status, 400, path)
  }
  await service.database.pool.query("delete from analyses where defect_id = 'DEF-20261102-FFFFFFFF'")
})

t.test('the oldest first: the same list the other way round, page by page', async (t) => {
  const ids = async (query: string) => {
    const seen: string[] = []
    let cursor: string | null = null
    do {
      const page: Page = await get(`/analyses?limit=7&${query}${cursor ? `&cursor=${cursor}` : ''}`)
      seen.push(...page.analyses.map(({ defect_id }) => defect_id))
      cursor = page.next_cursor
    } while (cursor)
    return seen
  }
  const oldest = await ids('order=oldest')
  t.equal(oldest.length, 60)
  t.same(oldest, (await ids('order=newest')).toReversed())
  const from = new Date(START + 60_000).toISOString()
  t.same(await ids(`order=oldest&from=${from}`), oldest.slice(2), 'what comes next after a moment')
  t.equal((await fetch(`${service.url}/api/v1/analyses?order=up`)).status, 400)
})

t.test('filters', async (t) => {
  const count = async (query: string) => (await get<Page>(`/analyses?limit=100&${query}`)).analyses.length
  t.equal(await count(''), 60)
  t.equal(await count('facility=shenzhen'), 12)
  t.equal(await count('product_sku=wk-ci-280'), 30)
  t.equal(await count('defect_detected=true'), 20)
  t.equal(await count('defect_detected=false'), 40)
  t.equal(await count('defect_type=rust_spot&severity=critical&facility=shenzhen'), 4)
  t.equal(await count(`from=${new Date(START + 60_000).toISOString()}`), 58)
  t.equal(await count(`to=${new Date(START + 60_000).toISOString()}`), 2)
  t.equal(await count(`from=${encodeURIComponent('2026-11-01T08:01:00+08:00')}`), 58, 'offsets count')
  t.equal(await count(`text=${encodeURIComponent('特殊 marke')}`), 1)
  t.equal(await count(`text=${encodeURIComponent('100%_')}`), 1, 'wildcards are letters')
  t.equal(await count(`text=${encodeURIComponent('1%')}`), 0)
  t.equal(await count('text=DEF-20261101-0000000A'), 1)
  t.equal(await count('part_id=P-4'), 3)
  t.equal(await count('lot=L-1'), 20)
  t.equal(await count('lot=L'), 0, 'a lot is asked for as a whole')
  t.equal(await count('line_id=line-3&station=cam-2'), 15)
  t.equal(await count('shift=night&lot=L-1'), 0)
  t.equal(await count(`operator=${encodeURIComponent('=SUM(A1)')}`), 1)
  t.equal(await count('probable_stage=vacuum_quench'), 20)
  t.equal(await count('probable_stage=handle_injection'), 0)
})

t.test('the count has the same filters, and stops at 10,000', async (t) => {
  t.same(await get('/analyses/count'), { count: 60, more: false })
  t.same(await get('/analyses/count?lot=L-1&defect_detected=true'), { count: 7, more: false })
  t.equal((await fetch(`${service.url}/api/v1/analyses/count?severity=huge`)).status, 400)
})

t.test('one result, defects and totals', async (t) => {
  t.match(await get('/analyses/DEF-20261101-00000003'), { defect_type: 'rust_spot', image_url: /signature=/ })
  const { defects, count } = await get<Defects>('/defects?limit=5')
  t.equal(count, 5)
  t.ok(defects.every(({ defect_detected }) => defect_detected))
  t.equal(defects[0]?.defect_id, 'DEF-20261101-00000039')
  t.equal((await get<Defects>('/defects?facility=shenzhen')).count, 4)
  t.equal((await fetch(`${service.url}/api/v1/defects?limit=201`)).status, 400)
  t.strictSame(await get('/stats'), {
    total_inspections: 60,
    total_defects: 20,
    defect_rate: 33.33,
    by_type: { rust_spot: 20 },
    by_severity: { critical: 20 },
    by_stage: { vacuum_quench: 20 },
  })
})

t.test('CSV has the filtered rows, in UTF-8 for Excel, and runs no formula', async (t) => {
  const response = await fetch(`${service.url}/api/v1/analyses.csv?product_sku=WK-KN-200`)
  t.match(response.headers.get('content-type'), /text\/csv/)
  t.match(response.headers.get('content-disposition'), /attachment; filename="analyses-/)
  const bytes = Buffer.from(await response.arrayBuffer())
  t.strictSame([...bytes.subarray(0, 3)], [0xef, 0xbb, 0xbf])
  const lines = bytes.toString().trim().split('\r\n')
  t.equal(lines.length, 31)
  t.match(lines[0], /defect_id,timestamp,facility,.*,timestamp \(Asia\/Shanghai\)/)
  t.match(bytes.toString(), /,'=SUM\(A1\),/)
})

t.test('shift report of stored results', async (t) => {
  const report = async (body: object) => {
    const response = await fetch(`${service.url}/api/v1/shift-report`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    return { status: response.status, body: await response.json() }
  }
  const range = { from: new Date(START).toISOString(), to: new Date(START + 600_000).toISOString() }
  t.match(await report(range), { status: 200, body: { report: { total_inspected: 20, total_defects: 7 } } })
  t.match(await report({ ...range, facility: 'shenzhen' }), {
    body: { report: { total_inspected: 4, total_defects: 2 } },
  })
  t.match(await report({}), { status: 400, body: { detail: /analyses/ } })
  t.match(await report({ from: range.to, to: range.from }), { status: 400, body: { detail: /later/ } })
  t.match(await report({ from: '2026-01-01T00:00:00Z', to: '2026-11-01T00:00:00Z' }), { status: 400 })
  t.match(await report({ analyses: [{ defect_detected: 'perhaps' }] }), { status: 400 })
  analyzer.answer = () => resultOf([rust])
  const analysis = await analysisOf(
    await fetch(`${service.url}/api/v1/analyze`, { method: 'POST', body: photoForm(await photo()) }),
  )
  t.match(await report({ analyses: [analysis, analysis] }), {
    body: {
      success: true,
      report: { total_inspected: 2, defect_rate_percent: 100, defect_details: [{ defect_id: analysis.defect_id }, {}] },
    },
  })
})

t.test('the queries of the history use their indexes', async (t) => {
  const { pool } = service.database
  const { rows: columns } = await pool.query(
    "select column_name as name from information_schema.columns where table_name = 'analyses' and is_generated = 'NEVER'",
  )
  const values: Record<string, string> = {
    id: 'gen_random_uuid()',
    defect_id: "'DEF-20260101-' || lpad(upper(to_hex(i)), 8, '0')",
    timestamp: "timestamp - i * interval '1 minute'",
    defect_detected: 'i % 50 = 0',
    image_sha256: 'md5(i::text) || md5(i::text)',
    facility: "case when i % 100 = 0 then 'shenzhen' else 'yangjiang' end",
  }
  const names = columns.map(({ name }) => name as string)
  // In parts, as a statement has ten seconds.
  for (let part = 0; part < 10; part++) {
    await pool.query(
      `insert into analyses (${names.join(', ')}) select ${names.map((name) => values[name] ?? name).join(', ')}
       from (select * from analyses limit 1) one, generate_series(${part * 2000 + 1}, ${part * 2000 + 2000}) i`,
    )
  }
  await pool.query('analyze analyses')
  const plan = async (where: string) => {
    const { rows } = await pool.query(
      `explain select * from analyses ${where} order by timestamp desc, id desc limit 26`,
    )
    return rows.map((row) => row['QUERY PLAN']).join('\n')
  }
  t.same(await get('/analyses/count?facility=yangjiang'), { count: 10_000, more: true })
  for (const name of ['part_id', 'lot', 'line_id', 'station', 'operator']) {
    t.match(await plan(`where ${name} = 'rare'`), /Index Scan on analyses_search/, name)
  }
  t.match(await plan(''), /Index Scan using analyses_newest/)
  t.match(await plan("where facility = 'shenzhen'"), /Index Scan using analyses_facility_newest/)
  t.match(await plan('where defect_detected'), /Index Scan using analyses_defects_newest/)
  const folded = 'lower(normalize(search_text, NFKC) collate "und-x-icu")'
  t.match(await plan(`where ${folded} like '%row 4711%'`), /analyses_search/)
  const byName = `(${folded} like '%chip%' or (final_defect and (final_type in ('blade_chip') or final_severity in ('minor'))))`
  t.match(await plan(`where ${byName}`), /BitmapOr.*analyses_search.*analyses_defects_newest/s)
  const [same] = await service.database.db.select().from(analyses).limit(1)
  t.match(
    await plan(
      `where image_sha256 = '${same?.imageSha256}' and product_sku = '${same?.productSku}' and facility = 'yangjiang'`,
    ),
    /analyses_duplicate/,
  )
})
