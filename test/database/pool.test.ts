import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import t from 'tap'
import { loadConfig } from '../../api/config/config.ts'
import { openDatabase, type Transaction } from '../../api/database/database.ts'
import { isUnavailable } from '../../api/database/unavailable.ts'
import { createPostgres } from '../../fixtures/postgres.ts'
import { spawnService } from '../../fixtures/processes.ts'
import { testFolder } from '../support/service.ts'

const ADMIN = 'admin-key-for-the-tests-0123456789'
/** Three of the twenty are kept for superusers, one is for this test to look. */
const postgres = await createPostgres(['-c', 'max_connections=20', '-c', 'superuser_reserved_connections=3'])
await postgres.start()
const folder = testFolder()
t.teardown(async () => {
  await postgres.remove()
  folder.remove()
})

t.test('Three tasks of five connections fit a database of twenty (D11)', async (t) => {
  await postgres.query("create role wiko login password 'for-this-test'")
  await postgres.query(`alter database ${new URL(postgres.url).pathname.slice(1)} owner to wiko`)
  await postgres.query('alter schema public owner to wiko')
  await postgres.query('create extension if not exists pg_trgm')
  const url = new URL(postgres.url)
  url.username = 'wiko'
  url.password = 'for-this-test'
  const env = {
    ENVIRONMENT: 'test',
    DATA_DIR: folder.path,
    DATABASE_URL: url.href,
    DATABASE_POOL_SIZE: '5',
    API_KEY: ADMIN,
    HOST: '127.0.0.1',
    RATE_LIMIT_PER_KEY: '100000',
  }
  const services = [1, 2, 3].map(() => spawnService(env))
  t.teardown(() => Promise.all(services.map((service) => service.stop())))
  const origins = await Promise.all(services.map((service) => service.listening))
  const statuses = new Map<number, number>()
  const ask = async (origin: string) => {
    const response = await fetch(`${origin}/api/v1/analyses`, { headers: { 'x-api-key': ADMIN } })
    await response.arrayBuffer()
    statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1)
  }
  let most = 0
  for (let round = 0; round < 5; round++) {
    await Promise.all(origins.flatMap((origin) => Array.from({ length: 10 }, () => ask(origin))))
    const [used] = await postgres.query<{ count: string }>(
      "select count(*) from pg_stat_activity where usename = 'wiko'",
    )
    most = Math.max(most, Number(used?.count))
  }
  t.strictSame([...statuses], [[200, 150]])
  t.equal(most, 15, 'all are in use, and no more')
  const said = services.flatMap(({ logs, errors }) => [...logs, ...errors])
  t.notOk(said.some((line) => /53300|too many|remaining connection slots/.test(line)))
})

t.test('Slow statements, locks and idle transactions are cut (D12)', async (t) => {
  const config = loadConfig({ ENVIRONMENT: 'test', DATABASE_URL: postgres.url, DATA_DIR: folder.path })
  const database = await openDatabase({ ...config, migrate: null }, { info: () => undefined, error: () => undefined })
  t.teardown(() => database.close())
  const one = await database.pool.connect()
  const two = await database.pool.connect()
  t.teardown(() => {
    one.release(true)
    two.release(true)
  })
  const show = async (name: string) => (await one.query(`show ${name}`)).rows[0][name]
  t.equal(await show('statement_timeout'), '10s')
  t.equal(await show('lock_timeout'), '2s')
  t.equal(await show('idle_in_transaction_session_timeout'), '10s')
  await one.query('create table if not exists held (id int)')
  await one.query('begin')
  await one.query('lock table held')
  await t.rejects(two.query('select * from held'), { code: '55P03' }, 'waiting for a lock ends')
  await one.query('rollback')
  await t.rejects(two.query('select pg_sleep(15)'), { code: '57014' }, 'a statement that does not end')
  await two.query('begin')
  const ended = new Promise<Error>((done) => two.once('error', done))
  t.match(await ended, { code: '25P03' }, 'a transaction that nobody goes on with')
})

t.test('A connection lost inside a transaction fails that transaction, not the process', async (t) => {
  const config = loadConfig({ ENVIRONMENT: 'test', DATABASE_URL: postgres.url, DATA_DIR: folder.path })
  const database = await openDatabase({ ...config, migrate: null }, { info: () => undefined, error: () => undefined })
  t.teardown(() => database.close())
  const inTransaction = (work: (tx: Transaction, end: () => Promise<unknown>) => Promise<unknown>) =>
    database.db.transaction(async (tx) => {
      const { rows } = await tx.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`)
      return work(tx, () => postgres.query(`select pg_terminate_backend(${rows[0]?.pid})`))
    })
  const duringAStatement = inTransaction((tx, end) =>
    Promise.all([tx.execute(sql`select pg_sleep(5)`), sleep(200).then(end)]),
  )
  t.ok(await duringAStatement.then(() => false, isUnavailable), 'during a statement: as a database that is away')
  const between = inTransaction(async (tx, end) => {
    await end()
    await sleep(200)
    await tx.execute(sql`select 1`)
  })
  t.ok(await between.then(() => false, isUnavailable), 'between two statements')
  await database.check()
  t.equal(database.pool.totalCount, 1, 'the pool has let them go')
})
