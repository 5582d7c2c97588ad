import { randomBytes } from 'node:crypto'
import { connect } from 'node:net'
import t from 'tap'
import { startEmbeddedPostgres } from '../../api/database/embedded.ts'
import { startFakeAzure } from '../../fixtures/fake-azure.ts'
import { errorBody, httpError } from '../../fixtures/fake-azure-behaviours.ts'
import { eventually } from '../../fixtures/load.ts'
import { photo, photoForm } from '../../fixtures/photos.ts'
import { spawnService } from '../../fixtures/processes.ts'
import { testFolder } from '../support/service.ts'

/** Log lines and answers of a service with every secret set, over good and bad requests, and without its database. */
const canary = (name: string): string => `canary-${name}-${randomBytes(12).toString('hex')}`
const secrets = { apiKey: canary('api-key'), secretKey: canary('secret-key'), azureKey: canary('azure-key') }

const folder = testFolder()
const databaseFolder = testFolder()
const postgres = await startEmbeddedPostgres(databaseFolder.path)
const password = decodeURIComponent(new URL(postgres.url).password)
const fake = await startFakeAzure({ key: secrets.azureKey })
const service = spawnService({
  ENVIRONMENT: 'test',
  HOST: '127.0.0.1',
  LOG_LEVEL: 'trace',
  DATA_DIR: folder.path,
  DATABASE_URL: postgres.url,
  API_KEY: secrets.apiKey,
  SECRET_KEY: secrets.secretKey,
  AZURE_AI_ENDPOINT: fake.url,
  AZURE_AI_API_KEY: secrets.azureKey,
})
t.teardown(async () => {
  await service.stop()
  await fake.close()
  await postgres.stop()
  folder.remove()
  databaseFolder.remove()
})
const origin = await service.listening

/** Everything that was answered: status line, headers and body. */
const answers: string[] = []
async function ask(
  path: string,
  init: RequestInit = {},
): Promise<{ status: number; body: string; type: string | null }> {
  const response = await fetch(`${origin}${path}`, {
    ...init,
    headers: { 'x-api-key': secrets.apiKey, ...init.headers },
  })
  const body = await response.text()
  answers.push(JSON.stringify([...response.headers]), body)
  return { status: response.status, body, type: response.headers.get('content-type') }
}
const post = (body: RequestInit['body'], headers: Record<string, string> = {}) => ({ method: 'POST', body, headers })
const json = { 'content-type': 'application/json' }

/** A line that a log reader would take for ours, if it got into the log as a line. */
const FORGED = '{"level":50,"msg":"forged"}'
const forgedName = encodeURIComponent(`part\n${FORGED}\r\n.jpg`)

function formWithFileName(jpeg: Buffer, disposition: string): { body: Uint8Array<ArrayBuffer>; type: string } {
  const part = (head: string) => Buffer.from(`--edge\r\nContent-Disposition: form-data; ${head}\r\n\r\n`)
  const line = Buffer.from('\r\n')
  const body = Buffer.concat([
    ...[part('name="product_sku"'), Buffer.from('WK-KN-200'), line],
    ...[part('name="facility"'), Buffer.from('yangjiang'), line],
    ...[
      part(`name="image"; ${disposition}\r\nContent-Type: application/octet-stream`),
      jpeg,
      Buffer.from('\r\n--edge--\r\n'),
    ],
  ])
  return { body: new Uint8Array(body), type: 'multipart/form-data; boundary=edge' }
}

/** Bytes that fetch would not send. Resolves when the service closes the connection. */
const sendRaw = (text: string): Promise<string> =>
  new Promise((resolve, reject) => {
    let answer = ''
    const socket = connect(Number(new URL(origin).port), '127.0.0.1', () => socket.end(text))
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      answer += chunk
    })
    socket.once('error', reject).once('close', () => resolve(answer))
  })

