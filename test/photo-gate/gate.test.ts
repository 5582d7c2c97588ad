import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import sharp from 'sharp'
import t from 'tap'
import { DEFAULT_PHOTO_LIMITS, PHOTO_FAULTS } from '../../api/domain/photo-limits.ts'
import type { AnalysisBody } from '../../api/features/analyses/schemas.ts'
import { photo, photoForm } from '../../fixtures/photos.ts'
import { drawPart } from '../../fixtures/sample-parts/draw-part.ts'
import { grainAlone } from '../../scripts/photo-gate/steps.ts'
import { resultOf, scriptedAnalyzer } from '../support/analyzers.ts'
import { analysisOf, bodyOf } from '../support/http.ts'
import { ended, type IngestAnswer, leave, stateWhen } from '../support/ingest.ts'
import { startService } from '../support/service.ts'

const ADMIN = 'admin-key-for-the-tests-0123456789'
const LIMITS = { RATE_LIMIT_PER_IP: '100000', RATE_LIMIT_PER_KEY: '100000' }
const analyzer = scriptedAnalyzer()
const service = await startService({ API_KEY: ADMIN, PHOTO_GATE: 'on', ...LIMITS }, { analyzer })
t.teardown(() => service.close())

const sample = await readFile(resolve(import.meta.dirname, '../../web/public/sample-knife.jpg'))
const blurred = await sharp(sample).blur(25).jpeg().toBuffer()

const send = (bytes: Buffer, fields: Record<string, string> = {}, origin = service.url) =>
  fetch(`${origin}/api/v1/analyze`, {
    method: 'POST',
    headers: { 'x-api-key': ADMIN },
    body: photoForm(bytes, { product_sku: 'WK-KN-200', facility: 'yangjiang', ...fields }),
  })
const analyse = async (bytes: Buffer, fields?: Record<string, string>): Promise<AnalysisBody> =>
  analysisOf(await send(bytes, fields))
