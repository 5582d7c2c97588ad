import { once } from 'node:events'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { openClient } from '../../api/database/connection.ts'
import { openDatabase } from '../../api/database/database.ts'
import { grantApiRole } from '../../api/database/roles.ts'
import { auditWriter } from '../../api/features/audit/writer.ts'
import { eventually } from '../../fixtures/load.ts'
import { photo, photoForm } from '../../fixtures/photos.ts'
import { createPostgres } from '../../fixtures/postgres.ts'
import { spawnService } from '../../fixtures/processes.ts'
import { scriptedAnalyzer } from '../support/analyzers.ts'
import { analysisOf, bodyOf } from '../support/http.ts'
import { startService, testFolder } from '../support/service.ts'

const ADMIN = 'admin-key-for-the-tests-0123456789'
const postgres = await createPostgres()
await postgres.start()
const folder = testFolder()
t.teardown(async () => {
  await postgres.remove()
  folder.remove()
})

interface Row {
  endpoint: string | null
  method: string | null
  ip: string | null
  status: number
  request_id: string | null
  caller: string
  person: string | null
  calls: number
}

const rows = (where = 'true') =>
  postgres.query<Row>(
    `select endpoint, method, host(ip_address) as ip, response_code as status, request_id, caller, person, calls
     from audit_log where ${where} order by timestamp, id`,
  )

