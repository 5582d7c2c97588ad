import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { AnalyzerError } from '../../api/domain/analyzer-error.ts'
import type { AnalysisBody } from '../../api/features/analyses/schemas.ts'
import { prune } from '../../api/platform/idempotency/claims.ts'
import { photo, photoForm } from '../../fixtures/photos.ts'
import { resultOf, rust, scriptedAnalyzer } from '../support/analyzers.ts'
import { bodyOf } from '../support/http.ts'
import { leave } from '../support/ingest.ts'
import { startService } from '../support/service.ts'

/** Idempotency-Key in one process. */
const ADMIN = 'an-administrator-key-of-the-test'
const analyzer = scriptedAnalyzer()
const service = await startService(
  { API_KEY: ADMIN, RATE_LIMIT_PER_KEY: '100000', RATE_LIMIT_PER_IP: '100000' },
  { analyzer },
)
t.teardown(() => service.close())
const { pool } = service.database

type Headers = Record<string, string>
const withKey = (key: string, caller = ADMIN): Headers => ({ 'x-api-key': caller, 'idempotency-key': key })
const analyze = (bytes: Buffer | string, headers: Headers, fields?: Headers): Promise<Response> =>
  fetch(`${service.url}/api/v1/analyze`, {
    method: 'POST',
    headers,
    body: photoForm(bytes, { product_sku: 'WK-KN-200', facility: 'yangjiang', reanalyze: 'true', ...fields }),
  })
const rows = async (): Promise<number> => Number((await pool.query('select count(*) from analyses')).rows[0].count)
const stored = async (): Promise<number> => {
  let count = 0
  for await (const _ of service.store.list()) count++
  return count
}
const unsigned = (body: object): object =>
  JSON.parse(JSON.stringify(body, (name, value) => (/^(image|thumbnail)_url$/.test(name) ? undefined : value)))

t.test('A4 the same key and body has the same answer, and one effect', async (t) => {
  analyzer.answer = () => resultOf([rust])
  const bytes = await photo()
  const [calls, before, objects] = [analyzer.inputs.length, await rows(), await stored()]
  const first = await analyze(bytes, withKey('a4'))
  const second = await analyze(bytes, withKey('a4'))
  t.equal(first.headers.get('idempotency-replayed'), null)
  t.equal(second.headers.get('idempotency-replayed'), 'true')
  t.equal(second.status, 200)
  const [one, two] = [await bodyOf<{ analysis: AnalysisBody }>(first), await bodyOf<{ analysis: AnalysisBody }>(second)]
  t.equal(JSON.stringify(unsigned(two)), JSON.stringify(unsigned(one)), 'to the order of the members')
  t.same([analyzer.inputs.length, await rows(), await stored()], [calls + 1, before + 1, objects + 1])

  await pool.query(
    `update idempotency_keys set body = replace(body::text, 'signature=', 'signature=old')::json where key = 'a4'`,
  )
  const third = await bodyOf<{ analysis: AnalysisBody }>(await analyze(bytes, withKey('a4')))
  const image = await fetch(third.analysis.image_url)
  t.equal(image.status, 200, 'the picture is signed again')
  await image.arrayBuffer()
})

t.test('A4 batch, ingest and shift report as well', async (t) => {
  analyzer.answer = () => resultOf()
  const headers = withKey('all-routes')
  const pictures = [await photo(), await photo()]
  const batch = () => {
    const form = new FormData()
    form.set('product_sku', 'WK-KN-200')
    for (const bytes of pictures) form.append('images', new Blob([new Uint8Array(bytes)]), 'x.jpg')
    return fetch(`${service.url}/api/v1/analyze/batch`, { method: 'POST', headers, body: form })
  }
  const report = () =>
    fetch(`${service.url}/api/v1/shift-report`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify({ from: '2020-01-01T00:00:00Z', to: '2020-01-02T00:00:00Z' }),
    })
  const ingest = () => leave(service.url, pictures[0] ?? '', { headers })
  for (const [name, send, status] of [
    ['batch', batch, 200],
    ['shift report', report, 200],
    ['ingest', ingest, 202],
  ] as const) {
    const [first, second] = [await send(), await send()]
    t.equal(first.status, status, name)
    t.equal(second.status, status, name)
    t.equal(second.headers.get('idempotency-replayed'), 'true', name)
    t.same(unsigned(await bodyOf<object>(second)), unsigned(await bodyOf<object>(first)), name)
  }
  t.equal((await pool.query('select 1 from ingest_jobs')).rowCount, 1)
})

t.test('A5 the same key with another body is refused', async (t) => {
  const bytes = await photo()
  t.equal((await analyze(bytes, withKey('a5'))).status, 200)
  const changed = Buffer.from(bytes)
  changed[changed.length - 3] = (changed[changed.length - 3] ?? 0) ^ 1
  for (const response of [
    await analyze(changed, withKey('a5')),
    await analyze(bytes, withKey('a5'), { station: 'other' }),
  ]) {
    t.equal(response.status, 422)
    t.match(await response.json(), { type: 'urn:wiko:problem:idempotency-key-reused' })
  }
})