t.test('Valid and invalid requests are logged', async (t) => {
  const analyzed = await ask('/api/v1/analyze', post(photoForm(await photo())))
  t.equal(analyzed.status, 200)
  const session = await ask('/api/v1/session', post(JSON.stringify({ api_key: secrets.apiKey, name: 'Li' }), json))
  t.equal(session.status, 200)
  t.equal((await ask(JSON.parse(analyzed.body).analysis.image_url.replace(origin, ''))).status, 200)

  // The real endpoint repeats the key in its 401.
  fake.script(httpError(401, errorBody('401', `Access denied due to invalid subscription key ${secrets.azureKey}.`)))
  t.equal((await ask('/api/v1/analyze', post(photoForm(await photo())))).status, 502)
  t.equal((await ask('/api/v1/analyze', post(photoForm('no picture')))).status, 415)
  t.equal((await ask('/api/v1/analyze', post('{"image":', json))).status, 400)
  t.equal((await ask(`/api/v1/analyses?api_key=${secrets.apiKey}`)).status, 401)
  t.equal((await ask('/api/v1/analyses', { headers: { 'x-api-key': `${secrets.apiKey}x` } })).status, 401)
  t.equal((await ask('/api/v1/analyses', { headers: { 'x-api-key': secrets.secretKey } })).status, 401)
  const bearer = await fetch(`${origin}/api/v1/analyses`, { headers: { authorization: `Bearer ${secrets.secretKey}` } })
  answers.push(await bearer.text())
  t.equal(bearer.status, 401)
  t.equal((await ask('/api/v1/session', post(`{"api_key":"${secrets.apiKey}"}`, json))).status, 400)
  t.equal((await ask(`/api/v1/nothing?key=${secrets.apiKey}`)).status, 404)
})

t.test('Line ends in file names and paths do not split log lines (L2)', async (t) => {
  for (const disposition of [`filename*=UTF-8''${forgedName}`, `filename="x\n${FORGED}"`, `filename="${forgedName}"`]) {
    const { body, type } = formWithFileName(await photo(), disposition)
    const { status } = await ask('/api/v1/analyze', post(body, { 'content-type': type }))
    t.ok(status === 200 || status === 400, `${status} for ${JSON.stringify(disposition)}`)
  }
  t.equal((await ask(`/api/v1/${forgedName}`)).status, 404)
  answers.push(await sendRaw(`GET /health\n${FORGED} HTTP/1.1\r\nHost: x\r\n\r\n`))
  answers.push(
    await sendRaw(`GET /api/v1/x HTTP/1.1\r\nHost: x\r\nX-Request-Id: a\r\n ${FORGED}\r\nConnection: close\r\n\r\n`),
  )
})

t.test('Without its database the process is alive but not ready, and logs it', async (t) => {
  t.equal((await ask('/ready')).status, 200)
  await postgres.stop()
  t.equal((await ask('/health')).status, 200)
  // An answer of the last second is given again.
  await eventually(async () => (await ask('/ready')).status === 503, 20)
  const ready = await ask('/ready')
  t.match(ready.type, /^application\/problem\+json/)
  t.match(JSON.parse(ready.body), { status: 503, detail: /database/ })
  t.equal((await ask('/api/v1/analyses')).status, 503)
  t.equal((await ask('/api/v1/analyze', post(photoForm(await photo())))).status, 503)
  t.equal((await ask('/health')).status, 200)
})

t.test('Every line of the log is one entry of the service (L2)', async (t) => {
  t.equal(await service.stop(), 0)
  t.ok(service.logs.length > 10, `${service.logs.length} log lines`)
  for (const line of service.logs) {
    const entry = JSON.parse(line)
    t.type(entry.level, 'number', line.slice(0, 200))
    t.not(entry.msg, 'forged')
  }
  const all = [...service.logs, ...service.errors, ...answers].join('\n')
  for (const [name, secret] of Object.entries({ ...secrets, password })) {
    t.notOk(all.includes(secret), `${name} is in no log line and in no answer`)
  }
})
