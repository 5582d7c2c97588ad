import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { AnalyzerError } from '../../api/domain/analyzer-error.ts'
import { keysWithJob, queueState } from '../../api/features/ingest/jobs.ts'
import { photo } from '../../fixtures/photos.ts'
import { resultOf, rust, scriptedAnalyzer } from '../support/analyzers.ts'
import { bodyOf } from '../support/http.ts'
import { ended, type IngestAnswer, leave, stateOf, stateWhen } from '../support/ingest.ts'
import { startService } from '../support/service.ts'

/** The ingest queue in one process: acceptance, results and access. */
const ADMIN = 'an-administrator-key-of-the-test'
const analyzer = scriptedAnalyzer()
const service = await startService({ INGEST_RETRIES: '1', RATE_LIMIT_PER_IP: '100000' }, { analyzer })
t.teardown(() => service.close())

const accepted = async (response: Response): Promise<string> => {
  t.equal(response.status, 202)
  return (await bodyOf<IngestAnswer>(response)).image_id
}

t.test('accepts a photo, analyses it, and returns a complete analysis', async (t) => {
  analyzer.answer = () => resultOf([rust])
  const fields = { lot: 'L-7', metadata: '{"camera":"north","shot":7}', language: 'zh-Hans' }
  const response = await leave(service.url, await photo(640, 480), { fields })
  t.equal(response.status, 202)
  const { success, image_id: imageId, enqueued_at: at } = await bodyOf<IngestAnswer>(response)
  t.equal(success, true)
  t.ok(Math.abs(Date.parse(at) - Date.now()) < 60_000)
  const state = await stateWhen(service.url, imageId, ended)
  t.match(state, { image_id: imageId, status: 'done', attempts: 1, metadata: { camera: 'north', shot: 7 } })
  t.match(state.analysis, {
    defect_type: 'rust_spot',
    lot: 'L-7',
    language: 'zh-Hans',
    image_width: 640,
    image_height: 480,
    duplicate: false,
    file_name: 'part.jpg',
  })
  const image = await fetch(state.analysis?.image_url ?? '')
  t.equal(image.headers.get('content-type'), 'image/jpeg')
  const listed = await fetch(`${service.url}/api/v1/analyses/${state.analysis?.defect_id}`)
  t.equal(listed.status, 200, 'listed in the history')
})

t.test('accepts JSON with metadata as an object', async (t) => {
  const body = { image: (await photo()).toString('base64'), product_sku: 'wk-kn-200', facility: 'yangjiang' }
  const response = await fetch(`${service.url}/api/v1/ingest`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...body, metadata: { tray: [1, 2] } }),
  })
  const state = await stateWhen(service.url, await accepted(response), ended)
  t.match(state, { status: 'done', metadata: { tray: [1, 2] } })
})

t.test('refuses at once what /analyze refuses, and stores nothing', async (t) => {
  const before = await service.database.pool.query('select count(*) from ingest_jobs')
  const good = await photo()
  const cases: [string, Buffer | string, Record<string, string>, number][] = [
    ['no picture', 'this is text', {}, 415],
    ['a broken picture', good.subarray(0, good.length - 200), {}, 422],
    ['an unknown product', good, { product_sku: 'WK-NO-1' }, 400],
    ['broken metadata', good, { metadata: '{' }, 400],
    ['metadata that is no object', good, { metadata: '[1]' }, 400],
    ['too much metadata', good, { metadata: JSON.stringify({ a: 'x'.repeat(20_000) }) }, 400],
  ]
  for (const [name, bytes, fields, status] of cases) {
    const response = await leave(service.url, bytes, { fields })
    t.equal(response.status, status, name)
    t.match(response.headers.get('content-type'), 'application/problem+json', name)
  }
  const after = await service.database.pool.query('select count(*) from ingest_jobs')
  t.same(after.rows, before.rows)
  t.equal((await fetch(`${service.url}/api/v1/ingest/not-an-id`)).status, 400)
  t.equal((await fetch(`${service.url}/api/v1/ingest/6f9619ff-8b86-4011-b42d-00c04fc964ff`)).status, 404)
})

