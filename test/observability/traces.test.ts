import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { openClient } from '../../api/database/connection.ts'
import { startEmbeddedPostgres } from '../../api/database/embedded.ts'
import { startFakeAzure } from '../../fixtures/fake-azure.ts'
import { defect, explains } from '../../fixtures/fake-azure-behaviours.ts'
import { installMoto, startMoto } from '../../fixtures/moto.ts'
import { photo, photoForm } from '../../fixtures/photos.ts'
import { spawnService } from '../../fixtures/processes.ts'
import { type CollectedSpan, startCollector } from '../support/collector.ts'
import { isEmf, readEmf } from '../support/emf.ts'
import { bodyOf } from '../support/http.ts'
import { testFolder } from '../support/service.ts'

/** A service with PostgreSQL, S3, the model and a collector, looked at from the outside. */
const reason = await installMoto()
if (reason !== null) {
  t.plan(0, reason)
  process.exit(0)
}
const KEY = 'key-of-the-administrator-0123456789'
const folder = testFolder()
const postgresFolder = testFolder()
const postgres = await startEmbeddedPostgres(postgresFolder.path)
const moto = await startMoto()
const fake = await startFakeAzure()
const collector = await startCollector()
const aws = { ...moto.env, AWS_REGION: 'us-east-1' }
await moto.createBucket('wiko-images')

const environment = {
  ENVIRONMENT: 'test',
  HOST: '127.0.0.1',
  DATA_DIR: folder.path,
  DATABASE_URL: postgres.url,
  API_KEY: KEY,
  SECRET_KEY: 'secret-key-0123456789',
  IMAGES_BUCKET: 'wiko-images',
  AZURE_AI_ENDPOINT: fake.url,
  AZURE_AI_API_KEY: 'fake-azure-key-0123456789abcdef0123456789abcdef',
  OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
  ...aws,
}
t.teardown(async () => {
  await Promise.all([fake.close(), collector.close(), moto.stop(), postgres.stop()])
  folder.remove()
  postgresFolder.remove()
})

const analyze = async (origin: string, headers: Record<string, string> = {}) => {
  const response = await fetch(`${origin}/api/v1/analyze`, {
    method: 'POST',
    body: photoForm(await photo()),
    headers: { 'x-api-key': KEY, ...headers },
  })
  const body = await response.text()
  if (response.status !== 200) throw new Error(body)
  return response
}

const withDefect = () => fake.script(defect, explains())

/** The spans of one request (kind 2) or of the job that it sent (5), by the id that it was answered with. */
function traceOf(requestId: string | null, kind = 2): { root: CollectedSpan; spans: CollectedSpan[] } {
  const all = collector.spans()
  const [root, ...others] = all.filter((span) => span.kind === kind && span.attributes['wiko.request_id'] === requestId)
  if (!root || others.length > 0) throw new Error(`${others.length + (root ? 1 : 0)} spans of request ${requestId}`)
  return { root, spans: all.filter(({ traceId }) => traceId === root.traceId) }
}

const entries = (lines: string[]): Record<string, unknown>[] =>
  lines.filter((line) => line.startsWith('{"level"')).map((line) => JSON.parse(line))

