import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { Webhook } from 'standardwebhooks'
import t from 'tap'
import { loadConfig } from '../../api/config/config.ts'
import { photo, photoForm } from '../../fixtures/photos.ts'
import { resultOf, rust, scriptedAnalyzer } from '../support/analyzers.ts'
import { analysisOf } from '../support/http.ts'
import { startService } from '../support/service.ts'

const SECRET = `whsec_${Buffer.from('a secret of the test, 32 bytes !').toString('base64')}`

interface Delivery {
  path: string
  headers: IncomingHttpHeaders
  body: string
}

/** A webhook receiver that answers with these statuses in turn, then with 204. */
const deliveries: Delivery[] = []
const answers: number[] = []
const receiver = createServer(async (request, response) => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  deliveries.push({ path: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks).toString() })
  response.writeHead(answers.shift() ?? 204, { location: '/elsewhere' }).end()
})
await new Promise<void>((done) => receiver.listen(0, '127.0.0.1', done))
const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`
const analyzer = scriptedAnalyzer(() => resultOf([rust]))
const service = await startService(
  { WEBHOOK_URL: url, WEBHOOK_SECRET: SECRET, RATE_LIMIT_PER_IP: '100000' },
  { analyzer },
)
t.teardown(async () => {
  await service.close()
  receiver.close()
})

const analyze = async (fields: Record<string, string> = {}) =>
  analysisOf(
    await fetch(`${service.url}/api/v1/analyze`, {
      method: 'POST',
      body: photoForm(await photo(), { product_sku: 'WK-KN-200', facility: 'yangjiang', ...fields }),
    }),
  )
const arrived = async (count: number): Promise<void> => {
  while (deliveries.length < count) await sleep(50)
}
const idle = async (): Promise<void> => {
  const open = "select 1 from pgboss.job where name = 'events' and state in ('created', 'retry', 'active')"
  while ((await service.database.pool.query(open)).rowCount !== 0) await sleep(50)
}

t.test('retries the signed delivery of a critical verdict until the receiver accepts it', async (t) => {
  answers.push(500, 302)
  const analysis = await analyze({ part_id: 'P-1', station: 'S-9' })
  await arrived(3)
  await idle()
  t.equal(deliveries.length, 3, 'refused, redirected, accepted')
  for (const { path, headers, body } of deliveries) {
    t.equal(path, '/hook', 'a redirect is not followed')
    t.equal(headers['webhook-id'], deliveries[0]?.headers['webhook-id'], 'every attempt has the same id')
    const event = new Webhook(SECRET).verify(body, headers as Record<string, string>)
    t.match(event, {
      type: 'analysis.critical',
      timestamp: /^\d{4}-.*Z$/,
      data: {
        defect_id: analysis.defect_id,
        part_id: 'P-1',
        station: 'S-9',
        defect_type: 'rust_spot',
        severity: 'critical',
      },
    })
    t.notMatch(body, /image_url|signature=|whsec_/)
    t.throws(() => new Webhook(SECRET).verify(`${body} `, headers as Record<string, string>))
  }
})

t.test('sends one event per part and day, and none for verdicts that are not critical', async (t) => {
  const before = deliveries.length
  await analyze({ part_id: 'P-1' })
  analyzer.answer = () => resultOf([{ ...rust, defect_type: 'blade_scratch', severity: 'major' }])
  await analyze({ part_id: 'P-2' })
  analyzer.answer = () => resultOf([rust])
  await idle()
  t.equal(deliveries.length, before)
  await analyze({ part_id: 'P-1', product_sku: 'WK-KN-150' })
  await analyze()
  await analyze()
  await idle()
  t.equal(deliveries.length, before + 3, 'the same part id of another product, and two photos without a part id')

  await service.database.pool.query(`update events set created_at = now() - interval '25 hours'`)
  await analyze({ part_id: 'P-1' })
  await idle()
  t.equal(deliveries.length, before + 4, 'a part id that is reused on the next day')
})

t.test('writes a verdict and its event in one transaction', async (t) => {
  const { pool } = service.database
  const rows = async () => (await pool.query('select 1 from analyses')).rowCount
  const before = await rows()
  await pool.query('alter table events rename to events_away')
  const response = await fetch(`${service.url}/api/v1/analyze`, { method: 'POST', body: photoForm(await photo()) })
  await pool.query('alter table events_away rename to events')
  t.equal(response.status, 500)
  t.equal(await rows(), before)
})

t.test(
  'a result that is void before its event is delivered raises none, and keeps none of the same part back',
  async (t) => {
    const before = deliveries.length
    answers.push(500)
    const { defect_id } = await analyze({ part_id: 'P-7' })
    await arrived(before + 1)
    const voided = await fetch(`${service.url}/api/v1/analyses/${defect_id}/reviews`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ kind: 'void', person: 'Mei', comment: 'Test shot' }),
    })
    t.equal(voided.status, 201)
    await idle()
    t.equal(deliveries.length, before + 1, 'after the refusal it was not sent again')

    const next = await analyze({ part_id: 'P-7' })
    await idle()
    t.equal(deliveries.length, before + 2)
    t.match(JSON.parse(deliveries.at(-1)?.body ?? ''), { data: { defect_id: next.defect_id } })
  },
)

t.test('sends events for ingested photos as well', async (t) => {
  const before = deliveries.length
  await fetch(`${service.url}/api/v1/ingest`, { method: 'POST', body: photoForm(await photo()) })
  await arrived(before + 1)
  t.match(JSON.parse(deliveries.at(-1)?.body ?? ''), { type: 'analysis.critical' })
})

t.test('writes no events without a configured receiver', async (t) => {
  const silent = await startService({}, { analyzer })
  t.teardown(() => silent.close())
  await fetch(`${silent.url}/api/v1/analyze`, { method: 'POST', body: photoForm(await photo()) })
  t.equal((await silent.database.pool.query('select 1 from events')).rowCount, 0)
  t.equal((await silent.database.pool.query('select 1 from pgboss.job')).rowCount, 0)
})

t.test('validates the settings of webhook and topic', async (t) => {
  const production = { ENVIRONMENT: 'production', WEBHOOK_SECRET: SECRET }
  t.throws(() => loadConfig({ ...production, WEBHOOK_URL: 'http://hooks.example' }), /WEBHOOK_URL must/)
  t.throws(() => loadConfig({ WEBHOOK_URL: 'https://hooks.example' }), /WEBHOOK_SECRET must be set/)
  t.throws(() => loadConfig({ WEBHOOK_URL: 'https://hooks.example', WEBHOOK_SECRET: 'short' }), /WEBHOOK_SECRET must/)
  t.throws(() => loadConfig({ EVENTS_TOPIC_ARN: 'topic' }), /EVENTS_TOPIC_ARN must/)
  t.match(loadConfig({ WEBHOOK_URL: 'https://hooks.example', WEBHOOK_SECRET: SECRET }).webhook, { secret: SECRET })
})