t.test('A6 while the first runs the same key is a 409, and there is one effect', async (t) => {
  const gate = Promise.withResolvers<void>()
  analyzer.answer = () => gate.promise.then(() => resultOf())
  const bytes = await photo()
  const [calls, before] = [analyzer.inputs.length, await rows()]
  const sent = [...Array(20)].map(() => analyze(bytes, withKey('a6')))
  const finished: Response[] = []
  for (const one of sent) one.then((response) => finished.push(response))
  while (finished.length + analyzer.inputs.length - calls < 20) await sleep(20)
  t.equal(finished.length, 19)
  for (const response of finished) {
    t.equal(response.status, 409)
    t.match(response.headers.get('retry-after'), /^[1-9]\d*$/)
  }
  gate.resolve()
  const statuses = (await Promise.all(sent)).map(({ status }) => status)
  t.equal(statuses.filter((status) => status === 200).length, 1)
  t.same([analyzer.inputs.length, await rows()], [calls + 1, before + 1])
  t.equal((await analyze(bytes, withKey('a6'))).headers.get('idempotency-replayed'), 'true')
})

t.test('A7 what fails does not burn the key', async (t) => {
  analyzer.answer = () => resultOf()
  t.equal((await analyze('no picture', withKey('a7'))).status, 415)
  t.equal((await analyze(await photo(), withKey('a7'), { facility: 'nowhere' })).status, 400)
  const bytes = await photo()
  analyzer.answer = () => {
    throw new AnalyzerError('unavailable', 'down')
  }
  t.equal((await analyze(bytes, withKey('a7'))).status, 502)
  analyzer.answer = () => resultOf()
  const good = await analyze(bytes, withKey('a7'))
  t.equal(good.status, 200)
  t.equal(good.headers.get('idempotency-replayed'), null)
  const other = await photo()
  t.equal((await analyze(other, withKey('a7'))).status, 422, 'now it is used')
})

t.test('A7 a key is 1 to 255 printable characters, of one caller and one route', async (t) => {
  analyzer.answer = () => resultOf()
  const bytes = await photo()
  for (const wrong of ['k'.repeat(256), 'caf\u00e9', 'tab\tbed', '']) {
    t.equal((await analyze(bytes, withKey(wrong))).status, 400, JSON.stringify(wrong.slice(0, 10)))
  }
  const longest = 'k'.repeat(255)
  t.equal((await analyze(bytes, withKey(longest))).status, 200)
  const response = await fetch(`${service.url}/api/v1/keys`, {
    method: 'POST',
    headers: { 'x-api-key': ADMIN, 'content-type': 'application/json' },
    body: JSON.stringify({ description: 'other', scopes: ['analyse', 'read'] }),
  })
  const { key } = await bodyOf<{ key: string }>(response)
  const another = await analyze(bytes, withKey(longest, key))
  t.equal(another.status, 200)
  t.equal(another.headers.get('idempotency-replayed'), null, 'of another caller')
  const ingested = await leave(service.url, bytes, { headers: withKey(longest) })
  t.equal(ingested.status, 202)
  t.equal(ingested.headers.get('idempotency-replayed'), null, 'on another route')
})

t.test('A7 answers are kept for 24 hours', async (t) => {
  const { db } = service.database
  await pool.query(`update idempotency_keys set created_at = now() - interval '23 hours 59 minutes'`)
  t.equal(await prune(db, 1000), 0)
  await pool.query(`update idempotency_keys set created_at = now() - interval '24 hours 1 minute' where key = 'a4'`)
  t.equal(await prune(db, 1000), 1)
  await pool.query(`update idempotency_keys set created_at = now() - interval '2 days'`)
  t.equal(await prune(db, 2), 2, 'in steps')
})

t.test('A9 the same picture without a key is recognised, and the answer says so', async (t) => {
  analyzer.answer = () => resultOf()
  const headers = { 'x-api-key': ADMIN }
  const bytes = await photo()
  const fields = { reanalyze: 'false' }
  const first = await bodyOf<{ analysis: AnalysisBody }>(await analyze(bytes, headers, fields))
  const calls = analyzer.inputs.length
  const second = await bodyOf<{ analysis: AnalysisBody }>(await analyze(bytes, headers, fields))
  t.equal(first.analysis.duplicate, false)
  t.equal(second.analysis.duplicate, true)
  t.equal(second.analysis.defect_id, first.analysis.defect_id)
  t.equal(analyzer.inputs.length, calls)
  const again = await bodyOf<{ analysis: AnalysisBody }>(await analyze(bytes, headers, { reanalyze: 'true' }))
  t.not(again.analysis.defect_id, first.analysis.defect_id, 'unless it is to be analysed again')
  const elsewhere = { reanalyze: 'false', facility: 'shenzhen' }
  t.equal(
    (await bodyOf<{ analysis: AnalysisBody }>(await analyze(bytes, headers, elsewhere))).analysis.duplicate,
    false,
  )
})