const call = (method: string, path: string, body?: unknown, key = ADMIN) =>
  fetch(`${service.url}/api/v1${path}`, {
    method,
    headers: { 'x-api-key': key, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
const codes = ({ photo_faults }: AnalysisBody) => photo_faults.map(({ code }) => code as string)

t.test('a photo that cannot be judged is never OK: review with the reason, and no call of the model', async (t) => {
  const { jpeg: dark } = await drawPart({ kind: 'knife', seed: 5 })
  const unusable: [name: string, photo: Buffer, code: string][] = [
    ['blurred', blurred, 'out_of_focus'],
    ['160 pixels', await sharp(sample).resize(160).jpeg().toBuffer(), 'part_too_small'],
    ['noise', await grainAlone(1200, 800), 'no_part'],
    [
      'plain grey',
      await sharp({ create: { width: 800, height: 600, channels: 3, background: '#888' } })
        .jpeg()
        .toBuffer(),
      'no_part',
    ],
    ['dark', await sharp(dark).linear(0.12, 0).jpeg().toBuffer(), 'too_dark'],
  ]
  for (const [name, bytes, code] of unusable) {
    const analysis = await analyse(bytes)
    t.match(
      analysis,
      {
        verdict: 'review',
        review_reason: 'photo_unusable',
        defect_detected: false,
        confidence: 0,
        cost_usd: 0,
        input_tokens: 0,
        effective: { verdict: 'review' },
        model_version: 'photo-gate-1',
      },
      name,
    )
    t.ok(codes(analysis).includes(code), `${name}: ${codes(analysis)}`)
    for (const { value, limit } of analysis.photo_faults) t.not(value, limit)
  }
  t.equal(analyzer.inputs.length, 0, 'the model was not asked')

  const [first] = unusable
  const again = await analyse(first?.[1] ?? sample)
  t.match(again, { duplicate: true, review_reason: 'photo_unusable', photo_faults: [{ code: 'out_of_focus' }] })
})

t.test('the advice is in the language asked for', async (t) => {
  t.match((await analyse(blurred, { language: 'en' })).description, /Out of focus: hold still/)
  t.match((await analyse(blurred, { language: 'zh-Hans' })).description, /对焦不清/)
  t.match((await analyse(blurred, { language: 'zh-Hant' })).description, /對焦不清/)
})

t.test('a good photo is analysed as ever', async (t) => {
  analyzer.inputs.length = 0
  t.match(await analyse(sample), { verdict: 'ok', review_reason: null, photo_faults: [], confidence: 0.95 })
  t.equal(analyzer.inputs.length, 1)
  analyzer.answer = () => resultOf([], { confidence: 0.4 })
  t.match(await analyse(sample, { reanalyze: 'true' }), { verdict: 'review', review_reason: 'low_confidence' })
  analyzer.answer = () => resultOf([], { repaired: true, confidence: 0.4 })
  t.match(await analyse(sample, { reanalyze: 'true' }), { verdict: 'review', review_reason: 'answer_repaired' })
  analyzer.answer = () => resultOf()
})

t.test('what the analyzer calls unusable, or another product, is never OK either', async (t) => {
  for (const unjudged of ['photo_unusable', 'product_not_recognised'] as const) {
    analyzer.answer = () => resultOf([], { unjudged, confidence: 0.99 })
    const analysis = await analyse(sample, { reanalyze: 'true' })
    t.match(analysis, { verdict: 'review', review_reason: unjudged, confidence: 0, photo_faults: [] })
  }
  analyzer.answer = () => resultOf()
})

t.test('a photo of a camera that does not wait passes the same gate', async (t) => {
  const headers = { 'x-api-key': ADMIN }
  const left = await leave(service.url, await sharp(blurred).resize(1000).jpeg().toBuffer(), { headers })
  t.equal(left.status, 202)
  const job = await stateWhen(service.url, (await bodyOf<IngestAnswer>(left)).image_id, ended, { headers })
  t.match(job, { status: 'done', analysis: { verdict: 'review', review_reason: 'photo_unusable' } })
})

t.test('what could not be judged counts neither for nor against the analyzer', async (t) => {
  const { defect_id } = await analyse(await sharp(blurred).resize(900).jpeg().toBuffer(), { station: 'quality' })
  const correct = { kind: 'correct', verdict: 'ng', defect_type: 'rust_spot', severity: 'critical', person: 'Mei' }
  const before = (await (await call('GET', '/quality')).json()) as { judged: number }
  t.equal((await call('POST', `/analyses/${defect_id}/reviews`, correct)).status, 201)
  t.match(await (await call('GET', '/quality')).json(), { judged: before.judged })
  const csv = await (await call('GET', '/analyses.csv?station=quality')).text()
  t.match(csv, /review_reason,photo_faults/)
  t.match(csv, /photo_unusable,out_of_focus/)
})

t.test('limits are set for a product and for a station, where the station counts first', async (t) => {
  t.strictSame(await (await call('GET', '/photo-limits')).json(), {
    enabled: true,
    default: DEFAULT_PHOTO_LIMITS,
    settings: [],
  })
  t.strictSame(Object.keys(DEFAULT_PHOTO_LIMITS).sort(), [...PHOTO_FAULTS].sort())
  const put = (body: object, key?: string) => call('PUT', '/photo-limits', { person: 'Mei', ...body }, key)
  const reason = async (fields: Record<string, string>) =>
    (await analyse(sample, { reanalyze: 'true', ...fields })).photo_faults

  const set = await put({ scope: 'product', name: ' wk-kn-150 ', limits: { part_too_small: 5000 } })
  t.equal(set.status, 200)
  t.match(await set.json(), { settings: [{ scope: 'product', name: 'WK-KN-150', limits: { part_too_small: 5000 } }] })
  t.match(await reason({ product_sku: 'WK-KN-150' }), [{ code: 'part_too_small', limit: 5000 }])
  t.strictSame(await reason({ product_sku: 'WK-KN-200' }), [])

  await put({ scope: 'station', name: 'macro', limits: { part_too_small: 0, out_of_focus: 0.1 } })
  t.match(await reason({ product_sku: 'WK-KN-150', station: 'macro' }), [{ code: 'out_of_focus', limit: 0.1 }])
  await put({ scope: 'station', name: 'macro', limits: null })
  await put({ scope: 'product', name: 'WK-KN-150', limits: null })
  t.strictSame(await reason({ product_sku: 'WK-KN-150', station: 'macro' }), [])

  for (const wrong of [
    { scope: 'product', name: 'WK-XX-1', limits: { glare: 0.5 } },
    { scope: 'station', name: '  ', limits: { glare: 0.5 } },
    { scope: 'station', name: 'macro', limits: { glare: 1.5 } },
    { scope: 'station', name: 'macro', limits: { glow: 0.5 } },
    { scope: 'line', name: 'macro', limits: {} },
  ]) {
    t.equal((await put(wrong)).status, 400, JSON.stringify(wrong))
  }
  const keyWith = async (scope: string) =>
    ((await (await call('POST', '/keys', { scopes: [scope] })).json()) as { key: string }).key
  const [analyser, reader] = [await keyWith('analyse'), await keyWith('read')]
  const body = { scope: 'station', name: 'macro', limits: { glare: 0.5 } }
  t.strictSame([(await put(body, analyser)).status, (await put(body, reader)).status], [403, 403])
  for (const key of [analyser, reader]) t.equal((await call('GET', '/photo-limits', undefined, key)).status, 200)
})

t.test('without the gate every photo is analysed, and the page is told', async (t) => {
  const open = await startService({ API_KEY: ADMIN, PHOTO_GATE: 'off', ...LIMITS }, { analyzer: scriptedAnalyzer() })
  t.teardown(() => open.close())
  t.match(await analysisOf(await send(await photo(), {}, open.url)), { verdict: 'ok' })
  const headers = { 'x-api-key': ADMIN }
  t.match(await (await fetch(`${open.url}/api/v1/photo-limits`, { headers })).json(), { enabled: false })
})
