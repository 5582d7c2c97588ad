import { randomBytes } from 'node:crypto'
import { openClient } from '../../api/database/connection.ts'
import { migrateDatabase } from '../../api/database/database.ts'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../api/database/embedded.ts'

/** Set by `make test` for the test files: a PostgreSQL that they share. */
export const SHARED_POSTGRES_URL = 'TEST_POSTGRES_URL'
const TEMPLATE = 'migrated'

const withDatabase = (server: string, name: string): string => {
  const url = new URL(server)
  url.pathname = `/${name}`
  return url.href
}

async function run(url: string, ...statements: string[]): Promise<void> {
  const client = await openClient({ connectionString: url })
  try {
    for (const statement of statements) await client.query(statement)
  } finally {
    await client.end()
  }
}

/** Starts the server of a test run and migrates the template that every test database is copied from. */
export async function startSharedPostgres(folder: string): Promise<EmbeddedPostgres> {
  const postgres = await startEmbeddedPostgres(folder)
  // Nothing in it outlives the run, so nothing has to survive a crash.
  const settings = ['fsync', 'synchronous_commit', 'full_page_writes']
  await run(
    postgres.url,
    ...settings.map((name) => `alter system set ${name} = off`),
    'select pg_reload_conf()',
    `create database ${TEMPLATE}`,
  )
  await migrateDatabase(withDatabase(postgres.url, TEMPLATE))
  return postgres
}

export interface TestDatabase {
  url: string
  drop(): Promise<void>
}

/** A migrated database of its own: a copy of the template where the run shares a server, else a server of its own in `folder`. */
export async function createTestDatabase(folder: string): Promise<TestDatabase> {
  const server = process.env[SHARED_POSTGRES_URL]
  if (!server) {
    const postgres = await startEmbeddedPostgres(folder)
    await migrateDatabase(postgres.url)
    return { url: postgres.url, drop: () => postgres.stop() }
  }
  const name = `test_${randomBytes(6).toString('hex')}`
  await run(server, `create database ${name} template ${TEMPLATE}`)
  return { url: withDatabase(server, name), drop: () => run(server, `drop database ${name} with (force)`) }
}