t.test('answers a duplicate with the stored result', async (t) => {
  const bytes = await photo()
  const first = await stateWhen(service.url, await accepted(await leave(service.url, bytes)), ended)
  const calls = analyzer.inputs.length
  const second = await stateWhen(service.url, await accepted(await leave(service.url, bytes)), ended)
  t.equal(second.analysis?.defect_id, first.analysis?.defect_id)
  t.equal(second.analysis?.duplicate, true)
  t.equal(analyzer.inputs.length, calls)
})

t.test('fails without a retry, with a readable reason, when the model refuses the picture', async (t) => {
  analyzer.answer = () => {
    throw new AnalyzerError('content_filtered', 'The filter of the model stopped this picture')
  }
  const calls = analyzer.inputs.length
  const state = await stateWhen(service.url, await accepted(await leave(service.url, await photo())), ended)
  t.match(state, { status: 'failed', attempts: 1, error: 'The filter of the model stopped this picture' })
  t.notOk(state.analysis)
  t.equal(analyzer.inputs.length, calls + 1, 'one model call')
})

t.test('fails a job with a readable reason when its stored picture is gone', async (t) => {
  let release = () => {}
  const gate = new Promise<void>((done) => {
    release = done
  })
  // Keep every worker busy, so that the picture can be removed before its analysis.
  analyzer.answer = () => gate.then(() => resultOf())
  const busy = await Promise.all([...Array(4)].map(async () => accepted(await leave(service.url, await photo()))))
  for (const id of busy) await stateWhen(service.url, id, ({ status }) => status === 'processing')
  const gone = await accepted(await leave(service.url, await photo()))
  const { rows } = await service.database.pool.query('select image_key from ingest_jobs where image_id = $1', [gone])
  t.match(await queueState(service.database.db), { length: 1, oldestSeconds: /^[\d.]+$/ })
  t.strictSame([...(await keysWithJob(service.database.db, [rows[0].image_key, 'x']))], [rows[0].image_key])
  await rm(join(service.config.dataDir, 'images', rows[0].image_key))
  release()
  const state = await stateWhen(service.url, gone, ended)
  t.match(state, { status: 'failed', error: /no longer in the image store/ })
  for (const id of busy) t.equal((await stateWhen(service.url, id, ended)).status, 'done')
})

t.test('retries transient failures, and gives up with the reason of the last attempt', async (t) => {
  let failures = 1
  analyzer.answer = () => {
    if (failures-- > 0) throw new AnalyzerError('unavailable', 'The model cannot be reached')
    return resultOf()
  }
  const lucky = await stateWhen(service.url, await accepted(await leave(service.url, await photo())), ended)
  t.match(lucky, { status: 'done', attempts: 2 })

  failures = 100
  const id = await accepted(await leave(service.url, await photo()))
  const waiting = await stateWhen(service.url, id, ({ status, attempts }) => status === 'queued' && attempts === 1)
  t.match(waiting, { status: 'queued', attempts: 1 })
  t.notOk(waiting.error, 'no error between attempts')
  const state = await stateWhen(service.url, id, ended)
  t.match(state, { status: 'failed', attempts: 2, error: 'The model cannot be reached' })
})

t.test('shows a result only to the caller that sent the photo, and to administrators', async (t) => {
  const guarded = await startService({ API_KEY: ADMIN }, { analyzer: scriptedAnalyzer() })
  t.teardown(() => guarded.close())
  const admin = { 'x-api-key': ADMIN }
  const made = async (scopes: string[]) => {
    const response = await fetch(`${guarded.url}/api/v1/keys`, {
      method: 'POST',
      headers: { ...admin, 'content-type': 'application/json' },
      body: JSON.stringify({ description: 'test', scopes }),
    })
    return { 'x-api-key': (await bodyOf<{ key: string }>(response)).key }
  }
  const [camera, other] = [await made(['analyse', 'read']), await made(['analyse', 'read'])]
  const { image_id: id } = await bodyOf<IngestAnswer>(await leave(guarded.url, await photo(), { headers: camera }))
  t.equal((await stateOf(guarded.url, id, camera)).image_id, id)
  t.equal((await stateOf(guarded.url, id, admin)).image_id, id)
  t.equal((await fetch(`${guarded.url}/api/v1/ingest/${id}`, { headers: other })).status, 404)
  t.equal((await fetch(`${guarded.url}/api/v1/ingest/${id}`)).status, 401)
})
