import { resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import { drizzle } from 'drizzle-orm/node-postgres'
import { migrate } from 'drizzle-orm/node-postgres/migrator'
import type pg from 'pg'
import { openClient } from './database/connection.ts'
import type { DatabaseLog } from './database/database.ts'
import { isUnavailable } from './database/unavailable.ts'
import { installHousekeeping } from './features/housekeeping/runs.ts'
import { HOUSEKEEPING_NAMES, SCHEDULE } from './features/housekeeping/schedule.ts'
import { installQueues } from './platform/queue/queues.ts'

/** Id of the advisory lock; must be unique within this database. */
const MIGRATION_LOCK = 7_316_001
const MIGRATIONS = resolve(import.meta.dirname, '../drizzle/migrations')

/**
 * Throws if the schema was created by the migrations from before the first release, from which no migration leads here. Changes
 * nothing.
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

/** Applies pending migrations and installs the job queue. An advisory lock serialises concurrent runs. */
export async function migrateDatabase(target: string | pg.ClientConfig): Promise<void> {
  const connection = typeof target === 'string' ? { connectionString: target } : target
  const client = await openClient({ ...connection, connectionTimeoutMillis: 10_000 })
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK])
    await refuseForeignSchema(client)
    // Give up on a locked table and retry later: while the migration waits, every later query on the table queues
    // behind it.
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

const LOG_INTERVAL_MS = 30_000
/** pg reports this if the server on that port does not speak the PostgreSQL protocol. */
const NOT_POSTGRES = 'Connection terminated unexpectedly'

/** The AggregateError of a host name with several addresses has a code but no message. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.message || ('code' in error ? String(error.code) : error.name)
}

/**
 * Migrates as soon as the database is reachable, logging every 30 s while it waits. Throws errors that a retry cannot
 * fix.
 */
export async function migrateWhenReachable(target: string | pg.ClientConfig, log: DatabaseLog): Promise<void> {
  let lastLoggedAt = Number.NEGATIVE_INFINITY
  for (;;) {
    try {
      return await migrateDatabase(target)
    } catch (error) {
      if (!isUnavailable(error) || reasonOf(error) === NOT_POSTGRES) throw error
      if (performance.now() - lastLoggedAt >= LOG_INTERVAL_MS) {
        lastLoggedAt = performance.now()
        log.info(`waiting for the database: ${reasonOf(error)}`)
      }
      await sleep(1000)
    }
  }
}
