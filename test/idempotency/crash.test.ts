import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { openClient } from '../../api/database/connection.ts'
import type { AnalysisBody } from '../../api/features/analyses/schemas.ts'
import { createFolderStore } from '../../api/images/folder-store.ts'
import { photo, photoForm } from '../../fixtures/photos.ts'
import { type ServiceProcess, spawnFake, spawnService } from '../../fixtures/processes.ts'
import { bodyOf } from '../support/http.ts'
import { lastingDatabase } from '../support/lasting-database.ts'

/** A process that is killed between what a request does and the answer that is kept. */
const { env: base, sql, connection, dataDir } = await lastingDatabase(t)
const fake = await spawnFake({ delayMs: 300 })
t.teardown(() => fake.stop())
const env = { ...base, ...fake.env }
const store = createFolderStore(`${dataDir}/images`)
const images = async (): Promise<string[]> => {
  const keys: string[] = []
  for await (const { key } of store.list()) keys.push(key)
  return keys
}
const rows = async (): Promise<{ image_s3_key: string }[]> =>
  (await sql.query('select image_s3_key from analyses order by created_at')).rows

/** Asks to analyse again, so that only the key tells that it was done. */
const analyze = (origin: string, bytes: Buffer, key: string): Promise<Response> =>
  fetch(`${origin}/api/v1/analyze`, {
    method: 'POST',
    headers: { 'idempotency-key': key },
    body: photoForm(bytes, { product_sku: 'WK-KN-200', facility: 'yangjiang', reanalyze: 'true' }),
  })
/** As a client that obeys the 409 of the crashed run until its lease ends. */
async function retry(origin: string, bytes: Buffer, key: string): Promise<Response> {
  for (let waited = 0; ; waited++) {
    const response = await analyze(origin, bytes, key)
    if (response.status !== 409 || waited > 40) return response
    await sleep(500)
  }
}
/** Its sessions end with it: PostgreSQL would still do what they wait to do. */
async function kill(service: ServiceProcess): Promise<void> {
  service.process.kill('SIGKILL')
  await service.exited
  await sql.query(`select pg_terminate_backend(pid, 5000) from pg_stat_activity
    where datname = current_database() and application_name <> 'test'`)
}

t.test('A8 killed after the row was written: the retry gets that row', async (t) => {
  const service = spawnService(env)
  t.teardown(() => service.stop())
  const origin = await service.listening
  const bytes = await photo()
  const locker = await openClient(connection)
  t.teardown(() => locker.end())
  const sent = analyze(origin, bytes, 'a8-row').catch(() => null)
  while ((await sql.query("select 1 from idempotency_keys where key = 'a8-row'")).rowCount === 0) await sleep(1)
  // The answer to be kept waits for this lock, so that the process is killed after the effect and before it.
  await locker.query('begin')
  await locker.query("select 1 from idempotency_keys where key = 'a8-row' for update")
  while ((await rows()).length === 0) await sleep(5)
  await kill(service)
  await sent
  await locker.query('rollback')
  t.equal((await rows()).length, 1)
  const calls = await fake.calls()

  const again = spawnService(env)
  t.teardown(() => again.stop())
  const response = await retry(await again.listening, bytes, 'a8-row')
  t.equal(response.status, 200)
  const { analysis } = await bodyOf<{ analysis: AnalysisBody }>(response)
  const [row] = (await sql.query('select defect_id from analyses')).rows
  t.equal(analysis.defect_id, row.defect_id)
  t.equal((await rows()).length, 1, 'one row')
  t.same(await fake.calls(), calls, 'the model was not asked again')
  t.equal((await images()).length, 1)
})

t.test(
  'D13 killed after the picture was stored: no row without its picture, and the retry makes one row',
  async (t) => {
    const service = spawnService(env)
    t.teardown(() => service.stop())
    const origin = await service.listening
    const [before, stored] = [(await rows()).length, (await images()).length]
    const bytes = await photo()
    // The insert waits for this lock; two seconds, then it would fail.
    await sql.query('begin')
    await sql.query('lock table analyses in exclusive mode')
    const sent = analyze(origin, bytes, 'd13').catch(() => null)
    while ((await images()).length === stored) await sleep(5)
    await kill(service)
    await sent
    await sql.query('rollback')
    t.equal((await rows()).length, before, 'no row')
    t.equal((await images()).length, stored + 1, 'a picture for the sweep')

    const again = spawnService(env)
    t.teardown(() => again.stop())
    t.equal((await retry(await again.listening, bytes, 'd13')).status, 200)
    const kept = await rows()
    t.equal(kept.length, before + 1)
    const present = new Set(await images())
    for (const { image_s3_key: key } of kept) t.ok(present.has(key), 'every row has its picture')
  },
)