t.test('writes one row per call, and sums refusals', async (t) => {
  const env = { API_KEY: ADMIN, DATABASE_URL: postgres.url, TRUSTED_PROXY_HOPS: '1', RATE_LIMIT_PER_IP: '5' }
  let answering: () => void = () => undefined
  const asked = new Promise<void>((done) => {
    answering = done
  })
  const analyzer = scriptedAnalyzer()
  const service = await startService(env, { analyzer })
  t.teardown(() => service.close())
  const get = (path: string, headers: Record<string, string> = {}) =>
    fetch(service.url + path, { headers: { 'x-forwarded-for': '10.0.0.1', ...headers } }).then(async (response) => {
      await response.arrayBuffer()
      return response.status
    })
  const post = (path: string, body: FormData | object, headers: Record<string, string>) =>
    fetch(`${service.url}/api/v1${path}`, {
      method: 'POST',
      // A connection that fetch opens early and never uses would delay the close.
      headers: { 'x-forwarded-for': '10.0.0.2', connection: 'close', ...headers },
      ...(body instanceof FormData ? { body } : { body: JSON.stringify(body) }),
    })
  const json = { 'content-type': 'application/json' }
  const admin = { 'x-api-key': ADMIN }

  const { key, id } = await bodyOf<{ key: string; id: string }>(
    await post('/keys', { scopes: ['read'] }, { ...admin, ...json }),
  )
  const { token } = await bodyOf<{ token: string }>(await post('/session', { api_key: key, name: 'Mei\0 Lam' }, json))
  const analysis = await analysisOf(await post('/analyze', photoForm(await photo()), admin))
  t.equal(await get(`/api/v1/analyses/${analysis.defect_id}?x=canary`, { authorization: `Bearer ${token}` }), 200)
  t.equal(await get(new URL(analysis.image_url).pathname + new URL(analysis.image_url).search), 200)
  t.equal(await get('/api/v1/canary/path', { 'x-request-id': 'camera-7.42', ...admin }), 404)
  for (const path of ['/health', '/ready', '/docs/', '/openapi.json']) await get(path)
  t.equal((await post('/analyze', photoForm('this is no picture'), admin)).status, 415)
  t.equal((await post('/analyze', photoForm(await photo()), { 'x-api-key': key })).status, 403)
  for (let i = 0; i < 9; i++) await get('/api/v1/stats', { 'x-forwarded-for': '10.0.0.3', 'x-api-key': `wrong-${i}` })
  for (let i = 0; i < 3; i++) await get('/api/v1/stats', { 'x-forwarded-for': `2001:db8::${i + 1}` })
  t.equal(await get('/api/v1/facilities', { 'x-forwarded-for': 'not-an-address' }), 200)
  await fetch(`${service.url}/api/v1/stats`, {
    method: 'OPTIONS',
    headers: { origin: 'https://a.example', 'access-control-request-method': 'GET' },
  })

  // A client that disconnects during the analysis.
  analyzer.answer = async (input) => {
    answering()
    await once(input.signal, 'abort')
    throw input.signal.reason
  }
  const gone = new AbortController()
  const left = fetch(`${service.url}/api/v1/analyze`, {
    method: 'POST',
    body: photoForm(await photo()),
    headers: { ...admin, 'x-forwarded-for': '10.0.0.4' },
    signal: gone.signal,
  })
  await asked
  gone.abort()
  await t.rejects(left)

  await eventually(async () => (await rows("host(ip_address) = '10.0.0.4'")).length > 0, 60)
  t.notSame(await rows(), [], 'rows are written while the service runs')
  await service.close()
  const all = await rows()
  const has = (row: Partial<Row>, message: string) => {
    const found = all.filter((one) => Object.entries(row).every(([name, value]) => one[name as keyof Row] === value))
    t.equal(found.length, 1, message)
  }
  const one = { calls: 1 }
  has(
    { endpoint: '/api/v1/keys', method: 'POST', status: 201, caller: 'admin', person: null, ip: '10.0.0.2', ...one },
    'key',
  )
  has({ endpoint: '/api/v1/session', status: 200, caller: `key:${id}`, person: 'Mei Lam', ...one }, 'sign-in')
  has({ endpoint: '/api/v1/analyze', status: 200, caller: 'admin', ...one }, 'analysis')
  has(
    { endpoint: '/api/v1/analyses/:defect_id', status: 200, caller: `key:${id}`, person: 'Mei Lam', ...one },
    'reading',
  )
  has(
    { endpoint: '/api/v1/analyses/:defect_id/image', status: 200, caller: 'image-link', ip: '10.0.0.1', ...one },
    'picture',
  )
  has({ endpoint: 'unknown', status: 404, request_id: 'camera-7.42', caller: 'admin', ...one }, 'unknown route')
  has({ endpoint: '/api/v1/analyze', status: 499, ip: '10.0.0.4', ...one }, 'hung up')
  has({ endpoint: '/api/v1/facilities', status: 200, ip: null, caller: 'anonymous', ...one }, 'an address that is none')
  has({ endpoint: null, method: null, status: 401, ip: '10.0.0.3', request_id: null, calls: 5 }, 'wrong keys')
  has({ endpoint: null, method: null, status: 429, ip: '10.0.0.3', calls: 4 }, 'over the limit')
  has({ status: 401, ip: '2001:db8::', calls: 3 }, 'an IPv6 network counts as one address')
  has({ endpoint: '/openapi.json', status: 200, caller: 'anonymous', ...one }, 'the document')
  t.equal(all.length, 14, 'no rows for probes, documentation or preflights')
  t.notMatch(JSON.stringify(all), /canary/)

  t.test('refused photos, refused callers and rate limits are in the log and the audit log (L4)', async (t) => {
    has({ endpoint: '/api/v1/analyze', status: 415, caller: 'admin', ...one }, 'refused photo')
    has({ endpoint: '/api/v1/analyze', status: 403, caller: `key:${id}`, ...one }, 'missing scope')
    t.equal(
      all.filter(({ status }) => status === 401).reduce((sum, { calls }) => sum + calls, 0),
      8,
    )
    t.equal(
      all.filter(({ status }) => status === 429).reduce((sum, { calls }) => sum + calls, 0),
      4,
    )
    const lines = service.logs.map((line) => JSON.parse(line) as { msg?: string; status?: number })
    for (const [status, times] of [
      [401, 8],
      [403, 1],
      [415, 1],
      [429, 4],
    ]) {
      t.equal(
        lines.filter((line) => line.msg === 'request refused' && line.status === status).length,
        times,
        `${status}`,
      )
    }
  })
})

