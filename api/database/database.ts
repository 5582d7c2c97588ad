import { resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres'
import { migrate } from 'drizzle-orm/node-postgres/migrator'
import pg from 'pg'
import * as schema from '../../drizzle/schema.ts'
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded.ts'

export type Db = NodePgDatabase<typeof schema>

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

/** Any number, as long as nobody else uses it for an advisory lock in this database. */
const MIGRATION_LOCK = 7_316_001
const MIGRATIONS = resolve(import.meta.dirname, '../../drizzle/migrations')

/**
 * Connections of one process. A request holds one for a few milliseconds around the model call, not during it; 10 tasks
 * of 10 stay well under the 400 or so that a db.t4g.medium allows.
 */
const POOL_SIZE = 10

/** Applies what is missing of drizzle/migrations. An advisory lock lets one process at a time do it, the rest wait. */
export async function migrateDatabase(connectionString: string): Promise<void> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 10_000 })
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK])
    await migrate(drizzle(client), { migrationsFolder: MIGRATIONS })
  } finally {
    await client.end()
  }
}

/** The database's first seconds are its own: it may start after us. */
export async function migrateWhenReachable(connectionString: string, log: DatabaseLog): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await migrateDatabase(connectionString)
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : ''
      if (attempt >= 30 || !/^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|57P03|53300)$/.test(code)) throw error
      if (attempt === 1) log.info('waiting for the database')
      await sleep(1000)
    }
  }
}

/**
 * Connects to PostgreSQL, starting the embedded one where no URL is given, and brings the schema up to date.
 * Throws where the database cannot be reached within about 30 s, or a migration fails.
 */
export async function openDatabase(
  options: { databaseUrl: string | null; dataDir: string; migrate: boolean },
  log: DatabaseLog,
): Promise<Database> {
  let embedded: EmbeddedPostgres | null = null
  if (options.databaseUrl === null) {
    log.info('starting the embedded PostgreSQL')
    embedded = await startEmbeddedPostgres(options.dataDir)
  }
  const connectionString = options.databaseUrl ?? (embedded as EmbeddedPostgres).url
  try {
    if (options.migrate) await migrateWhenReachable(connectionString, log)
  } catch (error) {
    await embedded?.stop()
    throw error
  }
  const pool = new pg.Pool({
    connectionString,
    max: POOL_SIZE,
    connectionTimeoutMillis: 2_000,
    idleTimeoutMillis: 30_000,
    statement_timeout: 10_000,
    lock_timeout: 2_000,
    idle_in_transaction_session_timeout: 10_000,
    application_name: 'wiko-defect-analyzer',
  })
  // Without a listener, an idle connection that the server ends would end the process.
  pool.on('error', (error) => log.error({ err: error }, 'an idle database connection failed'))
  return {
    db: drizzle(pool, { schema }),
    pool,
    check: async () => void (await pool.query('select 1')),
    close: async () => {
      await pool.end()
      await embedded?.stop()
    },
  }
}
