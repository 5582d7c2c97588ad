/** Redis away, hung, slow and failing over: what callers of the counters see of it. */
import { setTimeout as sleep } from 'node:timers/promises'
import { Redis } from 'ioredis'
import t, { type Test } from 'tap'
import { createCounters } from '../../api/platform/limits/counters.ts'
import { openRedis } from '../../api/platform/limits/redis.ts'
import { startRedis } from '../../fixtures/redis.ts'
import { startTcpProxy } from '../support/tcp-proxy.ts'

/** A call must not be held up longer than this, whatever Redis does: several times the wait for Redis, as a busy machine adds to it. */
const MOST_MS = 2_000
const WINDOW_MS = 60_000

async function countersOn(t: Test, url: string) {
  const lines: string[] = []
  const log = {
    info: (message: string) => void lines.push(message),
    warn: (detail: object, message: string) => void lines.push(`${message} ${JSON.stringify(detail)}`),
  }
  const redis = openRedis({ url, log })
  t.teardown(() => redis.close())
  await redis.settled
  let local = 0
  const counters = createCounters(redis, () => local++)
  let slowest = 0
  return {
    lines,
    local: () => local,
    slowest: () => slowest,
    async count(key = 'caller', max = 10): Promise<number> {
      const startedAt = performance.now()
      const [count] = await counters.count([{ key, max, windowMs: WINDOW_MS }])
      slowest = Math.max(slowest, performance.now() - startedAt)
      return count?.used ?? Number.NaN
    },
    /** Counts other callers until Redis has done it; false where it did not within ten seconds. */
    async shared(): Promise<boolean> {
      for (let i = 0; i < 200; i++) {
        const before = local
        await this.count('probe', 1000)
        if (local === before) return true
        await sleep(50)
      }
      return false
    },
  }
}

/** The lines of an outage that is over. */
const ONE_OUTAGE = [/^Redis unavailable/, /^Redis available again/]

t.test('Answers at once with local limits while Redis refuses connections, and recovers (R4)', async (t) => {
  const redis = await startRedis()
  t.teardown(() => redis.stop())
  const one = await countersOn(t, redis.url)
  t.equal(await one.count(), 1)
  t.equal(await one.count(), 2)
  t.equal(one.local(), 0)
  await redis.stop()
  t.equal(await one.count(), 3, 'goes on from what Redis last said')
  for (let i = 4; i <= 12; i++) t.equal(await one.count(), i, 'never unlimited')
  t.equal(one.local(), 10)
  t.ok(one.slowest() < MOST_MS, `${one.slowest()} ms at most`)
  await redis.start()
  t.ok(await one.shared(), 'recovers without a restart')
  t.match(one.lines, ONE_OUTAGE)
  t.equal(one.lines.length, 2, 'one warning for the outage')
})

t.test('Starts before its Redis (R4)', async (t) => {
  const redis = await startRedis()
  t.teardown(() => redis.stop())
  await redis.stop()
  const one = await countersOn(t, redis.url)
  t.equal(await one.count(), 1)
  t.equal(one.local(), 1)
  await redis.start()
  t.ok(await one.shared())
})

t.test('Answers quickly with local limits while Redis hangs, and recovers (R5)', async (t) => {
  const redis = await startRedis()
  t.teardown(() => redis.stop())
  const one = await countersOn(t, redis.url)
  t.equal(await one.count(), 1)
  redis.pause()
  const startedAt = performance.now()
  let calls = 1
  while (performance.now() - startedAt < 3_500) {
    t.equal(await one.count('caller', 1000), ++calls)
    await sleep(25)
  }
  t.ok(one.slowest() < MOST_MS, `${one.slowest()} ms at most`)
  redis.continue()
  t.ok(await one.shared(), 'recovers without a restart')
  t.match(one.lines, ONE_OUTAGE)
  t.equal(one.lines.length, 2, 'one warning for the outage')
})

t.test('A slow Redis is given a short time, then skipped', async (t) => {
  const redis = await startRedis()
  const proxy = await startTcpProxy(redis.port)
  t.teardown(async () => {
    await proxy.close()
    await redis.stop()
  })
  const one = await countersOn(t, `redis://127.0.0.1:${proxy.port}`)
  proxy.delayMs = 100
  t.equal(await one.count(), 1)
  t.equal(one.local(), 0, 'a little slow')
  proxy.delayMs = 1_000
  const startedAt = performance.now()
  for (let i = 2; i < 30; i++) t.equal(await one.count('caller', 1000), i)
  t.ok(performance.now() - startedAt < MOST_MS, 'one call waits, the others do not')
  proxy.delayMs = 0
  t.ok(await one.shared())
})

t.test('Follows the name to the new primary when the old one rejects writes (R6)', async (t) => {
  const [a, b] = [await startRedis(['--repl-diskless-sync-delay', '0']), await startRedis()]
  const proxy = await startTcpProxy(a.port)
  const [adminA, adminB] = [new Redis(a.url), new Redis(b.url)]
  t.teardown(async () => {
    adminA.disconnect()
    adminB.disconnect()
    await proxy.close()
    await a.stop()
    await b.stop()
  })
  await adminB.replicaof('127.0.0.1', a.port)
  const one = await countersOn(t, `redis://127.0.0.1:${proxy.port}`)
  for (let i = 1; i <= 5; i++) t.equal(await one.count('caller', 100), i)
  const key = 'wiko:limit:caller'
  for (let i = 0; i < 200 && (await adminB.get(key)) !== '5'; i++) await sleep(25)
  await adminB.replicaof('NO', 'ONE')
  await adminA.replicaof('127.0.0.1', b.port)
  proxy.target = b.port
  const startedAt = performance.now()
  let calls = 5
  for (let here = true; here && performance.now() - startedAt < 5_000; ) {
    const before = one.local()
    const used = await one.count('caller', 100)
    here = one.local() > before
    calls++
    if (here) t.equal(used, calls, 'goes on from what Redis last said')
    else t.equal(used, 6, 'the new primary goes on from what it was told: nothing is counted twice')
    if (here) await sleep(25)
  }
  t.ok(performance.now() - startedAt < 5_000, 'within 5 seconds')
  t.ok(one.slowest() < MOST_MS, `${one.slowest()} ms at most`)
  t.match(one.lines, ONE_OUTAGE)
})
