/** Values that fit a type and that PostgreSQL, JSON or JavaScript cannot hold: a clear 400, or clean text; never a 500. */
import { randomUUID } from 'node:crypto'
import t from 'tap'
import { analyses } from '../../drizzle/schema.ts'
import { photo, photoForm } from '../../fixtures/photos.ts'
import { scriptedAnalyzer } from '../support/analyzers.ts'
import { analysisOf, bodyOf } from '../support/http.ts'
import { startService } from '../support/service.ts'

const service = await startService({ RATE_LIMIT_PER_IP: '100000' }, { analyzer: scriptedAnalyzer() })
t.teardown(() => service.close())
const api = `${service.url}/api/v1`
const JSON_TYPE = { 'content-type': 'application/json' }
const FIELDS = { product_sku: 'WK-KN-200', facility: 'yangjiang' }

interface Answer {
  status: number
  detail: string
}
async function answerOf(response: Response): Promise<Answer> {
  const body = await response.text()
  const isProblem = /problem\+json/.test(response.headers.get('content-type') ?? '')
  return { status: response.status, detail: isProblem ? (JSON.parse(body) as Answer).detail : body }
}
const get = async (path: string) => answerOf(await fetch(`${api}${path}`))
const post = async (path: string, body: string | Buffer, type = 'application/json', method = 'POST') =>
  answerOf(await fetch(`${api}${path}`, { method, headers: { 'content-type': type }, body }))
const analyse = async (fields: Record<string, string>) =>
  fetch(`${api}/analyze`, { method: 'POST', body: photoForm(await photo(), { ...FIELDS, ...fields }) })

t.test('refuses times that PostgreSQL or JavaScript cannot hold', async (t) => {
  const wrong = [
    '2026-11-23T08:00:00+08',
    '2026-11-23T08:00:00+0800',
    '2026-11-23T08:00:60Z',
    '2026-11-23T23:59:60Z',
    '0000-01-01T00:00:00Z',
    '0001-01-01T00:00:00+08:00',
    '9999-12-31T23:59:59-08:00',
    '2026-02-30T00:00:00Z',
    '2026-11-23T24:00:00Z',
    '2026-11-23T08:00:00+24:00',
    '2026-11-23 08:00:00Z',
    '2026-11-23',
  ]
  for (const time of wrong) {
    for (const path of ['/analyses', '/analyses/count', '/analyses.csv', '/statistics', '/shift-report.csv']) {
      const answer = await get(`${path}?from=${encodeURIComponent(time)}&to=2026-11-24T00:00:00Z`)
      t.match(answer, { status: 400, detail: /^from must be a time such as 2026/ }, `${path} ${time}`)
    }
    const report = await post('/shift-report', JSON.stringify({ from: time, to: '2026-11-24T00:00:00Z' }))
    t.match(report, { status: 400, detail: /^from must be a time/ }, `POST /shift-report ${time}`)
    const key = await post('/keys', JSON.stringify({ expires_at: time }))
    t.match(key, { status: 400, detail: /^expires_at must be a time/ }, `POST /keys ${time}`)
  }
  for (const time of ['0001-01-01T00:00:00Z', '9999-12-31T23:59:59.999Z', '2026-11-23T08:00:00.123456789+08:00'])
    t.equal((await get(`/analyses?from=${encodeURIComponent(time)}`)).status, 200, time)
})

t.test('refuses days and ids that PostgreSQL cannot read', async (t) => {
  for (const day of ['0000-01-01', '2026-02-30', '2026-13-01', '10000-01-01', '2026-1-1', '2026-11-23T00:00:00Z']) {
    t.match(await get(`/inspected-units?from=${day}`), { status: 400, detail: /^from must be a day such as/ }, day)
    const units = { facility: 'yangjiang', day, product_sku: 'WK-KN-200', units: 1, person: 'Mei' }
    const put = await post('/inspected-units', JSON.stringify(units), 'application/json', 'PUT')
    t.match(put, { status: 400, detail: /^day must be a day such as/ }, day)
  }
  for (const id of [`urn:uuid:${randomUUID()}`, `{${randomUUID()}}`, randomUUID().replaceAll('-', '')]) {
    t.match(await get(`/ingest/${encodeURIComponent(id)}`), { status: 400, detail: /must be a UUID/ }, id)
    t.match(await post(`/keys/${encodeURIComponent(id)}/revoke`, '{}'), { status: 400, detail: /must be a UUID/ }, id)
  }
  t.equal((await get(`/ingest/${randomUUID().toUpperCase()}`)).status, 404)
})

