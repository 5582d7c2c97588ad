import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { eq } from 'drizzle-orm'
import t from 'tap'
import { apiKeys } from '../../drizzle/schema.ts'
import { photo, photoForm } from '../../fixtures/photos.ts'
import { scriptedAnalyzer } from '../support/analyzers.ts'
import { analysisOf } from '../support/http.ts'
import { startService } from '../support/service.ts'

const ADMIN = 'admin-key-for-the-tests-0123456789'
const service = await startService(
  { API_KEY: ADMIN, RATE_LIMIT_PER_IP: '100000', RATE_LIMIT_PER_KEY: '100000' },
  { analyzer: scriptedAnalyzer() },
)
t.teardown(() => service.close())

interface Key {
  id: string
  key: string
  scopes: string[]
  active: boolean
  previous_expires_at: string | null
  last_used_at: string | null
}

const call = (method: string, path: string, key: string | null, body?: unknown, headers: Record<string, string> = {}) =>
  fetch(`${service.url}/api/v1${path}`, {
    method,
    headers: {
      ...(key ? { 'x-api-key': key } : {}),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
const statusOf = async (...args: Parameters<typeof call>) => {
  const response = await call(...args)
  await response.arrayBuffer()
  return response.status
}
async function create(settings: object = {}, by = ADMIN): Promise<Key> {
  const response = await call('POST', '/keys', by, settings)
  t.equal(response.status, 201)
  return (await response.json()) as Key
}
async function signIn(key: string): Promise<Record<string, string>> {
  const response = await call('POST', '/session', null, { api_key: key, name: 'Mei' })
  return { authorization: `Bearer ${((await response.json()) as { token: string }).token}` }
}
const listed = async (id: string) => {
  const { keys } = (await (await call('GET', '/keys', ADMIN)).json()) as { keys: Key[] }
  return keys.find((key) => key.id === id)
}

t.test('a key is shown once, and stored as a hash', async (t) => {
  const response = await call('POST', '/keys', ADMIN, { description: 'Line 3', daily_analyses: 500, rate_limit: 60 })
  t.equal(response.headers.get('cache-control'), 'no-store')
  const made = (await response.json()) as Key
  t.match(made, {
    key: /^wiko_[0-9a-f]{8}[\w-]{43}$/,
    prefix: made.key.slice(0, 13),
    last_four: made.key.slice(-4),
    description: 'Line 3',
    scopes: ['analyse', 'read'],
    rate_limit: 60,
    model_rate_limit: null,
    daily_analyses: 500,
    created_by: 'admin',
    active: true,
  })
  const [row] = await service.database.db.select().from(apiKeys).where(eq(apiKeys.id, made.id))
  t.equal(row?.keyHash, createHash('sha256').update(made.key).digest('hex'))
  t.notOk(JSON.stringify(row).includes(made.key))
  const list = await (await call('GET', '/keys', ADMIN)).text()
  t.ok(list.includes(made.id))
  t.notOk(list.includes(made.key), 'not in the list')
  t.notOk(list.includes(row?.keyHash ?? ''), 'nor its hash')
  t.notOk(
    service.logs.some((line) => line.includes(made.key)),
    'nor in the log',
  )
  t.equal(await statusOf('GET', '/stats', made.key), 200)
  t.equal(await statusOf('GET', '/stats', `${made.key}x`), 401)
})

t.test('A12 each route takes a key with its scope only, and says which is missing', async (t) => {
  const keys = {
    analyse: (await create({ scopes: ['analyse'] })).key,
    read: (await create({ scopes: ['read'] })).key,
    admin: (await create({ scopes: ['admin'] })).key,
  }
  const other = (await create()).id
  const send = (key: string | null) =>
    fetch(`${service.url}/api/v1/analyze`, { method: 'POST', body: form, headers: key ? { 'x-api-key': key } : {} })
  const form = photoForm(await photo())
  const { defect_id } = await analysisOf(await send(ADMIN))

  const UNITS = { facility: 'yangjiang', day: '2026-01-01', product_sku: 'WK-KN-200', person: 'Mei' }
  const routes: [method: string, path: string, body: unknown, scope: keyof typeof keys][] = [
    ['GET', '/stats', undefined, 'read'],
    ['GET', '/defects', undefined, 'read'],
    ['GET', '/analyses', undefined, 'read'],
    ['GET', '/analyses.csv', undefined, 'read'],
    ['GET', `/analyses/${defect_id}`, undefined, 'read'],
    ['GET', `/analyses/${defect_id}/image`, undefined, 'read'],
    ['HEAD', '/stats', undefined, 'read'],
    ['POST', '/shift-report', { analyses: [] }, 'read'],
    ['GET', '/statistics', undefined, 'read'],
    ['GET', '/statistics/choices', undefined, 'read'],
    ['GET', '/inspected-units', undefined, 'read'],
    ['PUT', '/inspected-units', { ...UNITS, units: 5 }, 'analyse'],
    ['GET', '/keys', undefined, 'admin'],
    ['POST', '/keys', { scopes: ['admin'] }, 'admin'],
    ['PATCH', `/keys/${other}`, { description: 'x' }, 'admin'],
    ['POST', `/keys/${other}/revoke`, undefined, 'admin'],
  ]
  for (const [method, path, body, scope] of routes) {
    t.equal(await statusOf(method, path, null, body), 401, `${method} ${path} without a key`)
    for (const [name, key] of Object.entries(keys)) {
      const response = await call(method, path, key, body)
      const text = await response.text()
      if (name === scope) t.ok(response.status < 300, `${method} ${path} with ${name}: ${response.status}`)
      else t.equal(response.status, 403, `${method} ${path} with ${name}`)
      if (name !== scope && method !== 'HEAD') {
        const detail = new RegExp(`scope ${scope}; this one has ${name}`)
        t.match(JSON.parse(text), { type: 'urn:wiko:problem:forbidden', detail })
      }
    }
  }
  t.equal((await send(null)).status, 401)
  t.equal((await send(keys.read)).status, 403)
  t.equal((await send(keys.admin)).status, 403)
  t.equal((await send(keys.analyse)).status, 200)
  t.equal(
    await statusOf('GET', '/keys', null, undefined, await signIn(keys.read)),
    403,
    "a session has its key's scopes",
  )
  t.equal(await statusOf('GET', '/keys', null, undefined, await signIn(keys.admin)), 200)
})

t.test('A11 fields that are not for clients are refused, and change nothing', async (t) => {
  const before = (await service.database.db.select().from(apiKeys)).length
  for (const field of ['id', 'key_hash', 'keyHash', 'created_by', 'is_active', 'last_used_at', 'constructor']) {
    t.equal(await statusOf('POST', '/keys', ADMIN, { description: 'x', [field]: 'forged' }), 400, field)
  }
  for (const body of ['{"__proto__":{"scopes":["admin"]}}', '{"constructor":{"prototype":{"scopes":["admin"]}}}']) {
    t.equal(await statusOf('POST', '/keys', ADMIN, body), 400, body)
  }
  t.equal((await service.database.db.select().from(apiKeys)).length, before)

  const fields = { product_sku: 'WK-KN-200', facility: 'yangjiang' }
  const image = (await photo()).toString('base64')
  const forged = { id: 'x', defect_id: 'DEF-20200101-00000000', caller: 'admin', timestamp: '2020-01-01T00:00:00Z' }
  const response = await call('POST', '/analyze', ADMIN, { image, ...fields, ...forged, severity: 'cosmetic' })
  if (response.status === 200) {
    const analysis = await analysisOf(response)
    t.not(analysis.defect_id, forged.defect_id)
    t.not(analysis.timestamp, forged.timestamp)
  } else t.equal(response.status, 400)
  const poisoned = `{"__proto__":{"facility":"yangjiang"},"product_sku":"WK-KN-200","image":"${image}"}`
  t.equal(await statusOf('POST', '/analyze', ADMIN, poisoned), 400)
})

t.test('nobody hands out what they do not have', async (t) => {
  const { key } = await create({ scopes: ['admin'] })
  const { id } = await create({ scopes: ['read'] })
  t.equal(await statusOf('POST', '/keys', key, { scopes: ['analyse'] }), 403)
  t.equal(await statusOf('POST', '/keys', key, {}), 403, 'the default is analyse and read')
  t.equal(await statusOf('PATCH', `/keys/${id}`, key, { scopes: ['admin', 'read'] }), 403)
  t.equal(await statusOf('POST', `/keys/${id}/rotate`, key, {}), 403, 'nor a new value of a key that may more')
  const made = await create({ scopes: ['admin'] }, key)
  t.match(await listed(made.id), { created_by: /^key:[0-9a-f-]{36}$/ })
})

t.test('rotation: the row and its duplicates stay, the key before and its sessions for the overlap', async (t) => {
  const first = await create()
  const session = await signIn(first.key)
  const bytes = await photo()
  const send = async (key: string) =>
    analysisOf(
      await fetch(`${service.url}/api/v1/analyze`, {
        method: 'POST',
        body: photoForm(bytes),
        headers: { 'x-api-key': key },
      }),
    )
  const original = await send(first.key)
  const second = (await (await call('POST', `/keys/${first.id}/rotate`, ADMIN, { overlap_hours: 1 })).json()) as Key
  t.equal(second.id, first.id)
  t.not(second.key, first.key)
  const hours = (Date.parse(second.previous_expires_at ?? '') - Date.now()) / 3_600_000
  t.ok(hours > 0.9 && hours <= 1)
  t.match(await send(second.key), { defect_id: original.defect_id, duplicate: true }, 'the same caller')
  t.equal(await statusOf('GET', '/stats', first.key), 200, 'the key before')
  t.equal(await statusOf('GET', '/stats', null, undefined, session), 200)

  await service.database.db.update(apiKeys).set({ previousExpiresAt: new Date() }).where(eq(apiKeys.id, first.id))
  const third = (await (await call('POST', `/keys/${first.id}/rotate`, ADMIN, { overlap_hours: 0 })).json()) as Key
  t.equal(third.previous_expires_at, null)
  t.equal(await statusOf('GET', '/stats', first.key), 401, 'two rotations ago')
  t.equal(await statusOf('GET', '/stats', second.key), 401, 'without an overlap')
  t.equal(await statusOf('GET', '/stats', third.key), 200)
  t.equal(await statusOf('GET', '/stats', null, undefined, session), 401, 'opened two rotations ago')
  t.equal(await statusOf('GET', '/stats', null, undefined, await signIn(third.key)), 200)
  for (const wrong of [169, null, '1']) {
    t.equal(await statusOf('POST', `/keys/${first.id}/rotate`, ADMIN, { overlap_hours: wrong }), 400, `${wrong}`)
  }
})

t.test('the overlap ends by itself, also where the key is remembered', async (t) => {
  const first = await create()
  const { key } = (await (await call('POST', `/keys/${first.id}/rotate`, ADMIN, {})).json()) as Key
  await service.database.db
    .update(apiKeys)
    .set({ previousExpiresAt: new Date(Date.now() + 1500) })
    .where(eq(apiKeys.id, first.id))
  t.equal(await statusOf('GET', '/stats', first.key), 200)
  await sleep(1600)
  t.equal(await statusOf('GET', '/stats', first.key), 401)
  t.equal(await statusOf('GET', '/stats', key), 200)
})

t.test('revoking counts at once, ends sessions, and is final', async (t) => {
  const { id, key } = await create()
  const session = await signIn(key)
  t.equal(await statusOf('GET', '/stats', key), 200)
  for (let i = 0; i < 2; i++) {
    t.match(await (await call('POST', `/keys/${id}/revoke`, ADMIN)).json(), { active: false, revoked_at: /^20/ })
  }
  t.equal(await statusOf('GET', '/stats', key), 401)
  t.equal(await statusOf('GET', '/stats', null, undefined, session), 401)
  t.equal(await statusOf('POST', '/session', null, { api_key: key, name: 'Mei' }), 401)
  t.equal(await statusOf('POST', `/keys/${id}/rotate`, ADMIN, {}), 409)
  t.equal(await statusOf('PATCH', `/keys/${id}`, ADMIN, { description: 'x' }), 409)
  const nobody = '00000000-0000-4000-8000-000000000000'
  t.equal(await statusOf('POST', `/keys/${nobody}/revoke`, ADMIN), 404)
  t.equal(await statusOf('PATCH', `/keys/${nobody}`, ADMIN, { description: 'x' }), 404)
})

t.test('a change counts at once; an expiry by the clock', async (t) => {
  const { id, key } = await create({ scopes: ['read'], daily_cost_usd: 1.5 })
  t.equal(await statusOf('GET', '/stats', key), 200)
  const change = (body: object) => call('PATCH', `/keys/${id}`, ADMIN, body)
  t.match(await (await change({ scopes: ['analyse'], daily_cost_usd: null, model_rate_limit: 5 })).json(), {
    scopes: ['analyse'],
    daily_cost_usd: null,
    model_rate_limit: 5,
  })
  t.equal(await statusOf('GET', '/stats', key), 403)
  t.equal((await change({})).status, 400)
  t.equal((await change({ expires_at: '2020-01-01T00:00:00Z' })).status, 400)
  t.equal((await change({ rate_limit: 0 })).status, 400)
  t.equal((await change({ scopes: [] })).status, 400)
  await change({ scopes: ['read'], expires_at: new Date(Date.now() + 1500).toISOString() })
  t.equal(await statusOf('GET', '/stats', key), 200)
  await sleep(1600)
  t.equal(await statusOf('GET', '/stats', key), 401)
  t.match(await listed(id), { active: false, revoked_at: null })
  t.equal((await change({ expires_at: null })).status, 200)
  t.equal(await statusOf('GET', '/stats', key), 200, 'and it may be given more time')
})

t.test('the last use is written, once a minute at most', async (t) => {
  const { id, key } = await create()
  t.equal((await listed(id))?.last_used_at, null)
  await statusOf('GET', '/stats', key)
  let used: string | null | undefined
  for (let i = 0; i < 3000 && !used; i++) {
    await sleep(20)
    used = (await listed(id))?.last_used_at
  }
  t.ok(used)
  for (let i = 0; i < 5; i++) await statusOf('GET', '/stats', key)
  await sleep(100)
  t.equal((await listed(id))?.last_used_at, used)
})

t.test('a row of before there were scopes may analyse and read', async (t) => {
  const key = 'a-key-that-was-put-in-by-hand'
  await service.database.db.insert(apiKeys).values({ keyHash: createHash('sha256').update(key).digest('hex') })
  t.equal(await statusOf('GET', '/stats', key), 200)
  t.equal(await statusOf('GET', '/keys', key), 403)
})