t.test('loses no row on SIGTERM', async (t) => {
  const service = spawnService({
    ENVIRONMENT: 'test',
    DATA_DIR: folder.path,
    DATABASE_URL: postgres.url,
    API_KEY: ADMIN,
    HOST: '127.0.0.1',
    RATE_LIMIT_PER_IP: '100000',
    LOG_LEVEL: 'warn',
  })
  t.teardown(() => service.stop())
  const origin = await service.listening
  const before = (await rows("endpoint = '/api/v1/facilities'")).length
  const ask = () => fetch(`${origin}/api/v1/facilities`).then((response) => response.arrayBuffer())
  for (let i = 0; i < 10; i++) await Promise.all(Array.from({ length: 50 }, ask))
  // One call is still being sent when the signal arrives.
  const { hostname, port } = new URL(origin)
  const socket = connect(Number(port), hostname)
  const head = `POST /api/v1/shift-report HTTP/1.1\r\nHost: x\r\nX-API-Key: ${ADMIN}\r\nContent-Type: application/json\r\nContent-Length: 15\r\n\r\n{"analyses"`
  socket.write(head)
  await sleep(200)
  service.process.kill('SIGTERM')
  await sleep(300)
  socket.write(':[]}')
  let answer = ''
  for await (const chunk of socket) answer += chunk
  t.match(answer, /^HTTP\/1.1 200 /)
  t.equal(await service.exited, 0)
  t.equal((await rows("endpoint = '/api/v1/facilities'")).length - before, 500)
  t.equal((await rows("endpoint = '/api/v1/shift-report'")).length, 1)
})

t.test('buffers rows up to a limit while the database is down, and counts dropped ones', async (t) => {
  const owner = await openClient({ connectionString: postgres.url })
  await grantApiRole(owner, 'wiko_api')
  await owner.query("alter role wiko_api password 'for-this-test'")
  await owner.query('truncate audit_log')
  await owner.end()
  const url = new URL(postgres.url)
  url.username = 'wiko_api'
  url.password = 'for-this-test'
  const said: object[] = []
  const log = {
    info: () => undefined,
    warn: (detail: object) => void said.push(detail),
    error: (detail: object) => void said.push(detail),
  }
  const options = {
    databaseUrl: url.href,
    databaseIam: false,
    databasePoolSize: 2,
    awsRegion: '',
    dataDir: folder.path,
    migrate: null,
  }
  const database = await openDatabase(options, log)
  t.teardown(() => database.close())
  const writer = auditWriter(database.db, log)
  const add = (requestId: string, apiKeyId: string | null = null) =>
    writer.add({ requestId, apiKeyId, endpoint: '/x', method: 'GET', responseCode: 200, caller: 'admin' })

  for (let i = 0; i < 250; i++) add('before')
  await eventually(async () => (await rows()).length >= 250, 60)
  await postgres.stop()
  for (let i = 0; i < 10_100; i++) add('away')
  await eventually(() => said.some((detail) => 'waiting' in detail && detail.waiting === 10_000), 60)
  await postgres.start()
  add('refused', '00000000-0000-4000-8000-000000000000')
  await writer.close()
  t.equal((await rows("request_id = 'before'")).length, 250)
  t.equal((await rows("request_id = 'away'")).length, 10_000)
  const dropped = said.map((detail) => ('dropped' in detail ? Number(detail.dropped) : 0))
  t.ok(dropped.reduce((sum, count) => sum + count, 0) >= 100, 'the rest is in the log')
})

t.test('a row that PostgreSQL rejects does not block the others', async (t) => {
  const said: object[] = []
  const log = {
    info: () => undefined,
    warn: (detail: object) => void said.push(detail),
    error: (detail: object) => void said.push(detail),
  }
  const options = {
    databaseUrl: postgres.url,
    databaseIam: false,
    databasePoolSize: 2,
    awsRegion: '',
    dataDir: folder.path,
    migrate: null,
  }
  const database = await openDatabase(options, log)
  t.teardown(() => database.close())
  const writer = auditWriter(database.db, log)
  for (const apiKeyId of [null, '00000000-0000-4000-8000-000000000000', null]) {
    writer.add({ requestId: 'beside', apiKeyId, endpoint: '/x', method: 'GET', responseCode: 200, caller: 'admin' })
  }
  await writer.close()
  t.equal((await rows("request_id = 'beside'")).length, 2)
  t.match(said, [{ request_id: 'beside', reason: /foreign key/ }])
})
