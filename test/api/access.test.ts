import { randomBytes } from 'node:crypto'
import t from 'tap'
import { hashApiKey } from '../../api/platform/http/secrets.ts'
import { apiKeys } from '../../drizzle/schema.ts'
import { eventually } from '../../fixtures/load.ts'
import { photo, photoForm } from '../../fixtures/photos.ts'
import { scriptedAnalyzer } from '../support/analyzers.ts'
import { analysisOf, bodyOf } from '../support/http.ts'
import { startService } from '../support/service.ts'

const ADMIN = 'admin-key-for-the-tests-0123456789'

t.test('with API_KEY set', async (t) => {
  const analyzer = scriptedAnalyzer()
  const service = await startService(
    {
      API_KEY: ADMIN,
      HOST: '127.0.0.1',
      TRUSTED_PROXY_HOPS: '1',
      RATE_LIMIT_PER_IP: '60/minute',
      RATE_LIMIT_PER_KEY: '200',
    },
    { analyzer },
  )
  t.teardown(() => service.close())
  let client = 0
  /** A client address of its own, as the proxy in front would tell it. */
  const from = () => ({ 'x-forwarded-for': `10.1.${Math.floor(client / 250)}.${client++ % 250}` })
  const get = (path: string, headers: Record<string, string> = {}) =>
    fetch(service.url + path, { headers: { ...from(), ...headers } })

  t.test('health and the vocabulary need no key, all else does', async (t) => {
    for (const path of ['/health', '/api/v1/defect-types', '/api/v1/production-stages', '/api/v1/facilities']) {
      t.equal((await get(path)).status, 200, path)
    }
    for (const path of [
      '/api/v1/stats',
      '/api/v1/defects',
      '/api/v1/analyses',
      '/api/v1/analyses.csv',
      '/api/v1/products',
    ]) {
      const response = await get(path)
      t.equal(response.status, 401, path)
      t.match(response.headers.get('content-type'), /problem\+json/)
    }
    const refused = await fetch(`${service.url}/api/v1/analyze`, {
      method: 'POST',
      body: photoForm(await photo()),
      headers: from(),
    })
    t.equal(refused.status, 401)
    t.equal(analyzer.inputs.length, 0)
  })

  t.test('the right key, a wrong key, a key in the query', async (t) => {
    t.equal((await get('/api/v1/stats', { 'x-api-key': ADMIN })).status, 200)
    t.equal((await get('/api/v1/stats', { 'x-api-key': `${ADMIN}x` })).status, 401)
    const inQuery = await get(`/api/v1/stats?api_key=${ADMIN}`)
    t.equal(inQuery.status, 401)
    t.match(await inQuery.json(), { detail: /query string/ })
    t.equal((await get(`/api/v1/stats?api_key=${ADMIN}`, { 'x-api-key': ADMIN })).status, 401)
    t.notOk(
      service.logs.some((line) => line.includes(ADMIN)),
      'no key in the log',
    )
  })

  t.test('a key of the table has its own limit, and ends when it is revoked', async (t) => {
    const key = randomBytes(32).toString('base64url')
    const [row] = await service.database.db
      .insert(apiKeys)
      .values({ keyHash: hashApiKey(key), rateLimit: 3 })
      .returning()
    const statuses: number[] = []
    for (let i = 0; i < 4; i++) statuses.push((await get('/api/v1/stats', { 'x-api-key': key })).status)
    t.strictSame(statuses, [200, 200, 200, 429])
    // Written beside the answers.
    await eventually(async () => (await service.database.db.select().from(apiKeys))[0]?.lastUsedAt instanceof Date)
    const revoked = randomBytes(32).toString('base64url')
    await service.database.db.insert(apiKeys).values({ keyHash: hashApiKey(revoked), isActive: false })
    t.equal((await get('/api/v1/stats', { 'x-api-key': revoked })).status, 401)
    t.ok(row)
  })

  t.test('a session stands for its key and carries the name', async (t) => {
    const signIn = (body: object) =>
      fetch(`${service.url}/api/v1/session`, {
        method: 'POST',
        headers: { ...from(), 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
    t.equal((await signIn({ api_key: 'wrong-key-wrong-key', name: 'Mei' })).status, 401)
    t.equal((await signIn({ name: 'Mei' })).status, 401)
    t.equal((await signIn({ api_key: ADMIN })).status, 400)
    t.equal((await signIn({ api_key: ADMIN, name: '  ' })).status, 400)
    const response = await signIn({ api_key: ADMIN, name: 'Mei' })
    t.equal(response.status, 200)
    type Begun = { token: string; expires_at: string; expires_in: number; scopes: string[] }
    const { token, expires_at, expires_in, scopes } = await bodyOf<Begun>(response)
    const hours = (Date.parse(expires_at) - Date.now()) / 3_600_000
    t.ok(hours > 11.9 && hours <= 12)
    t.ok(expires_in > 43_140 && expires_in <= 43_200, 'whole seconds; one may have begun')
    t.same(scopes, ['analyse', 'read', 'admin'])
    t.equal((await get('/api/v1/stats', { authorization: `Bearer ${token}` })).status, 200)
    const [header, , signature] = token.split('.')
    const forged = Buffer.from(JSON.stringify({ sub: 'admin', exp: 4e9 })).toString('base64url')
    t.equal((await get('/api/v1/stats', { authorization: `Bearer ${header}.${forged}.${signature}` })).status, 401)
    const none = Buffer.from('{"alg":"none"}').toString('base64url')
    t.equal((await get('/api/v1/stats', { authorization: `Bearer ${none}.${forged}.` })).status, 401)
  })

  t.test('a signed image URL works without a key, for its picture and its time only', async (t) => {
    const headers = { 'x-api-key': ADMIN }
    const analyze = async () => {
      const body = photoForm(await photo())
      const response = await fetch(`${service.url}/api/v1/analyze`, { method: 'POST', body, headers })
      return analysisOf(response)
    }
    const [one, two] = [await analyze(), await analyze()]
    const good = await fetch(one.image_url, { headers: from() })
    t.equal(good.status, 200)
    t.equal(good.headers.get('content-type'), 'image/jpeg')
    t.equal(good.headers.get('x-content-type-options'), 'nosniff')
    t.equal(good.headers.get('cross-origin-resource-policy'), 'cross-origin')
    await good.arrayBuffer()
    t.equal((await get(`/api/v1/analyses/${one.defect_id}/image`)).status, 401)
    t.equal((await get(new URL(one.image_url).pathname, headers)).status, 200)
    const moved = new URL(one.image_url)
    moved.pathname = new URL(two.image_url).pathname
    t.equal((await fetch(moved, { headers: from() })).status, 401)
    const later = new URL(one.image_url)
    later.searchParams.set('expires', String(Number(later.searchParams.get('expires')) + 3600))
    t.equal((await fetch(later, { headers: from() })).status, 401)
  })

  t.test('wrong keys count against the address that tries them', async (t) => {
    const headers = { 'x-forwarded-for': '10.9.9.9', 'x-api-key': 'guess-guess-guess-guess' }
    const statuses: number[] = []
    for (let i = 0; i < 61; i++) statuses.push((await fetch(`${service.url}/api/v1/stats`, { headers })).status)
    t.equal(statuses.filter((status) => status === 401).length, 60)
    t.equal(statuses.at(-1), 429)
  })

  t.test('the 61st request of an address is a 429 that says when; forged addresses change nothing', async (t) => {
    const ask = (i: number) =>
      fetch(`${service.url}/api/v1/facilities`, { headers: { 'x-forwarded-for': `1.2.3.${i % 10}, 10.8.8.8` } })
    for (let i = 0; i < 60; i++) t.equal((await ask(i)).status, 200)
    const over = await ask(60)
    t.equal(over.status, 429)
    const wait = Number(over.headers.get('retry-after'))
    t.ok(wait >= 1 && wait <= 60)
    t.equal(over.headers.get('ratelimit-policy'), '"default";q=60;w=60')
    t.equal(over.headers.get('ratelimit'), `"default";r=0;t=${wait}`)
    t.match(await over.json(), { success: false, status: 429, type: 'urn:wiko:problem:rate-limited' })
    t.equal((await fetch(`${service.url}/health`, { headers: { 'x-forwarded-for': '10.8.8.8' } })).status, 200)
    const unknown = await fetch(`${service.url}/api/v1/nothing`, { headers: { 'x-forwarded-for': '10.8.8.8' } })
    t.equal(unknown.status, 429, 'guessing addresses counts too')
    const keyed = await fetch(`${service.url}/api/v1/stats`, {
      headers: { 'x-forwarded-for': '10.8.8.8', 'x-api-key': ADMIN },
    })
    t.equal(keyed.status, 200, 'a call with a key counts against the key only')
  })
})

t.test('image URLs have the scheme that the browser used', async (t) => {
  const origin = async (hops: string, headers: Record<string, string>) => {
    const service = await startService({ TRUSTED_PROXY_HOPS: hops }, { analyzer: scriptedAnalyzer() })
    t.teardown(() => service.close())
    const response = await fetch(`${service.url}/api/v1/analyze`, {
      method: 'POST',
      body: photoForm(await photo()),
      headers,
    })
    return new URL((await analysisOf(response)).image_url).protocol
  }
  const cloudFront = { 'cloudfront-forwarded-proto': 'https', 'x-forwarded-proto': 'http' }
  t.equal(await origin('2', cloudFront), 'https:')
  t.equal(await origin('0', cloudFront), 'http:', 'not believed from a stranger')
  t.equal(await origin('1', { 'x-forwarded-proto': 'https' }), 'https:')
})

t.test('without API_KEY, in development', async (t) => {
  const service = await startService(
    { CORS_ORIGINS: 'https://defect-analyzer.wiko.com' },
    { analyzer: scriptedAnalyzer() },
  )
  t.teardown(() => service.close())

  t.test('OPTIONS that is no preflight is a problem as any other, with what is possible', async (t) => {
    const options = (path: string, headers: Record<string, string> = {}) =>
      fetch(`${service.url}${path}`, { method: 'OPTIONS', headers })
    for (const header of [[], ['origin', 'https://evil.example'], ['access-control-request-method', 'POST']]) {
      const [name = 'accept', value = '*/*'] = header
      const answer = await options('/api/v1/analyze', { [name]: value })
      t.equal(answer.status, 405)
      t.equal(answer.headers.get('allow'), 'POST')
      t.match(answer.headers.get('content-type'), /^application\/problem\+json/)
      t.match(await bodyOf(answer), { type: /method-not-allowed$/, status: 405 })
    }
    const nowhere = await options('/nowhere')
    t.equal(nowhere.status, 404)
    t.match(nowhere.headers.get('content-type'), /^application\/problem\+json/)
  })

  t.test('it is open, and the page gets a session', async (t) => {
    t.equal((await fetch(`${service.url}/api/v1/stats`)).status, 200)
    const info = await (await fetch(`${service.url}/api/v1/info`)).json()
    t.match(info, {
      sign_in_required: false,
      max_image_bytes: 16 * 1024 * 1024,
      analyzer: { model_version: 'scripted-1' },
    })
    const response = await fetch(`${service.url}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"name":"Inspector"}',
    })
    const { token } = await bodyOf<{ token: string }>(response)
    const statuses = new Set<number>()
    for (let i = 0; i < 100; i++) {
      const answer = await fetch(`${service.url}/api/v1/stats`, { headers: { authorization: `Bearer ${token}` } })
      statuses.add(answer.status)
    }
    t.strictSame([...statuses], [200], 'the limit of a key, not that of an address')
  })

  t.test('a forged X-Forwarded-For is not believed where no proxy is trusted', async (t) => {
    const statuses: number[] = []
    for (let i = 0; i < 61; i++) {
      const headers = { 'x-forwarded-for': `7.7.7.${i}` }
      statuses.push((await fetch(`${service.url}/api/v1/facilities`, { headers })).status)
    }
    t.ok(statuses.includes(429))
  })

  t.test('another origin may call it only where CORS_ORIGINS names it', async (t) => {
    const preflight = (origin: string) =>
      fetch(`${service.url}/api/v1/analyze`, {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization' },
      })
    const ours = await preflight('https://defect-analyzer.wiko.com')
    t.equal(ours.headers.get('access-control-allow-origin'), 'https://defect-analyzer.wiko.com')
    t.match(ours.headers.get('access-control-allow-headers'), /Authorization/)
    t.equal((await preflight('https://evil.example')).headers.get('access-control-allow-origin'), null)
  })

  t.test('security headers', async (t) => {
    const { headers } = await fetch(`${service.url}/health`)
    t.equal(headers.get('x-content-type-options'), 'nosniff')
    t.match(headers.get('content-security-policy'), /default-src 'self'.*frame-ancestors 'none'/)
    t.notMatch(headers.get('content-security-policy'), /'unsafe-/)
    t.equal(headers.get('referrer-policy'), 'no-referrer')
    t.match(
      (await fetch(`${service.url}/health`, { headers: { 'x-request-id': 'camera-7.42' } })).headers.get(
        'x-request-id',
      ),
      'camera-7.42',
    )
    t.notMatch(
      (await fetch(`${service.url}/health`, { headers: { 'x-request-id': 'a b"c' } })).headers.get('x-request-id'),
      /"/,
    )
  })
})
