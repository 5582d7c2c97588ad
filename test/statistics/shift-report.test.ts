import t from 'tap'
import type { ShiftReportBody, StoredScopeBody } from '../../api/features/reports/schemas.ts'
import { analyses } from '../../drizzle/schema.ts'
import { scriptedAnalyzer } from '../support/analyzers.ts'
import { bodyOf } from '../support/http.ts'
import { startService } from '../support/service.ts'
import { count, randomRows } from './brute-force.ts'

interface Answer {
  report: ShiftReportBody
  stored?: StoredScopeBody
}

const HOUR = 3_600_000
const now = new Date()
const rows = randomRows(300, 20, now, 11)
const service = await startService({ RATE_LIMIT_PER_IP: '100000' }, { analyzer: scriptedAnalyzer() })
t.teardown(() => service.close())
await service.database.db.insert(analyses).values(rows)

const post = (body: object) =>
  fetch(`${service.url}/api/v1/shift-report`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
const range = { from: new Date(now.getTime() - 480 * HOUR), to: new Date(now.getTime() - 3 * HOUR) }
const asked = { from: range.from.toISOString(), to: range.to.toISOString() }

t.test('stored results by the final word, by the model or by people; the answer says how many those are', async (t) => {
  for (const truth of ['final', 'ai', 'human'] as const) {
    const filters = { facility: 'yangjiang', shift: 'A', truth }
    const { report, stored } = await bodyOf<Answer>(await post({ ...asked, ...filters }))
    const keep = (row: (typeof rows)[number]) => row.facility === 'yangjiang' && row.shift === 'A'
    const wanted = count(rows, { basis: 'photo', truth, ...range, keep })
    t.ok(wanted.items.length > 20)
    t.match(stored, {
      ...asked,
      ...filters,
      line_id: null,
      photos: wanted.figures.photos,
      human_confirmed: wanted.figures.human_confirmed,
      time_zone: 'Asia/Shanghai',
    })
    t.match(report, {
      total_inspected: wanted.figures.inspected,
      total_defects: wanted.figures.defects,
      critical_count: wanted.figures.critical,
      requires_line_stop: true,
      rate_status: 'FAIL',
    })
    t.same(
      report.by_defect_type,
      Object.fromEntries(Object.entries(wanted.byType).map(([name, [, defects]]) => [name, defects])),
    )
  }
})

t.test('what clients send is reported as before, and tells of nothing stored', async (t) => {
  const answer = await bodyOf<Answer>(await post({ analyses: [{ defect_detected: true, severity: 'minor' }] }))
  t.match(answer, { success: true, report: { total_inspected: 1, total_defects: 1 } })
  t.notOk('stored' in answer)
})

t.test('the CSV: totals, then the defects; nothing in it runs as a formula', async (t) => {
  const [row] = rows
  if (!row) throw new Error('no row')
  const formula = '=HYPERLINK("http://x","click")'
  await service.database.db.insert(analyses).values({
    ...row,
    id: undefined,
    defectId: 'DEF-20260303-00000001',
    facility: 'shenzhen',
    timestamp: new Date(now.getTime() - 5 * HOUR),
    voided: false,
    reviewedVerdict: null,
    review: null,
    reviewReason: null,
    tolerated: false,
    defectDetected: true,
    defectType: 'rust_spot',
    severity: 'critical',
    rootCause: formula,
    description: '+cmd, "quoted"\nnext line',
    shift: '@night',
  })
  const query = new URLSearchParams({ ...asked, facility: 'shenzhen', shift: '@night' })
  const response = await fetch(`${service.url}/api/v1/shift-report.csv?${query}`)
  t.match(response.headers.get('content-type'), 'text/csv')
  t.match(
    response.headers.get('content-disposition'),
    /^attachment; filename="shift-report-shenzhen-night-\d{4}-\d\d-\d\d\.csv"$/,
  )
  const text = Buffer.from(await response.arrayBuffer()).toString('utf8')
  t.equal(text.charCodeAt(0), 0xfeff, 'a byte order mark')
  const lines = text.slice(1).split('\r\n')
  t.same(lines.slice(0, 2), ['name,value', 'facility,shenzhen'])
  for (const line of ["shift,'@night", 'total_inspected,1', 'rate_status,NOT_JUDGED', 'requires_line_stop,true']) {
    t.ok(lines.includes(line), line)
  }
  t.ok(lines.includes('by_defect_type: rust_spot,1'))
  const empty = lines.indexOf('')
  t.match(lines[empty + 1], /^defect_id,timestamp \(Asia\/Shanghai\),timestamp,facility/)
  t.match(lines[empty + 2], `'=HYPERLINK(""http://x"",""click"")`)
  t.match(lines[empty + 2], `"'+cmd, ""quoted""\nnext line"`)
})

t.test('bad ranges are named', async (t) => {
  const bad: [object, RegExp][] = [
    [{}, /analyses is missing/],
    [{ from: asked.to, to: asked.from }, /to must be later than from/],
    [{ from: '2026-01-01T00:00:00Z', to: '2026-03-01T00:00:00Z' }, /to must be at most 31 days after from/],
    [{ ...asked, truth: 'both' }, /truth must be one of final, ai, human/],
  ]
  for (const [body, detail] of bad) {
    const responses = [
      await post(body),
      await fetch(`${service.url}/api/v1/shift-report.csv?${new URLSearchParams(body as Record<string, string>)}`),
    ]
    for (const response of responses) {
      t.equal(response.status, 400)
      t.match(await bodyOf(response), { detail })
    }
  }
})