t.test('L3 one id through answer, log, trace, audit row and call of the model', async (t) => {
  const service = spawnService({ ...environment, METRICS: 'stdout' })
  const origin = await service.listening
  withDefect()
  const answer = await analyze(origin)
  const requestId = answer.headers.get('x-request-id')
  const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'
  const continued = await analyze(origin, { traceparent })
  const xray =
    'Self=1-67891234-12456789abcdef012345678;Root=1-67891233-abcdef012345678912345678;Parent=53995c3f42cd8ad8;Sampled=1'
  const fromAws = await analyze(origin, { 'x-amzn-trace-id': xray })
  const fromBalancer = await analyze(origin, { 'x-amzn-trace-id': 'Root=1-67891233-abcdef012345678912345678' })
  const own = await analyze(origin, { 'x-request-id': 'camera-7.2026-11-22' })
  const forged = await analyze(origin, { 'x-request-id': 'x'.repeat(10_000) })
  const missing = await fetch(`${origin}/api/v1/no-such-route`, { headers: { 'x-api-key': KEY } })
  await fetch(`${origin}/health`)
  t.equal(await service.stop(), 0)

  t.test('the spans of one analysis form one tree', async (t) => {
    const { root, spans } = traceOf(requestId)
    t.equal(root.parentSpanId ?? '', '')
    t.match(root, {
      name: 'POST /api/v1/analyze',
      kind: 2,
      attributes: { 'http.request.method': 'POST', 'http.route': '/api/v1/analyze', 'http.response.status_code': 200 },
    })
    const ids = new Set(spans.map(({ spanId }) => spanId))
    for (const span of spans) {
      if (span !== root) t.ok(ids.has(span.parentSpanId ?? ''), `${span.name} has its parent in the trace`)
      t.notOk(span.failed, span.name)
    }
    const named = (name: string | RegExp) =>
      spans.filter((span) => name === span.name || new RegExp(name).test(span.name))
    t.equal(named('prepare image').length, 1)
    t.equal(named('S3 PutObject').length, 3, 'original, thumbnail and the upright picture')
    t.ok(named(/^SELECT analyses$/).length >= 1, 'the look for a duplicate')
    t.ok(named(/^INSERT analyses$/).length === 1)
    t.match(named('model detect')[0]?.attributes, {
      'gen_ai.request.model': 'gpt-5-2',
      'gen_ai.usage.input_tokens': 3000,
      'wiko.attempt': 1,
      'wiko.outcome': 'ok',
    })
    t.equal(named('model explain').length, 1)
  })

  t.test('statements have placeholders for their values', async (t) => {
    const statements = traceOf(requestId).spans.flatMap((span) => span.attributes['db.query.text'] ?? [])
    t.ok(statements.length > 1)
    for (const statement of statements) t.notMatch(String(statement), /'|WK-KN-200|yangjiang/)
  })

  t.test('every log line of the request has its id and the id of its trace', async (t) => {
    const lines = entries(service.logs).filter(({ reqId }) => reqId === requestId)
    const said = new Set(lines.map(({ msg }) => msg))
    for (const message of ['model call', 'request']) t.ok(said.has(message), message)
    for (const line of lines) t.equal(line.trace_id, traceOf(requestId).root.traceId)
  })

  t.test('the audit log has the id of the request', async (t) => {
    const client = await openClient({ connectionString: postgres.url })
    const { rows } = await client.query('select endpoint from audit_log where request_id = $1', [requestId])
    await client.end()
    t.strictSame(rows, [{ endpoint: '/api/v1/analyze' }])
  })

  t.test('what happened is in the metrics of the log', async (t) => {
    const values = service.logs.filter(isEmf).flatMap(readEmf)
    const of = (wanted: string) => values.flatMap(({ name, values }) => (name === wanted ? values : []))
    const sum = (name: string) => of(name).reduce((total, value) => total + value, 0)
    t.strictSame([sum('Analyses'), sum('Defects'), sum('ModelCalls'), sum('ModelFailures')], [6, 1, 7, 0])
    t.strictSame([of('ModelTime').length, of('OwnTime').length, of('TotalTime').length], [7, 6, 6])
    t.ok(of('Confidence').every((value) => value > 0 && value <= 1))
    const types = values.filter(({ name }) => name === 'DefectsByType')
    t.strictSame(
      types.map(({ dimensions }) => dimensions),
      [{ Environment: 'test', DefectType: 'blade_scratch' }],
    )
  })

  t.test('the model is told the id of the request', async (t) => {
    const told = fake.calls.map(({ headers }) => headers['x-ms-client-request-id'])
    t.strictSame(told.slice(0, 2), [requestId, requestId])
  })

  t.test("a caller's span is the parent", async (t) => {
    t.match(traceOf(continued.headers.get('x-request-id')).root, {
      traceId: '0af7651916cd43dd8448eb211c80319c',
      parentSpanId: 'b7ad6b7169203331',
    })
    t.match(traceOf(fromAws.headers.get('x-request-id')).root, {
      traceId: '67891233abcdef012345678912345678',
      parentSpanId: '53995c3f42cd8ad8',
    })
    t.equal(traceOf(fromBalancer.headers.get('x-request-id')).root.parentSpanId ?? '', '')
  })

  t.test('an id of the client is taken where it is safe, and replaced where it is not', async (t) => {
    t.equal(own.headers.get('x-request-id'), 'camera-7.2026-11-22')
    t.equal(traceOf('camera-7.2026-11-22').root.name, 'POST /api/v1/analyze')
    t.match(forged.headers.get('x-request-id'), /^[\w-]{36}$/)
  })

  t.test('a path that is no route is not in the trace, and health checks make none', async (t) => {
    t.equal(traceOf(missing.headers.get('x-request-id')).root.name, 'GET')
    const sent = collector.bodies.join()
    t.notOk(sent.includes('no-such-route'))
    t.notOk(sent.includes('/health'))
  })
})

t.test('L3 a job has a trace of its own, under the id of the request that sent it', async (t) => {
  const service = spawnService(environment)
  const origin = await service.listening
  const headers = { 'x-api-key': KEY }
  const sent = await fetch(`${origin}/api/v1/ingest`, { method: 'POST', body: photoForm(await photo()), headers })
  const { image_id: imageId } = await bodyOf<{ image_id: string }>(sent)
  let status = ''
  while (!/done|failed/.test(status)) {
    await sleep(200)
    const asked = await fetch(`${origin}/api/v1/ingest/${imageId}`, { headers })
    status = (await bodyOf<{ status: string }>(asked)).status
  }
  t.equal(status, 'done')
  t.equal(await service.stop(), 0)
  const id = sent.headers.get('x-request-id')
  const { root, spans } = traceOf(id, 5)
  t.equal(root.name, 'job ingest')
  t.not(root.traceId, traceOf(id).root.traceId)
  const names = new Set(spans.map(({ name }) => name))
  for (const name of ['S3 GetObject', 'model detect', 'INSERT analyses']) t.ok(names.has(name), name)
  t.equal(fake.calls.at(-1)?.headers['x-ms-client-request-id'], id)
  const lines = entries(service.logs).filter(({ reqId }) => reqId === id)
  const ofJob = lines.filter(({ trace_id }) => trace_id === root.traceId)
  t.strictSame(
    ofJob.map(({ msg }) => msg),
    ['model call', 'Ingest job done'],
  )
})

t.test(
  'requests side by side that wait for the model and for connections: no span is in the trace of another',
  async (t) => {
    const service = spawnService({ ...environment, AZURE_MAX_CONCURRENCY: '2', DATABASE_POOL_SIZE: '2' })
    const origin = await service.listening
    fake.setDefault((call, response) => (call.kind === 'detect' ? defect : explains())(call, response))
    const answers = await Promise.all(Array.from({ length: 10 }, () => analyze(origin)))
    t.equal(await service.stop(), 0)
    for (const answer of answers) {
      const { spans } = traceOf(answer.headers.get('x-request-id'))
      const count = (name: string) => spans.filter((span) => span.name === name).length
      t.strictSame(
        [count('model detect'), count('model explain'), count('S3 PutObject'), count('INSERT analyses')],
        [1, 1, 3, 1],
      )
    }
  },
)

t.test('a share of the requests is traced where the sampler says so', async (t) => {
  const before = collector.spans().length
  const sampler = { OTEL_TRACES_SAMPLER: 'parentbased_traceidratio', OTEL_TRACES_SAMPLER_ARG: '0' }
  const service = spawnService({ ...environment, ...sampler })
  const origin = await service.listening
  await analyze(origin)
  t.equal(await service.stop(), 0)
  t.equal(collector.spans().length, before)
})

t.test('a collector that fails or hangs delays nothing, and is told of once', async (t) => {
  for (const status of [400, null]) {
    collector.answer(status)
    const service = spawnService(environment)
    const origin = await service.listening
    for (let request = 0; request < 3; request++) await analyze(origin)
    const started = performance.now()
    t.equal(await service.stop(), 0)
    // The exporter itself would wait for 10 s.
    t.ok(performance.now() - started < 8_000, 'the stop waits 2 s for the collector at most')
    const told = service.logs.filter((line) => line.includes('Cannot send traces'))
    t.equal(told.length, status === null ? 0 : 1)
    t.strictSame(
      service.errors.filter((line) => /OTLP|otlp|Export/.test(line)),
      [],
    )
  }
})
