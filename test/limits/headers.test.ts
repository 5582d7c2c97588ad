import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { hashApiKey } from '../../api/platform/http/secrets.ts'
import { apiKeys } from '../../drizzle/schema.ts'
import { photo, photoForm } from '../../fixtures/photos.ts'
import { startRedis } from '../../fixtures/redis.ts'
import { scriptedAnalyzer } from '../support/analyzers.ts'
import { bodyOf } from '../support/http.ts'
import { startService } from '../support/service.ts'

const ADMIN = 'admin-key-for-the-tests-0123456789'

const redis = await startRedis()
const analyzer = scriptedAnalyzer()
const service = await startService(
  {
    API_KEY: ADMIN,
    HOST: '127.0.0.1',
    REDIS_URL: redis.url,
    RATE_LIMIT_PER_IP: '2 per second',
    RATE_LIMIT_MODEL: '4/minute',
    RATE_LIMIT_MODEL_TOTAL: '9/hour',
  },
  { analyzer },
)
t.teardown(async () => {
  await service.close()
  await redis.stop()
})

const newKey = async (columns: Partial<typeof apiKeys.$inferInsert>): Promise<Record<string, string>> => {
  const key = randomBytes(32).toString('base64url')
  await service.database.db.insert(apiKeys).values({ keyHash: hashApiKey(key), ...columns })
  return { 'x-api-key': key }
}
const analyze = async (headers: Record<string, string>) =>
  fetch(`${service.url}/api/v1/analyze`, { method: 'POST', body: photoForm(await photo()), headers })

/** A list of strings with integer parameters (RFC 9651): what the two fields are made of. */
function parsed(response: Response, field: string): Record<string, Record<string, number>> {
  const list: Record<string, Record<string, number>> = {}
  for (const member of (response.headers.get(field) ?? '').split(', ')) {
    const [, name, parameters] = /^"([a-z-]+)"((?:;[a-z]=\d+)+)$/.exec(member) ?? []
    if (name === undefined || parameters === undefined) throw new Error(`${field} is malformed: ${member}`)
    const pairs = parameters.slice(1).split(';')
    list[name] = Object.fromEntries(pairs.map((pair) => [pair[0], Number(pair.slice(2))]))
  }
  return list
}

t.test('Retry-After is the time of the reset, after which calls are admitted (R1)', async (t) => {
  const ask = () => fetch(`${service.url}/api/v1/facilities`)
  const burst = await Promise.all(Array.from({ length: 8 }, ask))
  t.ok(burst.filter(({ status }) => status === 200).length >= 2)
  const over = burst.find(({ status }) => status === 429)
  if (!over) throw new Error('the machine took four seconds for eight calls')
  t.match(await over.json(), { type: 'urn:wiko:problem:rate-limited' })
  const seconds = Number(over.headers.get('retry-after'))
  t.equal(seconds, 1)
  t.equal(parsed(over, 'ratelimit').default?.t, seconds)
  await sleep(seconds * 1000)
  t.equal((await ask()).status, 200)
})

t.test('Responses have the RateLimit fields of the current draft and no older ones (R2)', async (t) => {
  const headers = await newKey({ rateLimit: 50 })
  for (const left of [49, 48]) {
    const response = await fetch(`${service.url}/api/v1/stats`, { headers })
    t.strictSame(parsed(response, 'ratelimit-policy'), { default: { q: 50, w: 60 } })
    const { default: standing } = parsed(response, 'ratelimit')
    t.equal(standing?.r, left)
    t.ok(standing?.t && standing.t >= 1 && standing.t <= 60)
    t.notOk([...response.headers.keys()].some((name) => /^(x-ratelimit|ratelimit-(limit|remaining|reset))/.test(name)))
  }
})

t.test('The routes of the model have their own limit, which does not affect reads (R11)', async (t) => {
  const headers = await newKey({ rateLimit: 50, modelRateLimit: 2 })
  for (const left of [1, 0]) {
    const response = await analyze(headers)
    t.equal(response.status, 200)
    t.match(parsed(response, 'ratelimit-policy'), { default: { q: 50 }, model: { q: 2, w: 60 } })
    t.equal(parsed(response, 'ratelimit').model?.r, left)
  }
  const over = await analyze(headers)
  t.equal(over.status, 429)
  t.equal(analyzer.inputs.length, 2, 'the model is not asked')
  t.equal(Number(over.headers.get('retry-after')), parsed(over, 'ratelimit').model?.t)
  t.match(await over.json(), { type: 'urn:wiko:problem:rate-limited', detail: /photos for the model from this caller/ })
  t.equal((await fetch(`${service.url}/api/v1/stats`, { headers })).status, 200)
})

t.test('A batch counts each of its photos (R11)', async (t) => {
  const form = new FormData()
  for (let i = 0; i < 5; i++) form.append('images', new Blob([new Uint8Array(await photo())]), `${i}.jpg`)
  form.set('product_sku', 'WK-KN-200')
  const send = () =>
    fetch(`${service.url}/api/v1/analyze/batch`, { method: 'POST', body: form, headers: { 'x-api-key': ADMIN } })
  const some = await send()
  t.equal(some.status, 200)
  const { count, failures } = await bodyOf<{ count: number; failures: { error: string }[] }>(some)
  t.equal(count, 4, 'the default of callers without a limit of their own')
  t.match(failures, [{ error: /photos for the model/ }])
  const none = await send()
  t.equal(none.status, 429)
  t.equal(Number(none.headers.get('retry-after')), parsed(none, 'ratelimit').model?.t)
})

t.test('All callers share one limit, which a caller over its own limit does not use up (R11)', async (t) => {
  const headers = await newKey({ modelRateLimit: 100 })
  const statuses: number[] = []
  for (let i = 0; i < 4; i++) statuses.push((await analyze(headers)).status)
  // Two and four photos were let in before; three are left of nine.
  t.strictSame(statuses, [200, 200, 200, 429])
  const over = await analyze(headers)
  t.match(parsed(over, 'ratelimit-policy')['model-total'], { q: 9, w: 3600 })
  t.equal(Number(over.headers.get('retry-after')), parsed(over, 'ratelimit')['model-total']?.t)
  t.match(await over.json(), { detail: /all callers together/ })
})
