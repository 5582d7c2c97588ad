import { execFile } from 'node:child_process'
import { resolve } from 'node:path'
import { promisify } from 'node:util'
import t from 'tap'
import { openClient } from '../../api/database/connection.ts'
import { startEmbeddedPostgres } from '../../api/database/embedded.ts'
import { testFolder } from '../support/service.ts'

const run = promisify(execFile)
const folder = testFolder()
const postgres = await startEmbeddedPostgres(folder.path)
t.teardown(async () => {
  await postgres.stop()
  folder.remove()
})

const owner = new URL(postgres.url)
const migrate = (env: Record<string, string>) =>
  run(process.execPath, [resolve(import.meta.dirname, '../../api/database/migrate.ts')], {
    env: { PATH: process.env.PATH, ...env },
  })

t.test('The migration creates the schema and the API user, and is repeatable', async (t) => {
  const api = new URL(postgres.url)
  api.username = 'wiko_api'
  api.password = ''
  const env = { DATABASE_URL: api.href, MIGRATION_USER: owner.username, MIGRATION_PASSWORD: owner.password }
  for (let i = 0; i < 2; i++) t.match((await migrate(env)).stdout, /up to date[\s\S]*API privileges to wiko_api/)

  const client = await openClient({ connectionString: owner.href })
  t.teardown(() => client.end())
  await client.query('set role wiko_api')
  t.equal((await client.query('select * from analyses')).rowCount, 0)
  await client.query("insert into audit_log (endpoint, method) values ('/health', 'GET')")
  for (const forbidden of ['delete from audit_log', 'drop table analyses', 'create table x ()']) {
    await t.rejects(client.query(forbidden), { code: '42501' }, forbidden)
  }
})

t.test('An error is one line without the password', async (t) => {
  const wrong = new URL(owner)
  wrong.password = 'canary-password'
  const failure = await migrate({ DATABASE_URL: wrong.href }).catch((error) => error)
  t.equal(failure.code, 1)
  t.match(failure.stderr, /^Migration failed: .*\n$/)
  t.notMatch(failure.stderr, /canary/)
  t.match((await migrate({}).catch((error) => error)).stderr, /^DATABASE_URL must be set\n$/)
})
