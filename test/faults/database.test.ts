import { setTimeout as sleep } from 'node:timers/promises'
import t, { type Test } from 'tap'
import { openClient } from '../../api/database/connection.ts'
import { eventually, send, startLoad, tally, upload } from '../../fixtures/load.ts'
import { photo } from '../../fixtures/photos.ts'
import { createPostgres } from '../../fixtures/postgres.ts'
import { processStage } from '../support/process-stage.ts'

/** PostgreSQL ends sessions, holds locks, refuses writes, crashes and is gone, under a service that stays up. */
const postgres = await createPostgres()
t.teardown(() => postgres.remove())
await postgres.start()
const { origin, service } = await processStage(t, { env: { DATABASE_URL: postgres.url } })
const jpeg = await photo()
const post = () => send(`${origin}/api/v1/analyze`, upload(jpeg))
const get = (path = '/api/v1/analyses') => send(`${origin}${path}`)
const status = async (path: string) => (await get(path)).status

/** Reads and uploads in turn, at a rate that leaves the machine room. */
const load = (t: Test) => {
  let turn = 0
  return startLoad(t, 30, () => (turn++ % 3 === 0 ? post() : get()))
}
const OURS = "select pid from pg_stat_activity where application_name = 'wiko-defect-analyzer'"

t.test('D9 sessions that the server ends cost only what runs on them', async (t) => {
  const running = load(t)
  await eventually(() => running.outcomes.length > 10)
  let ended = 0
  for (let round = 0; round < 8; round++) {
    const rows = await postgres.query(`select pg_terminate_backend(pid) from (${OURS}) as ours`)
    ended += rows.length
    await sleep(300)
  }
  const counts = tally(await running.end())
  t.comment(`${ended} sessions ended: ${JSON.stringify(counts)}`)
  t.ok(ended > 5, 'sessions were ended')
  t.same(
    Object.keys(counts).filter((name) => name !== '200' && name !== '503'),
    [],
    JSON.stringify(counts),
  )
  t.ok((counts['503'] ?? 0) <= ended, 'no more failures than sessions')
  t.same(await Promise.all(Array.from({ length: 10 }, () => status('/api/v1/analyses'))), new Array(10).fill(200))
  t.equal((await post()).status, 200)
  t.equal(service.process.exitCode, null, 'the same process is alive')
})

t.test('D10 a locked table: 503 within the bounded wait, healthy after', async (t) => {
  const client = await openClient({ connectionString: postgres.url })
  t.teardown(() => client.end())
  await client.query('begin; lock table analyses in access exclusive mode')
  const answers = Promise.all(Array.from({ length: 50 }, () => get()))
  await sleep(500)
  t.equal(await status('/health'), 200)
  const outcomes = await answers
  t.same(tally(outcomes), { 503: 50 })
  t.ok(
    outcomes.every(({ retryAfter }) => Number(retryAfter) > 0),
    'each says when to come again',
  )
  t.ok(
    outcomes.every(({ ms }) => ms < 8_000),
    `at most ${Math.round(Math.max(...outcomes.map(({ ms }) => ms)))} ms`,
  )
  await client.query('commit')
  t.equal(await status('/api/v1/analyses'), 200)
  t.equal(await status('/ready'), 200)
})

t.test('D17 a database that only reads: what writes is a 503, what reads works', async (t) => {
  const before = await postgres.query('select 1 from analyses')
  await postgres.query('alter system set default_transaction_read_only = on')
  await postgres.query('select pg_reload_conf()')
  await sleep(300)
  const refused = await post()
  t.equal(refused.status, 503, refused.body)
  t.ok(Number(refused.retryAfter) > 0)
  t.equal(await status('/api/v1/analyses'), 200)
  t.equal(await status('/ready'), 200)
  await postgres.query('alter system reset default_transaction_read_only')
  await postgres.query('select pg_reload_conf()')
  await eventually(async () => (await post()).status === 200, 10)
  t.equal((await postgres.query('select 1 from analyses')).length, before.length + 1)
})

t.test('D16 PostgreSQL crashes and comes back under load: recovery without a restart', async (t) => {
  const running = load(t)
  await eventually(() => running.outcomes.length > 10)
  await postgres.stop('immediate')
  await sleep(1_000)
  await postgres.start()
  const back = performance.now()
  await eventually(async () => (await status('/ready')) === 200 && (await post()).status === 200, 60)
  t.comment(`recovered ${Math.round(performance.now() - back)} ms after PostgreSQL was back`)
  await sleep(500)
  const outcomes = await running.end()
  const counts = tally(outcomes)
  t.comment(JSON.stringify(counts))
  t.same(
    Object.keys(counts).filter((name) => name !== '200' && name !== '503'),
    [],
  )
  t.ok((counts['503'] ?? 0) > 0, 'the crash was felt')
  t.equal(service.process.exitCode, null)
  t.same(await Promise.all(Array.from({ length: 10 }, () => status('/api/v1/analyses'))), new Array(10).fill(200))
})

t.test('S9 without its database: alive, not ready, and ready again', async (t) => {
  await postgres.stop()
  t.equal(await status('/health'), 200)
  // An answer of the last second is given again.
  await eventually(async () => (await status('/ready')) === 503, 20)
  const ready = await get('/ready')
  t.match(ready.body, /database/)
  t.ok(Number(ready.retryAfter) > 0)
  await postgres.start()
  await eventually(async () => (await status('/ready')) === 200, 20)
  t.equal(await service.stop(), 0)
})
