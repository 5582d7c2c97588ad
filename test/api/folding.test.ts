/** What a client may write in several ways means the same. */
import t from 'tap'
import { analyses } from '../../drizzle/schema.ts'
import { photo, photoForm } from '../../fixtures/photos.ts'
import { resultOf, rust, scriptedAnalyzer } from '../support/analyzers.ts'
import { bodyOf } from '../support/http.ts'
import { startService } from '../support/service.ts'

const service = await startService(
  { RATE_LIMIT_PER_IP: '1000' },
  { analyzer: scriptedAnalyzer(() => resultOf([rust])) },
)
t.teardown(() => service.close())
const api = `${service.url}/api/v1`
const post = async (path: string, body: unknown) => {
  const response = await fetch(api + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return { status: response.status, body: await bodyOf<{ report: Record<string, unknown>; detail: string }>(response) }
}

await fetch(`${api}/analyze`, {
  method: 'POST',
  body: photoForm(await photo(), {
    product_sku: 'WK-KN-200',
    facility: ' Yangjiang ',
    operator: 'Émile ÜBER Ｌ２ 锈斑',
  }),
})
const [row] = await service.database.db.select().from(analyses)

t.test('a facility is read without regard to case and spaces in every query and report', async (t) => {
  t.equal(row?.facility, 'yangjiang')
  for (const facility of ['yangjiang', 'YANGJIANG', ' Yangjiang ']) {
    const query = `facility=${encodeURIComponent(facility)}`
    for (const path of ['/analyses', '/analyses/count', '/analyses.csv', '/defects', '/statistics', '/quality']) {
      t.equal((await fetch(`${api}${path}?${query}`)).status, 200, `${path} ${facility}`)
    }
    t.match(await bodyOf(await fetch(`${api}/analyses/count?${query}`)), { count: 1 }, facility)
    const range = { from: new Date(Date.now() - 3_600_000), to: new Date(Date.now() + 3_600_000) }
    const report = await post('/shift-report', { facility, ...range })
    t.match(report, { status: 200, body: { report: { total_inspected: 1 }, stored: { facility: 'yangjiang' } } })
  }
  t.equal((await fetch(`${api}/analyses?facility=nowhere`)).status, 400)
})

t.test('a shift report takes an explicit null as an absent field', async (t) => {
  const sent = [{ defect_detected: true, defect_type: null, probable_stage: null, effective: null, defect_id: null }]
  const absent = [{ defect_detected: true }]
  const nulls = { analyses: sent, facility: null, from: null, to: null, shift: null, product_sku: null, truth: null }
  const { report_timestamp: _, ...one } = (await post('/shift-report', nulls)).body.report
  const { report_timestamp: __, ...other } = (await post('/shift-report', { analyses: absent })).body.report
  t.strictSame(one, other)
  const range = { from: new Date(Date.now() - 3_600_000), to: new Date(Date.now() + 3_600_000) }
  t.match(await post('/shift-report', { analyses: null, facility: null, line_id: null, ...range }), {
    status: 200,
    body: { report: { total_inspected: 1 } },
  })
  t.match(await post('/shift-report', { analyses: null, from: null }), {
    status: 400,
    body: { detail: /analyses is missing/ },
  })
})

t.test('the search finds what was typed in another Unicode form and another case', async (t) => {
  const found = async (text: string) =>
    (await bodyOf<{ count: number }>(await fetch(`${api}/analyses/count?text=${encodeURIComponent(text)}`))).count
  for (const text of [
    'émile',
    'ÉMILE',
    'ÉMILE'.normalize('NFD'),
    'über',
    'ÜBER',
    'L2',
    'ｌ２',
    '锈斑',
    'RUST-coloured',
  ]) {
    t.equal(await found(text), 1, text)
  }
  for (const text of ['emile', '％', '＿', '%', '_']) t.equal(await found(text), 0, `${text} is no wildcard`)
})

t.test('a daily budget that is too small to store is refused', async (t) => {
  t.match(await post('/keys', { daily_cost_usd: 4e-7 }), { status: 400, body: { detail: /daily_cost_usd/ } })
  t.match(await post('/keys', { daily_cost_usd: 0.000001 }), { status: 201, body: { daily_cost_usd: 0.000001 } })
})