t.test('refuses a cursor whose time nobody can store', async (t) => {
  for (const millis of ['8640000000000000', '-62135596800001', '253402300800000', '1e3', '0x10', '', ' 1', '1.5']) {
    const cursor = Buffer.from(`${millis}.${randomUUID()}`).toString('base64url')
    t.match(await get(`/analyses?cursor=${cursor}`), { status: 400, detail: /^cursor was not issued/ }, millis)
  }
})

t.test('cleans text at every entrance', async (t) => {
  const dirty = { operator: 'Jose\u0301\0', production_data: '{"e\\u0301\\u0000":"\\ud800"}' }
  const form = await analysisOf(await analyse(dirty))
  const clean = { operator: 'Jos\u00e9', production_data: { '\u00e9': '\ufffd' } }
  t.match(form, clean)
  const image = (await photo()).toString('base64')
  const data = { ...FIELDS, operator: 'Jose\u0301\0', production_data: { 'e\u0301\0': '\ud800' } }
  const sent = await fetch(`${api}/analyze`, {
    method: 'POST',
    headers: JSON_TYPE,
    body: JSON.stringify({ ...data, image }),
  })
  t.match(await analysisOf(sent), clean)
  const found = await bodyOf<{ count: number }>(
    await fetch(`${api}/analyses/count?operator=${encodeURIComponent('Jose\u0301')}`),
  )
  t.equal(found.count, 2, 'the other Unicode form finds them')
  const key = await fetch(`${api}/keys`, {
    method: 'POST',
    headers: JSON_TYPE,
    body: '{"description":"a\\u0000b\\ud800"}',
  })
  t.match(await bodyOf(key), { description: 'ab\ufffd' })
})

t.test('cuts a file name between characters, never within one', async (t) => {
  for (const start of ['', 'a']) {
    const form = new FormData()
    for (const [name, value] of Object.entries(FIELDS)) form.set(name, value)
    form.set(
      'image',
      new Blob([new Uint8Array(await photo())], { type: 'image/jpeg' }),
      start + '\u{1f52a}'.repeat(300),
    )
    const { file_name } = await analysisOf(await fetch(`${api}/analyze`, { method: 'POST', body: form }))
    t.equal([...(file_name ?? '')].length, 255)
    t.ok(file_name?.isWellFormed())
  }
})

