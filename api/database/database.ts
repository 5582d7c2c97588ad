import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres'
import pg from 'pg'
import * as schema from '../../drizzle/schema.ts'
import { bearLoss, connectionTo, type TokenSource } from './connection.ts'
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded.ts'

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
  /** Brings the schema up to date first; null: it is. */
  migrate: ((connection: pg.ClientConfig, log: DatabaseLog) => Promise<void>) | null
  /** Makes IAM tokens in place of the AWS SDK. */
  token?: TokenSource
}

/** Above the statement timeout. */
const QUERY_TIMEOUT_MS = 12_000
/** An answer that takes longer than that is none. */
const CHECK = { text: 'select 1', query_timeout: 2_000 }

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
