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

/** Any number, as long as nobody else uses it for an advisory lock in this database. */
const MIGRATION_LOCK = 7_316_001
const MIGRATIONS = resolve(import.meta.dirname, '../drizzle/migrations')

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