t.test('takes an image part without a file name as a file', async (t) => {
  const parts = Object.entries(FIELDS).map(
    ([name, value]) => `--x\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  )
  const head = '--x\r\nContent-Disposition: form-data; name="image"\r\nContent-Type: image/jpeg\r\n\r\n'
  const body = Buffer.concat([Buffer.from(parts.join('') + head), await photo(), Buffer.from('\r\n--x--\r\n')])
  t.match(await post('/analyze', body, 'multipart/form-data; boundary=x'), { status: 200 })
})

const nested = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`
const objects = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`

t.test('refuses JSON that is nested too deep', async (t) => {
  const image = (await photo()).toString('base64')
  for (const deep of [nested(65), nested(5000), objects(5000), '['.repeat(100_000)]) {
    t.match(await post('/shift-report', `{"analyses":${deep}}`), { status: 400, detail: /nested deeper than 64/ })
    const body = `{"image":"${image}","product_sku":"WK-KN-200","facility":"yangjiang","production_data":{"a":${deep}}}`
    t.match(await post('/analyze', body), { status: 400, detail: /nested deeper than 64/ })
    if (deep.length > 60_000) continue
    const form = await answerOf(await analyse({ production_data: `{"a":${deep}}` }))
    t.match(form, { status: 400, detail: /^production_data is nested deeper than 64/ })
    const ingest = photoForm(await photo(), { ...FIELDS, metadata: `{"a":${deep}}` })
    const left = await answerOf(await fetch(`${api}/ingest`, { method: 'POST', body: ingest }))
    t.match(left, { status: 400, detail: /^metadata is nested deeper than 64/ })
  }
  t.equal(
    (await analyse({ production_data: `{"a":${nested(63)},"b":"[[{"}` })).status,
    200,
    'what is allowed is stored',
  )
})

t.test('refuses numbers that JavaScript would change', async (t) => {
  const wrong = [
    '9007199254740993',
    '-9007199254740993',
    '12345678901234567890',
    '1e400',
    '-1e400',
    '1e-400',
    '9007199254740993.0',
  ]
  for (const number of wrong) {
    const form = await answerOf(await analyse({ production_data: `{"serial":${number}}` }))
    t.match(
      form,
      { status: 400, detail: new RegExp(`^production_data has the number ${number.replace('.', '\\.')}`) },
      number,
    )
    t.match(
      await post('/shift-report', `{"analyses":[],"x":[${number}]}`),
      { status: 400, detail: /has the number/ },
      number,
    )
  }
  const right = { a: 9007199254740991, b: -1.5, c: 0.1, d: 0, e: '9007199254740993', f: 'x"\\":1e400' }
  const data = JSON.stringify(right).replace('-1.5', '-1.5e20')
  t.match((await analysisOf(await analyse({ production_data: data }))).production_data, { ...right, b: -1.5e20 })
})

t.test('refuses text that is not UTF-8', async (t) => {
  const gbk = Buffer.from([0xd6, 0xd0])
  const body = Buffer.concat([Buffer.from('{"description":"'), gbk, Buffer.from('"}')])
  t.match(await post('/keys', body), { status: 400, detail: /The body is not valid UTF-8/ })
  t.match(await post('/keys', '{}', 'application/json; charset=gbk'), { status: 400, detail: /charset gbk/ })
  t.match(await post('/keys', '{}', 'application/json; charset=UTF-16'), { status: 400, detail: /charset UTF-16/ })
  t.equal((await post('/keys', '{}', 'application/json; charset="utf-8"')).status, 201)
  for (const type of ['', 'Content-Type: text/plain; charset=gbk\r\n', 'Content-Type: application/json\r\n']) {
    const form = Buffer.concat([
      Buffer.from(`--x\r\nContent-Disposition: form-data; name="operator"\r\n${type}\r\n`),
      gbk,
      Buffer.from('\r\n--x--\r\n'),
    ])
    const answer = await post('/analyze', form, 'multipart/form-data; boundary=x')
    t.match(answer, { status: 400, detail: /^operator is not valid UTF-8/ }, type)
  }
})

t.test('refuses numbers whose sum would overflow', async (t) => {
  for (const tokens of ['1e308', '"1e400"', '"Infinity"', '3e9', '-1']) {
    const one = `{"defect_detected":true,"reasoning_tokens_used":${tokens}}`
    t.match(await post('/shift-report', `{"analyses":[${one},${one}]}`), {
      status: 400,
      detail: /reasoning_tokens_used/,
    })
  }
  const most = { defect_detected: true, reasoning_tokens_used: 2_147_483_647, confidence: 1 }
  const report = await post('/shift-report', JSON.stringify({ analyses: Array.from({ length: 10_000 }, () => most) }))
  t.match(JSON.parse(report.detail), { report: { total_reasoning_tokens: 21_474_836_470_000 } })

  const day = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10)
  for (let line = 0; line < 250; line++) {
    const units = {
      facility: 'yangjiang',
      day,
      line_id: `L${line}`,
      product_sku: 'WK-KN-200',
      units: 10_000_000,
      person: 'M',
    }
    await post('/inspected-units', JSON.stringify(units), 'application/json', 'PUT')
  }
  for (const bucket of ['day', 'week']) {
    const sums = await get(`/statistics?period=7d&basis=unit&bucket=${bucket}`)
    t.match(sums, { status: 200 })
    t.match(JSON.parse(sums.detail), { units: { total: 2_500_000_000 } })
  }
})

t.test('nothing that was refused left a row', async (t) => {
  const rows = await service.database.db.select({ id: analyses.id }).from(analyses)
  t.equal(rows.length, 7, 'only what was answered with a verdict')
})
