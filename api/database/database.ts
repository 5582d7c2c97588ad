import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres'
import pg from 'pg'
import * as schema from '../../drizzle/schema.ts'
import { connectionTo, ignoreConnectionErrors, type TokenSource } from './connection.ts'
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded.ts'

export type Db = NodePgDatabase<typeof schema>
/** Db inside a transaction. */
export type Transaction = Parameters<Parameters<Db['transaction']>[0]>[0]

export interface Database {
  db: Db
  pool: pg.Pool
  /** Runs a query; throws if the database is unreachable. */
  check(): Promise<void>
  close(): Promise<void>
}

export interface DatabaseLog {
  info(message: string): void
  error(detail: object, message: string): void
}

/** Config documents the first four. */
export interface DatabaseOptions {
  databaseUrl: string | null
  databaseIam: boolean
  /** A request holds a connection for a few milliseconds around the model call, not during it. */
  databasePoolSize: number
  awsRegion: string
  dataDir: string
  /** Migrates the schema first; null: the schema is up to date. */
  migrate: ((connection: pg.ClientConfig, log: DatabaseLog) => Promise<void>) | null
  /** Creates IAM tokens instead of the AWS SDK. */
  token?: TokenSource
}

/** Must exceed the statement timeout. */
const QUERY_TIMEOUT_MS = 12_000
/** A slower answer fails the check. */
const CHECK = { text: 'select 1', query_timeout: 2_000 }

/**
 * Connects to PostgreSQL, starting the embedded server if no URL is given. With `migrate` it waits for the database and
 * migrates it; without, it does not contact the database. Throws if a migration fails.
 */
export async function openDatabase(options: DatabaseOptions, log: DatabaseLog): Promise<Database> {
  let embedded: EmbeddedPostgres | null = null
  if (options.databaseUrl === null) {
    log.info('Starting embedded PostgreSQL')
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
    await options.migrate?.(connection, log)
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
    // Client-side timeout, for a server that is gone or hangs. The pool then discards the connection.
    query_timeout: QUERY_TIMEOUT_MS,
    keepAlive: true,
    lock_timeout: 2_000,
    idle_in_transaction_session_timeout: 10_000,
    application_name: 'wiko-defect-analyzer',
  })
  let closing = false
  // Without a listener, losing an idle connection would end the process.
  pool.on('error', (error) => {
    // At shutdown the embedded server may close connections before the pool does, which is harmless.
    if (!closing) log.error({ err: error }, 'Idle database connection lost')
  })
  // The pool only listens to idle connections.
  pool.on('connect', ignoreConnectionErrors)
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
