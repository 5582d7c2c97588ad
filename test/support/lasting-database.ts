import type pg from 'pg'
import type { Test } from 'tap'
import { openClient } from '../../api/database/connection.ts'
import { createTestDatabase } from '../../fixtures/shared-postgres.ts'
import { testFolder } from './service.ts'

export interface LastingDatabase {
  /** Variables of a service on this database, with a limit that no test reaches. */
  env: Record<string, string>
  /** The test's own connection. */
  sql: pg.Client
  /** How another one is made. */
  connection: pg.ClientConfig
  /** The DATA_DIR of the services. */
  dataDir: string
}

/** A database that stays while services on it are killed and started again; stopped with the test. */
export async function lastingDatabase(t: Pick<Test, 'teardown'>): Promise<LastingDatabase> {
  const folder = testFolder()
  const database = await createTestDatabase(folder.path)
  const connection = { connectionString: database.url, application_name: 'test' }
  const sql = await openClient(connection)
  t.teardown(async () => {
    await sql.end()
    await database.drop()
    folder.remove()
  })
  const env = {
    ENVIRONMENT: 'test',
    DATA_DIR: folder.path,
    DATABASE_URL: database.url,
    RATE_LIMIT_PER_IP: '1000000',
  }
  return { env, sql, connection, dataDir: folder.path }
}
