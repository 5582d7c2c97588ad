import { execFile } from 'node:child_process'
import { resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import t from 'tap'
import { buildApp } from '../../api/app.ts'
import { loadConfig } from '../../api/config/config.ts'
import { openClient } from '../../api/database/connection.ts'
import { openDatabase } from '../../api/database/database.ts'
import { startEmbeddedPostgres } from '../../api/database/embedded.ts'
import { openImageStore } from '../../api/images/open-store.ts'
import { photo } from '../../fixtures/photos.ts'
import { spawnFake, spawnService } from '../../fixtures/processes.ts'
import { resultOf, rust, scriptedAnalyzer } from '../support/analyzers.ts'
import { bodyOf } from '../support/http.ts'
import { ended, type IngestAnswer, leave, stateOf, stateWhen } from '../support/ingest.ts'
import { testFolder } from '../support/service.ts'

const folder = testFolder()
const postgres = await startEmbeddedPostgres(folder.path)
t.teardown(async () => {
  await postgres.stop()
  folder.remove()
})

t.test('runs the queue with a database user that cannot change the schema', async (t) => {
  const owner = new URL(postgres.url)
  const user = new URL(postgres.url)
  user.username = 'wiko_api'
  user.password = 'of-the-test-only'
  const migration = resolve(import.meta.dirname, '../../api/database/migrate.ts')
  const migrate = () =>
    promisify(execFile)(process.execPath, [migration], {
      env: {
        PATH: process.env.PATH,
        DATABASE_URL: user.href,
        MIGRATION_USER: decodeURIComponent(owner.username),
        MIGRATION_PASSWORD: decodeURIComponent(owner.password),
      },
    })
  await migrate()
  await migrate()
  const sql = await openClient({ connectionString: postgres.url })
  t.teardown(() => sql.end())
  await sql.query(`alter role wiko_api password '${user.password}'`)

  const config = loadConfig({
    ENVIRONMENT: 'test',
    PORT: '0',
    DATA_DIR: folder.path,
    DATABASE_URL: user.href,
    INGEST_RETRIES: '0',
    PHOTO_GATE: 'off',
    // Nobody listens there, so the delivery fails and stays in the queue.
    WEBHOOK_URL: 'http://127.0.0.1:9/',
    WEBHOOK_SECRET: `whsec_${Buffer.alloc(32).toString('base64')}`,
  })
  const logs: string[] = []
  const silent = { info: () => undefined, error: () => undefined }
  const database = await openDatabase({ ...config, migrate: null }, silent)
  const analyzer = scriptedAnalyzer(() => resultOf([rust]))
  const app = await buildApp({
    config,
    database,
    store: openImageStore(config),
    analyzer,
    logTo: { write: (line) => void logs.push(line) },
  })
  t.teardown(() => app.close())
  const origin = await app.listen({ host: '127.0.0.1', port: 0 })
  await t.rejects(database.pool.query('create table x ()'), { code: '42501' })

  const headers = { 'idempotency-key': 'one' }
  const { image_id: id } = await bodyOf<IngestAnswer>(await leave(origin, await photo(), { headers }))
  t.match(await stateWhen(origin, id, ended), { status: 'done' })
  analyzer.answer = () => {
    throw new Error('a fault of the analyzer')
  }
  const failed = await bodyOf<IngestAnswer>(await leave(origin, await photo()))
  t.match(await stateWhen(origin, failed.image_id, ended), { status: 'failed' }, 'through the dead letter queue')
  // Gives the supervision of pg-boss time to run its statements.
  await sleep(6_000)
  t.notMatch(logs.join(''), /Job queue (error|unreachable)|permission denied/)
})

t.test('ROLE=api only adds jobs; ROLE=worker runs them and serves only the probes', async (t) => {
  const fake = await spawnFake()
  t.teardown(() => fake.stop())
  const env = { ENVIRONMENT: 'test', DATA_DIR: folder.path, DATABASE_URL: postgres.url, ...fake.env }
  const api = spawnService({ ...env, ROLE: 'api' })
  t.teardown(() => api.stop())
  const origin = await api.listening
  const { image_id: id } = await bodyOf<IngestAnswer>(await leave(origin, await photo()))
  await sleep(2_500)
  t.match(await stateOf(origin, id), { status: 'queued', attempts: 0 }, 'the API process does not run it')

  const worker = spawnService({ ...env, ROLE: 'worker' })
  t.teardown(() => worker.stop())
  const other = await worker.listening
  t.match(await stateWhen(origin, id, ended), { status: 'done', attempts: 1 })
  t.equal((await fetch(`${other}/health`)).status, 200)
  t.equal((await fetch(`${other}/ready`)).status, 200)
  for (const path of ['/api/v1/analyses', '/api/v1/info', '/api/v1/defect-types']) {
    t.ok([401, 404].includes((await fetch(`${other}${path}`)).status), path)
  }
  for (const service of [api, worker]) t.equal(await service.stop(), 0)
})
