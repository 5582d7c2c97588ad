import t from 'tap'
import { eventually, send, tally } from '../../fixtures/load.ts'
import { createPostgres } from '../../fixtures/postgres.ts'
import { processStage } from '../support/process-stage.ts'

t.test('D16 a database that falls silent, as at a failover: 503 in bounded time, and recovery', async (t) => {
  const postgres = await createPostgres()
  t.teardown(() => postgres.remove())
  await postgres.start()
  const { origin, service } = await processStage(t, { env: { DATABASE_URL: postgres.url } })
  const read = () => send(`${origin}/api/v1/analyses`)
  t.same(tally(await Promise.all(Array.from({ length: 10 }, read))), { 200: 10 })

  await postgres.pause()
  const answers = Promise.all(Array.from({ length: 20 }, read))
  const ready = await send(`${origin}/ready`)
  t.equal(ready.status, 503)
  t.ok(ready.ms < 6_000, `/ready after ${Math.round(ready.ms)} ms`)
  t.equal((await send(`${origin}/health`)).status, 200)
  const outcomes = await answers
  t.same(tally(outcomes), { 503: 20 })
  t.ok(
    outcomes.every(({ ms }) => ms < 20_000),
    `after ${Math.round(Math.max(...outcomes.map(({ ms }) => ms)))} ms at most`,
  )

  postgres.continue()
  await eventually(async () => (await send(`${origin}/ready`)).status === 200, 20)
  t.same(tally(await Promise.all(Array.from({ length: 10 }, read))), { 200: 10 })
  t.equal(service.process.exitCode, null)
})
