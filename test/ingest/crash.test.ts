import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { photo } from '../../fixtures/photos.ts'
import { type ServiceProcess, spawnFake, spawnService } from '../../fixtures/processes.ts'
import { bodyOf } from '../support/http.ts'
import { ended, type IngestAnswer, leave, stateWhen } from '../support/ingest.ts'
import { lastingDatabase } from '../support/lasting-database.ts'

const PHOTOS = 200
const CLIENTS = 16

const { env: base, sql } = await lastingDatabase(t)
const fake = await spawnFake({ delayMs: 50 })
t.teardown(() => fake.stop())
const env = { ...base, ...fake.env }
const count = async (text: string): Promise<number> =>
  Number((await sql.query(`select count(*) from ${text}`)).rows[0].count)

t.test('produces exactly one result for each of 200 photos despite kill -9', async (t) => {
  let service: ServiceProcess = spawnService(env)
  t.teardown(() => service.stop())
  await service.listening
  const restart = async () => {
    service.process.kill('SIGKILL')
    await service.exited
    service = spawnService(env)
    await service.listening
  }

  /** A camera that retries with the same idempotency key until the photo is accepted. */
  const accepted: string[] = []
  async function send(number: number): Promise<void> {
    const bytes = await photo(160 + number, 120)
    const headers = { 'idempotency-key': `photo-${number}` }
    for (;;) {
      const response = await leave(await service.listening, bytes, { headers }).catch(() => null)
      const body = await response?.text().catch(() => null)
      if (response?.status === 202 && body) {
        accepted.push((JSON.parse(body) as IngestAnswer).image_id)
        return
      }
      if (response) t.ok([409, 502, 503].includes(response.status), `${response.status} ${body}`)
      await sleep(200)
    }
  }
  let next = 0
  const cameras = [...Array(CLIENTS)].map(async () => {
    while (next < PHOTOS) await send(next++)
  })
  while (accepted.length < PHOTOS / 3) await sleep(10)
  await restart()
  t.ok((await count("ingest_jobs where status in ('queued', 'processing')")) > 0, 'killed while jobs were unfinished')
  await Promise.all(cameras)

  while ((await count("ingest_jobs where status in ('queued', 'processing')")) > 0) await sleep(200)
  t.equal(new Set(accepted).size, PHOTOS)
  t.equal(await count('ingest_jobs'), PHOTOS, 'no photo was accepted twice')
  t.equal(await count("ingest_jobs where status = 'done'"), PHOTOS)
  t.equal(await count('analyses'), PHOTOS, 'no duplicate result')
  t.equal(await count('(select distinct image_sha256 from analyses) photos'), PHOTOS, 'one result per photo')
  t.equal(await count('analyses join ingest_jobs on ingest_id = image_id'), PHOTOS)
  t.same(
    (await sql.query('select image_id from ingest_jobs order by 1')).rows.map(({ image_id: id }) => id),
    [...accepted].sort(),
    'every accepted photo has a job, and no other',
  )
})

t.test('does not repeat a job whose worker was killed after writing the result', async (t) => {
  const service = spawnService(env)
  t.teardown(() => service.stop())
  const before = await count('analyses')
  const origin = await service.listening
  const { image_id: id } = await bodyOf<IngestAnswer>(await leave(origin, await photo(333, 222)))
  await stateWhen(origin, id, ended)
  service.process.kill('SIGKILL')
  await service.exited
  // The state after a kill in between: the result is committed, but the job is not completed.
  await sql.query(
    "update pgboss.job set state = 'active', completed_on = null, heartbeat_on = now() - interval '1 minute' where data->>'imageId' = $1",
    [id],
  )
  const calls = await fake.calls()

  const again = spawnService(env)
  t.teardown(() => again.stop())
  await again.listening
  const state = async () => (await sql.query("select state from pgboss.job where data->>'imageId' = $1", [id])).rows[0]
  while ((await state())?.state !== 'completed') await sleep(100)
  t.equal(await count('analyses'), before + 1)
  t.same(await fake.calls(), calls, 'no further model call')
})
