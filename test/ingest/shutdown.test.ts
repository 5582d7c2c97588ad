import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { photo } from '../../fixtures/photos.ts'
import { type FakeProcess, spawnFake, spawnService } from '../../fixtures/processes.ts'
import { bodyOf } from '../support/http.ts'
import { ended, type IngestAnswer, leave, stateWhen } from '../support/ingest.ts'
import { lastingDatabase } from '../support/lasting-database.ts'

/** SIGTERM while jobs run. */
const SHUTDOWN_SECONDS = 4

const { env: base, sql } = await lastingDatabase(t)
const env = { ...base, AZURE_API_TIMEOUT: '120' }
const begun = async (fake: FakeProcess): Promise<void> => {
  while ((await fake.calls()).detect === 0) await sleep(20)
}

t.test('aborts hung work, exits with an error before the deadline, and retries the job (S4)', async (t) => {
  const hung = await spawnFake({ delayMs: 600_000 })
  t.teardown(() => hung.stop())
  const service = spawnService({ ...env, ...hung.env, SHUTDOWN_TIMEOUT: String(SHUTDOWN_SECONDS) })
  t.teardown(() => service.stop())
  const { image_id: id } = await bodyOf<IngestAnswer>(await leave(await service.listening, await photo()))
  await begun(hung)
  const signalled = performance.now()
  service.process.kill('SIGTERM')
  const code = await service.exited
  t.equal(code, 1)
  t.ok(performance.now() - signalled < (SHUTDOWN_SECONDS + 5) * 1000, 'in time: the work itself would take ten minutes')
  const [job] = (await sql.query("select state from pgboss.job where name = 'ingest'")).rows
  t.equal(job.state, 'retry', 'given back at once')

  const fake = await spawnFake()
  t.teardown(() => fake.stop())
  const again = spawnService({ ...env, ...fake.env })
  t.teardown(() => again.stop())
  t.match(await stateWhen(await again.listening, id, ended), { status: 'done', attempts: 2 })
  t.equal(await again.stop(), 0)
})

t.test('on SIGTERM, finishes running jobs and leaves waiting ones to other processes', async (t) => {
  const slow = await spawnFake({ delayMs: 1_500 })
  t.teardown(() => slow.stop())
  const service = spawnService({ ...env, ...slow.env, INGEST_CONCURRENCY: '2' })
  t.teardown(() => service.stop())
  const origin = await service.listening
  const pictures = await Promise.all([...Array(5)].map(() => photo(500, 400)))
  await Promise.all(pictures.map((bytes) => leave(origin, bytes)))
  while ((await slow.calls()).detect < 2) await sleep(20)
  service.process.kill('SIGTERM')
  t.equal(await service.exited, 0)
  const statuses = (await sql.query('select status from ingest_jobs where image_width = 500')).rows
  const count = (wanted: string) => statuses.filter(({ status }) => status === wanted).length
  t.same([count('done'), count('queued'), count('processing')], [2, 3, 0])
})
