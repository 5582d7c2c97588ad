import { randomBytes, randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import t from 'tap'
import { openClient } from '../../api/database/connection.ts'
import { startEmbeddedPostgres } from '../../api/database/embedded.ts'
import { canary, leaksIn } from '../../fixtures/canaries.ts'
import { startFakeAzure } from '../../fixtures/fake-azure.ts'
import {
  errorBody,
  explains,
  finds,
  garbage,
  httpError,
  reset,
  serverError,
} from '../../fixtures/fake-azure-behaviours.ts'
import { eventually } from '../../fixtures/load.ts'
import { installMoto, startMoto } from '../../fixtures/moto.ts'
import { photo, photoForm } from '../../fixtures/photos.ts'
import { spawnService } from '../../fixtures/processes.ts'
import { startRedis } from '../../fixtures/redis.ts'
import { startCollector } from '../support/collector.ts'
import { testFolder } from '../support/service.ts'

/**
 * A service with a different secret in every place, driven through all its routes, well and badly, with each of its dependencies failing in
 * turn. What it writes, sends and stores is then searched for all of them, and for bytes of the pictures.
 */
const reason = await installMoto()
if (reason !== null) {
  t.plan(0, reason)
  process.exit(0)
}

const secrets: Record<string, string> = {
  API_KEY: canary('api-key'),
  SECRET_KEY: canary('secret-key'),
  AZURE_AI_API_KEY: canary('azure-key'),
  'password of Redis': canary('redis'),
  'password of the database': canary('database'),
  WEBHOOK_SECRET: randomBytes(32).toString('base64').replace(/=+$/, ''),
  AWS_SECRET_ACCESS_KEY: canary('aws'),
}
/** Issued by the service: each may stand in the answer that issued it, and nowhere else. */
const issued: Record<string, string> = {}

const folder = testFolder()
const postgresFolder = testFolder()
const postgres = await startEmbeddedPostgres(postgresFolder.path)
const owner = await openClient({ connectionString: postgres.url })
await owner.query(`create role canary login superuser password '${secrets['password of the database']}'`)
const databaseUrl = new URL(postgres.url)
databaseUrl.username = 'canary'
databaseUrl.password = secrets['password of the database'] ?? ''
const redis = await startRedis(['--requirepass', secrets['password of Redis'] ?? ''])
const moto = await startMoto()
const fake = await startFakeAzure({ key: secrets.AZURE_AI_API_KEY })
const collector = await startCollector()
const signatures: string[] = []
let receiverAnswers = 500
const receiver = createServer((request, response) => {
  signatures.push(String(request.headers['webhook-signature']))
  response.writeHead(receiverAnswers).end(`no ${request.headers['webhook-signature']}`)
  receiverAnswers = 200
})
await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
await moto.createBucket('wiko-images')

const service = spawnService({
  ENVIRONMENT: 'test',
  HOST: '127.0.0.1',
  LOG_LEVEL: 'trace',
  METRICS: 'stdout',
  DATA_DIR: folder.path,
  DATABASE_URL: databaseUrl.href,
  REDIS_URL: redis.url.replace('redis://', `redis://:${secrets['password of Redis']}@`),
  API_KEY: secrets.API_KEY ?? '',
  SECRET_KEY: secrets.SECRET_KEY ?? '',
  AZURE_AI_ENDPOINT: fake.url,
  AZURE_AI_API_KEY: secrets.AZURE_AI_API_KEY ?? '',
  WEBHOOK_URL: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/events`,
  WEBHOOK_SECRET: `whsec_${secrets.WEBHOOK_SECRET}=`,
  IMAGES_BUCKET: 'wiko-images',
  AWS_ENDPOINT_URL: moto.url,
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'x',
  AWS_SECRET_ACCESS_KEY: secrets.AWS_SECRET_ACCESS_KEY ?? '',
  OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
  RATE_LIMIT_PER_KEY: '100000',
})
t.teardown(async () => {
  await service.stop().catch(() => undefined)
  await owner.end().catch(() => undefined)
  receiver.close()
  await Promise.all([fake.close(), collector.close(), moto.stop(), postgres.stop(), redis.stop()])
  folder.remove()
  postgresFolder.remove()
})
const origin = await service.listening

interface Answered {
  what: string
  status: number
  text: string
}
/** All answers but pictures. */
const answers: Answered[] = []
async function ask(method: string, path: string, body?: RequestInit['body'], headers: Record<string, string> = {}) {
  const init = { method, headers: { 'x-api-key': secrets.API_KEY ?? '', ...headers }, ...(body ? { body } : {}) }
  const response = await fetch(`${origin}${path}`, init)
  const bytes = Buffer.from(await response.arrayBuffer())
  const isPicture = /^image\//.test(response.headers.get('content-type') ?? '')
  const text = `${JSON.stringify([...response.headers])}\n${isPicture ? '' : bytes}`
  answers.push({ what: `${method} ${path}`, status: response.status, text })
  return { status: response.status, json: <T>() => JSON.parse(bytes.toString()) as T }
}
const json = { 'content-type': 'application/json' }
const post = (path: string, body: unknown) => ask('POST', path, JSON.stringify(body), json)
const pictures: Buffer[] = []
async function upload(
  path = '/api/v1/analyze',
  fields: Record<string, string> = {},
  headers: Record<string, string> = {},
) {
  const bytes = await photo()
  pictures.push(bytes)
  const form = photoForm(bytes, { product_sku: 'WK-KN-200', facility: 'yangjiang', ...fields })
  return ask('POST', path, form, headers)
}
const critical = () =>
  fake.script(finds([{ defect_type: 'rust_spot', severity: 'critical', confidence: 0.97 }]), explains())

async function until(what: string, done: () => boolean | Promise<boolean>): Promise<void> {
  await eventually(done, 60).catch(() => {
    throw new Error(`waited for ${what}`)
  })
}

t.test('all routes, well', async (t) => {
  critical()
  const analyzed = await upload('/api/v1/analyze', { part_id: 'part-1' })
  t.equal(analyzed.status, 200)
  const { analysis } = analyzed.json<{ analysis: { image_url: string } }>()
  // The last parameter of the address is its signature.
  issued['signature of an image'] = [...new URL(analysis.image_url, origin).searchParams.values()].at(-1) ?? ''
  t.ok((issued['signature of an image'] ?? '').length > 16, analysis.image_url)
  t.equal((await ask('GET', analysis.image_url.replace(origin, ''))).status, 200)

  const session = await post('/api/v1/session', { api_key: secrets.API_KEY, name: 'Li' })
  issued['token of a session'] = session.json<{ token: string }>().token
  const bearer = { 'x-api-key': '', authorization: `Bearer ${issued['token of a session']}` }
  t.equal((await ask('GET', '/api/v1/defects', undefined, bearer)).status, 200)

  const created = await post('/api/v1/keys', { description: 'line camera' })
  t.equal(created.status, 201)
  const { id, key } = created.json<{ id: string; key: string }>()
  issued['API key'] = key
  t.equal((await ask('GET', '/api/v1/stats', undefined, { 'x-api-key': key })).status, 200)
  const rotated = await post(`/api/v1/keys/${id}/rotate`, { overlap_hours: 1 })
  issued['API key after its rotation'] = rotated.json<{ key: string }>().key
  t.equal(
    (await ask('GET', '/api/v1/stats', undefined, { 'x-api-key': issued['API key after its rotation'] ?? '' })).status,
    200,
  )
  t.equal((await ask('GET', '/api/v1/keys')).status, 200)

  const sent = await upload('/api/v1/ingest')
  t.equal(sent.status, 202)
  const { image_id } = sent.json<{ image_id: string }>()
  await until('the job', async () => {
    const { status } = (await ask('GET', `/api/v1/ingest/${image_id}`)).json<{ status: string }>()
    return status === 'done'
  })
  await until('the webhook, tried again', () => signatures.length >= 2)
  issued['signature of a webhook'] = signatures[0]?.split(',').at(-1) ?? ''
  t.ok((issued['signature of a webhook'] ?? '').length > 16)
})

t.test('all routes, badly', async (t) => {
  const { paths } = (await ask('GET', '/openapi.json')).json<{ paths: Record<string, Record<string, object>> }>()
  const picture = await photo()
  pictures.push(picture)
  for (const [path, methods] of Object.entries(paths)) {
    for (const method of Object.keys(methods).map((name) => name.toUpperCase())) {
      const url = path.replaceAll(/\{\w+\}/g, randomUUID())
      const bodies = /GET|HEAD/.test(method)
        ? [undefined]
        : ['{"broken', JSON.stringify({ image: picture.toString('base64'), x: secrets })]
      for (const body of bodies) {
        const { status } = await ask(method, url, body, body ? json : {})
        t.ok(status < 500, `${method} ${path}: ${status}`)
      }
      await ask(method, `${url}?api_key=${secrets.API_KEY}&signature=${issued['signature of an image']}`)
      await ask(method, url, undefined, { 'x-api-key': secrets.SECRET_KEY ?? '' })
      await ask(method, url, undefined, { 'x-api-key': '', authorization: `Bearer ${secrets.AZURE_AI_API_KEY}` })
    }
  }
  t.equal((await upload('/api/v1/analyze', { facility: secrets.SECRET_KEY ?? '' })).status, 400)
  const cut = picture.subarray(0, picture.length / 2)
  t.equal((await ask('POST', '/api/v1/analyze', photoForm(cut))).status, 422)
})

t.test('with each dependency failing', async (t) => {
  // The real endpoint repeats the key in its 401.
  const denied = errorBody('401', `Access denied due to invalid subscription key ${secrets.AZURE_AI_API_KEY}.`)
  fake.script(httpError(401, denied))
  t.equal((await upload()).status, 502)
  for (const fault of [serverError, reset, garbage('text/html')]) {
    fake.setDefault(fault)
    const { status } = await upload()
    t.ok([502, 503].includes(status), `the model fails: ${status}`)
  }
  fake.setDefault((call, response) => (call.kind === 'detect' ? finds([]) : explains())(call, response))
  await redis.stop()
  t.equal((await ask('GET', '/api/v1/defects')).status, 200)
  await moto.stop()
  const withoutS3 = await upload()
  t.ok(withoutS3.status >= 500, `S3 is away: ${withoutS3.status}`)
  await owner.end()
  await postgres.stop()
  for (const path of ['/api/v1/defects', '/api/v1/stats', '/api/v1/keys', '/ready']) {
    t.equal((await ask('GET', path)).status, 503, path)
  }
  t.equal((await upload()).status, 503)
})

/** Of the middle of a picture, as it would stand in a text: 24 bytes are enough to know it by. */
const bytesOf = (name: string, bytes: Buffer): [string, string] => {
  const middle = Math.floor(bytes.length / 6) * 3
  return [name, bytes.subarray(middle, middle + 24).toString('base64')]
}

t.test('L1 no secret and no byte of a picture in logs, traces, metrics and answers', async (t) => {
  await service.stop()
  const sentPictures = fake.calls.flatMap(({ body }) => {
    const text = JSON.stringify(body.input ?? '')
    const data = /base64,([A-Za-z0-9+/]+)/.exec(text)?.[1]
    return data ? [Buffer.from(data, 'base64')] : []
  })
  t.ok(sentPictures.length > 0 && pictures.length > 0)
  const images = Object.fromEntries([
    ...pictures.map((bytes, index) => bytesOf(`upload ${index}`, bytes)),
    ...sentPictures.map((bytes, index) => bytesOf(`picture for the model ${index}`, bytes)),
  ])
  const written = {
    'standard output': service.logs.join('\n'),
    'standard error': service.errors.join('\n'),
    traces: collector.bodies.join('\n'),
  }
  t.ok(written['standard output'].length > 10_000)
  t.ok(collector.spans().length > 50)
  for (const [where, text] of Object.entries(written)) {
    t.strictSame(leaksIn(text, { ...secrets, ...issued }), [], where)
    const found = Object.entries(images).filter(([, slice]) => text.includes(slice))
    t.strictSame(
      found.map(([name]) => name),
      [],
      `pictures in ${where}`,
    )
  }
  for (const { what, status, text } of answers) {
    const { 'signature of an image': signature = '', ...others } = issued
    const own = /^POST \/api\/v1\/(session|keys)/.test(what) && status < 300 ? {} : others
    // A signed address is part of each analysis, so of good answers only.
    const leaks = leaksIn(text, { ...secrets, ...own, ...(status < 400 ? {} : { signature }) })
    const found = Object.values(images).some((slice) => text.includes(slice))
    if (leaks.length > 0 || found) t.fail(`${what} (${status}) holds ${leaks.join() || 'a picture'}`)
  }
})

t.test('A2 an error says what is wrong, and nothing of the inside', async (t) => {
  const errors = answers.filter(({ status }) => status >= 400)
  t.ok(errors.length > 50)
  const inside =
    /\bat .*:\d+:\d+|node_modules|\bselect\b.*\bfrom\b|insert into|\/work\/|file:\/\/|127\.0\.0\.1:|wiko-images|relation "|pg_|redis/i
  for (const { what, status, text } of errors) {
    if (inside.test(text)) t.fail(`${what} (${status}): ${inside.exec(text)?.[0]} in ${text.slice(0, 600)}`)
    if (!/^(HEAD)/.test(what) && !text.includes('application/problem+json'))
      t.fail(`${what} (${status}) is no problem document: ${text}`)
  }
})

t.test('L1 no secret in the audit log', async (t) => {
  const again = await startEmbeddedPostgres(postgresFolder.path)
  const client = await openClient({ connectionString: again.url })
  const { rows } = await client.query('select * from audit_log')
  await client.end()
  await again.stop()
  t.ok(rows.length > 10, `${rows.length} rows`)
  t.strictSame(leaksIn(JSON.stringify(rows), { ...secrets, ...issued }), [])
})
