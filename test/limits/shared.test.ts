/** Two processes of the service on one Redis and one database, as two tasks behind a load balancer. */
import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { startEmbeddedPostgres } from '../../api/database/embedded.ts'
import { trustedProxy } from '../../api/platform/http/trusted-proxy.ts'
import { photo, photoForm } from '../../fixtures/photos.ts'
import { spawnService } from '../../fixtures/processes.ts'
import { startRedis } from '../../fixtures/redis.ts'
import { testFolder } from '../support/service.ts'

const ADMIN = 'admin-key-for-the-tests-0123456789'
const MAX = 60
const DAILY = 7

const folder = testFolder()
const postgres = await startEmbeddedPostgres(folder.path)
const redis = await startRedis()
const processes = [0, 1].map(() =>
  spawnService({
    ENVIRONMENT: 'test',
    DATA_DIR: folder.path,
    DATABASE_URL: postgres.url,
    REDIS_URL: redis.url,
    API_KEY: ADMIN,
    HOST: '127.0.0.1',
    ANALYZER: 'local',
    TRUSTED_PROXY_HOPS: '1',
    RATE_LIMIT_PER_IP: String(MAX),
    DAILY_ANALYSES: String(DAILY),
    METRICS: 'stdout',
  }),
)
t.teardown(async () => {
  await Promise.all(processes.map((one) => one.stop()))
  await redis.stop()
  await postgres.stop()
  folder.remove()
})
const urls = await Promise.all(processes.map((one) => one.listening))

/** Asks the processes in turn. The header is what a load balancer makes of what the client sent: its address comes last. */
const ask = (i: number, forwardedFor: string) =>
  fetch(`${urls[i % 2]}/api/v1/facilities`, { headers: { 'x-forwarded-for': forwardedFor } })

const statusesOf = async (calls: Promise<Response>[]): Promise<Record<number, number>> => {
  const statuses: Record<number, number> = {}
  for (const { status } of await Promise.all(calls)) statuses[status] = (statuses[status] ?? 0) + 1
  return statuses
}
const upTo = (count: number) => Array.from({ length: count }, (_, i) => i)

t.test('The 61st request of a minute is refused by any task (R3)', async (t) => {
  for (let i = 0; i < MAX; i++) t.equal((await ask(i, '10.1.0.1')).status, 200)
  for (const i of [MAX, MAX + 1]) t.equal((await ask(i, '10.1.0.1')).status, 429)
  t.equal((await ask(0, '10.1.0.2')).status, 200, 'another address is not concerned')
})

t.test('Of 200 concurrent requests, exactly the limit is admitted across tasks (R3)', async (t) => {
  t.strictSame(await statusesOf(upTo(200).map((i) => ask(i, '10.1.0.3'))), { 200: MAX, 429: 200 - MAX })
})

t.test('Ten forged X-Forwarded-For values change nothing (A13)', async (t) => {
  const forged = (i: number) => ask(i, `198.51.100.${i % 10}, 10.1.0.4`)
  t.strictSame(await statusesOf(upTo(MAX).map(forged)), { 200: MAX })
  t.strictSame(await statusesOf(upTo(10).map(forged)), { 429: 10 })
})

t.test('A proxy is only trusted inside our network (A13)', async (t) => {
  const one = trustedProxy(1)
  for (const inside of ['127.0.0.1', '10.20.0.7', '172.31.255.1', '192.168.1.1', '::1', '::ffff:10.0.0.1', 'fd00::1']) {
    t.ok(one(inside, 0), inside)
  }
  for (const outside of ['203.0.113.9', '172.32.0.1', '11.0.0.1', '2001:db8::1', '::ffff:203.0.113.9']) {
    t.notOk(one(outside, 0), outside)
  }
  t.notOk(one('10.0.0.1', 1), 'no more hops than there are')
  t.ok(trustedProxy(2)('203.0.113.9', 1), 'CloudFront has public addresses')
  t.notOk(trustedProxy(0)('127.0.0.1', 0))
})

t.test('A daily budget is exact across processes', async (t) => {
  const photos = await Promise.all(upTo(3 * DAILY).map(() => photo()))
  const headers = { 'x-api-key': ADMIN }
  const calls = photos.map((bytes, i) =>
    fetch(`${urls[i % 2]}/api/v1/analyze`, { method: 'POST', body: photoForm(bytes), headers }),
  )
  t.strictSame(await statusesOf(calls), { 200: DAILY, 429: 2 * DAILY })
})

t.test(
  'Each task continues alone while Redis hangs, including /ready, and shares limits again afterwards (R5)',
  async (t) => {
    const count = (text: RegExp) => processes.map(({ logs }) => logs.filter((line) => text.test(line)).length)
    const warnings = () => count(/Redis unavailable/)
    const answered = () => count(/Redis available again/)
    // A machine that is very busy may have had one before.
    const one = warnings().map((before) => before + 1)
    redis.pause()
    const counted = { ok: 0, refused: 0 }
    const times: number[] = []
    for (let i = 0; i < 3 * MAX; i++) {
      const startedAt = performance.now()
      const { status } = await ask(i, '10.1.0.5')
      times.push(performance.now() - startedAt)
      if (status === 200) counted.ok++
      else if (status === 429) counted.refused++
    }
    t.strictSame(counted, { ok: 2 * MAX, refused: MAX }, 'the limit in each process, and not more')
    // Several times the wait for Redis, as a busy machine adds to it.
    t.ok(Math.max(...times) < 2_000, `${Math.round(Math.max(...times))} ms at most`)
    t.equal((await fetch(`${urls[0]}/ready`)).status, 200)
    t.strictSame(warnings(), one)
    redis.continue()
    for (let i = 0; i < 200; i++) {
      await Promise.all([ask(0, '10.1.1.1'), ask(1, '10.1.1.2')])
      if (answered().every((count, i) => count === one[i])) break
      await sleep(50)
    }
    t.strictSame(await statusesOf(upTo(MAX + 20).map((i) => ask(i, '10.1.0.6'))), { 200: MAX, 429: 20 })
    t.strictSame(warnings(), one)
  },
)

t.test('Calls counted by one process alone are a metric, and Redis does not delay shutdown', async (t) => {
  t.strictSame(await Promise.all(processes.map((one) => one.stop())), [0, 0])
  for (const { logs } of processes) {
    const counts = logs.map((line) => JSON.parse(line).LocalLimits).filter((count) => typeof count === 'number')
    const sum = counts.reduce((a, b) => a + b, 0)
    t.ok(sum >= MAX, `${sum} of ${1.5 * MAX} while Redis hung`)
  }
})
