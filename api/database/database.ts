import { resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres'
import { migrate } from 'drizzle-orm/node-postgres/migrator'
import pg from 'pg'
import * as schema from '../../drizzle/schema.ts'
import { installHousekeeping } from '../features/housekeeping/runs.ts'
import { HOUSEKEEPING_NAMES, SCHEDULE } from '../features/housekeeping/schedule.ts'
import { traceSql } from '../platform/observability/sql-spans.ts'
import { installQueues } from '../platform/queue/queues.ts'
import { bearLoss, connectionTo, openClient, type TokenSource } from './connection.ts'
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded.ts'
import { isUnavailable } from './unavailable.ts'

export type Db = NodePgDatabase<typeof schema>
/** The same inside a transaction. */
export type Transaction = Parameters<Parameters<Db['transaction']>[0]>[0]

export interface Database {
  db: Db
  pool: pg.Pool
  /** Answers when a query does; throws where the database cannot be reached. */
  check(): Promise<void>
  close(): Promise<void>
}

export interface DatabaseLog {
  info(message: string): void
  error(detail: object, message: string): void
}

/** See Config for the first four. */
export interface DatabaseOptions {
  databaseUrl: string | null
  databaseIam: boolean
  /** A request holds a connection for a few milliseconds around the model call, not during it. */
  databasePoolSize: number
  awsRegion: string
  dataDir: string
  /** Bring the schema up to date first. */
  migrate: boolean
  /** Makes IAM tokens in place of the AWS SDK. */
  token?: TokenSource
}

/** Any number, as long as nobody else uses it for an advisory lock in this database. */
const MIGRATION_LOCK = 7_316_001
const MIGRATIONS = resolve(import.meta.dirname, '../../drizzle/migrations')

/** Above the statement timeout. */
const QUERY_TIMEOUT_MS = 12_000
/** An answer that takes longer than that is none. */
const CHECK = { text: 'select 1', query_timeout: 2_000 }

/**
 * Throws where the schema was begun by other migrations than these: those of the versions before the first release, from which no migration
 * leads here. Nothing is changed then.
 */
async function refuseForeignSchema(client: pg.Client): Promise<void> {
  const [first] = readMigrationFiles({ migrationsFolder: MIGRATIONS })
  const { rows: tables } = await client.query("select to_regclass('drizzle.__drizzle_migrations') as migrations")
  if (tables[0].migrations === null) return
  const { rows } = await client.query('select hash from drizzle.__drizzle_migrations order by created_at, id limit 1')
  if (rows.length === 0 || rows[0].hash === first?.hash) return
  throw new Error(
    'this database was made by a version before the first release and cannot be migrated; nothing was changed. UPGRADE.md says how to move its data into a new one',
  )
}

/** Applies what is missing of drizzle/migrations and of the job queue's schema. An advisory lock lets one process at a time do it, the rest wait. */
export async function migrateDatabase(target: string | pg.ClientConfig): Promise<void> {
  const connection = typeof target === 'string' ? { connectionString: target } : target
  const client = await openClient({ ...connection, connectionTimeoutMillis: 10_000 })
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK])
    await refuseForeignSchema(client)
    // A change of a table that is in use gives up and comes again: while it waits, all that comes after it waits too.
    await client.query("set lock_timeout = '5s'")
    await migrate(drizzle(client), { migrationsFolder: MIGRATIONS })
    await installQueues(
      client,
      HOUSEKEEPING_NAMES.map((job) => ({ queue: 'housekeeping', key: job, cron: SCHEDULE[job].cron, data: { job } })),
    )
    await installHousekeeping(client)
  } finally {
    await client.end()
  }
}

const SAY_EVERY_MS = 30_000
/** In pg's words: what listens there closes the connection without a word of PostgreSQL's. */
const NO_POSTGRES = 'Connection terminated unexpectedly'

/** Where a name has several addresses, Node's error has a code and no words. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.message || ('code' in error ? String(error.code) : error.name)
}

/** Migrates as soon as the database is there, however long that takes, saying every 30 s what it waits for. Throws where waiting is no help. */
export async function migrateWhenReachable(target: string | pg.ClientConfig, log: DatabaseLog): Promise<void> {
  let said = Number.NEGATIVE_INFINITY
  for (;;) {
    try {
      return await migrateDatabase(target)
    } catch (error) {
      if (!isUnavailable(error) || reasonOf(error) === NO_POSTGRES) throw error
      if (performance.now() - said >= SAY_EVERY_MS) {
        said = performance.now()
        log.info(`waiting for the database: ${reasonOf(error)}`)
      }
      await sleep(1000)
    }
  }
}

/**
 * Connects to PostgreSQL, starting the embedded one where no URL is given, and brings the schema up to date.
 * With `migrate` it waits for the database; without, it does not even ask. Throws where a migration fails.
 */
export async function openDatabase(options: DatabaseOptions, log: DatabaseLog): Promise<Database> {
  let embedded: EmbeddedPostgres | null = null
  if (options.databaseUrl === null) {
    log.info('starting the embedded PostgreSQL')
    embedded = await startEmbeddedPostgres(options.dataDir)
  }
  const connection: pg.ClientConfig = embedded
    ? { connectionString: embedded.url }
    : connectionTo(options.databaseUrl as string, {
        iam: options.databaseIam,
        region: options.awsRegion,
        ...(options.token ? { token: options.token } : {}),
      })
  try {
    if (options.migrate) await migrateWhenReachable(connection, log)
  } catch (error) {
    await embedded?.stop()
    throw error
  }
  const pool = new pg.Pool({
    ...connection,
    max: options.databasePoolSize,
    connectionTimeoutMillis: 2_000,
    idleTimeoutMillis: 30_000,
    statement_timeout: 10_000,
    // Ours, where the server's cannot come: its machine is gone or hangs. The connection is thrown away then.
    query_timeout: QUERY_TIMEOUT_MS,
    keepAlive: true,
    lock_timeout: 2_000,
    idle_in_transaction_session_timeout: 10_000,
    application_name: 'wiko-defect-analyzer',
  })
  let closing = false
  // Without a listener, an idle connection that the server ends would end the process.
  pool.on('error', (error) => {
    // The embedded server may be faster at ending a connection than we are, which nobody needs to know.
    if (!closing) log.error({ err: error }, 'an idle database connection failed')
  })
  // The pool listens only to those that are not in use.
  pool.on('connect', bearLoss)
  traceSql(pool)
  return {
    db: drizzle(pool, { schema }),
    pool,
    check: async () => void (await pool.query(CHECK)),
    close: async () => {
      closing = true
      await pool.end()
      await embedded?.stop()
    },
  }
}
