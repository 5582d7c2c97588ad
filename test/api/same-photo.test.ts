/** The same photo at the same time is analysed and counted once, whichever way it comes and whichever process takes it. */
import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { AnalyzerError } from '../../api/domain/analyzer-error.ts'
import type { AnalysisBody } from '../../api/features/analyses/schemas.ts'
import { openImageStore } from '../../api/images/open-store.ts'
import { idempotencyKeys } from '../../drizzle/schema.ts'
import { eventually } from '../../fixtures/load.ts'
import { photo, photoForm } from '../../fixtures/photos.ts'
import { createPostgres } from '../../fixtures/postgres.ts'
import { resultOf, scriptedAnalyzer } from '../support/analyzers.ts'
import { bodyOf } from '../support/http.ts'
import { ended, leave, stateWhen } from '../support/ingest.ts'
import { startService, testFolder } from '../support/service.ts'

const postgres = await createPostgres()
await postgres.start()
/** Longer than it takes all requests of a test to come to the claim. */
const thinking = async () => {
  await sleep(700)
  return resultOf()
}
const analyzer = scriptedAnalyzer(thinking)
const env = { DATABASE_URL: postgres.url, RATE_LIMIT_PER_IP: '100000' }
// Two tasks of the service on one database.
const folder = testFolder()
const store = openImageStore({ dataDir: folder.path, imagesBucket: null, awsRegion: 'us-east-1' })
const one = await startService(env, { analyzer, store })
const two = await startService(env, { analyzer, store })
t.teardown(async () => {
  await one.close()
  await two.close()
  folder.remove()
  await postgres.remove()
})
t.beforeEach(() => {
  analyzer.inputs.length = 0
  analyzer.answer = thinking
})

const analyze = async (origin: string, bytes: Buffer, fields: Record<string, string> = {}) =>
  bodyOf<{ analysis?: AnalysisBody; status?: number }>(
    await fetch(`${origin}/api/v1/analyze`, {
      method: 'POST',
      body: photoForm(bytes, { product_sku: 'WK-KN-200', facility: 'yangjiang', ...fields }),
    }),
  )
const inspections = async () =>
  (await bodyOf<{ total_inspections: number }>(await fetch(`${one.url}/api/v1/stats`))).total_inspections

t.test('in parallel, at two tasks', async (t) => {
  const bytes = await photo(640, 480)
  const before = await inspections()
  const answers = await Promise.all([...Array(8)].map((_, i) => analyze(i % 2 ? one.url : two.url, bytes)))
  t.equal(analyzer.inputs.length, 1, 'the model was asked once')
  t.equal(new Set(answers.map(({ analysis }) => analysis?.defect_id)).size, 1)
  t.equal(answers.filter(({ analysis }) => analysis?.duplicate === false).length, 1)
  t.equal(await inspections(), before + 1)
  t.equal((await one.database.db.select().from(idempotencyKeys)).length, 0, 'no claim is left behind')
})

t.test('in one batch', async (t) => {
  const bytes = await photo(641, 480)
  const form = new FormData()
  for (let i = 0; i < 5; i++) form.append('images', new Blob([new Uint8Array(bytes)]), `${i}.jpg`)
  form.append('product_sku', 'WK-KN-200')
  const before = await inspections()
  const answer = await bodyOf<{ count: number; analyses: AnalysisBody[] }>(
    await fetch(`${one.url}/api/v1/analyze/batch`, { method: 'POST', body: form }),
  )
  t.equal(answer.count, 5)
  t.equal(answer.analyses.filter(({ duplicate }) => duplicate).length, 4)
  t.equal(analyzer.inputs.length, 1)
  t.equal(await inspections(), before + 1)
})

t.test('by ingest and by hand', async (t) => {
  const bytes = await photo(642, 480)
  const before = await inspections()
  const left = await Promise.all(
    [one.url, two.url, one.url].map(async (origin) => bodyOf<{ image_id: string }>(await leave(origin, bytes))),
  )
  await eventually(() => analyzer.inputs.length > 0)
  await analyze(two.url, bytes)
  for (const { image_id } of left) t.match(await stateWhen(one.url, image_id, ended), { status: 'done' })
  t.equal(analyzer.inputs.length, 1)
  t.equal(await inspections(), before + 1)
})

t.test('another product, and a new verdict that was asked for, are analyses of their own', async (t) => {
  const bytes = await photo(643, 480)
  await Promise.all([
    analyze(one.url, bytes),
    analyze(one.url, bytes, { product_sku: 'WK-SC-200' }),
    analyze(one.url, bytes, { reanalyze: 'true' }),
  ])
  t.equal(analyzer.inputs.length, 3)
})

t.test('where the first fails the next one asks the model', async (t) => {
  const bytes = await photo(644, 480)
  analyzer.answer = async () => {
    await sleep(300)
    if (analyzer.inputs.length === 1) throw new AnalyzerError('unavailable', 'down')
    return resultOf()
  }
  const answers = await Promise.all([analyze(one.url, bytes), analyze(one.url, bytes), analyze(two.url, bytes)])
  t.equal(answers.filter(({ analysis }) => analysis).length, 2)
  t.equal(answers.filter(({ status }) => status === 502).length, 1)
  t.equal(analyzer.inputs.length, 2)
})

t.test('a client that goes away while it waits ends neither the other analysis nor its claim', async (t) => {
  const bytes = await photo(645, 480)
  const first = analyze(one.url, bytes)
  await eventually(() => analyzer.inputs.length === 1)
  const gone = new AbortController()
  const waiting = fetch(`${one.url}/api/v1/analyze`, { method: 'POST', body: photoForm(bytes), signal: gone.signal })
  await sleep(200)
  gone.abort()
  await t.rejects(waiting)
  t.match(await first, { analysis: { duplicate: false } })
  t.match(await analyze(two.url, bytes), { analysis: { duplicate: true } })
})
