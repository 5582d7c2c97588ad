import type { Analyzer } from '../../api/analyzers/analyzer.ts'
import { createAnalyzer } from '../../api/analyzers/create.ts'
import { buildApp } from '../../api/app.ts'
import { type Config, loadConfig } from '../../api/config/config.ts'
import { type Database, openDatabase } from '../../api/database/database.ts'
import { openImageStore } from '../../api/images/open-store.ts'
import type { ImageStore } from '../../api/images/store.ts'
import { migrateWhenReachable } from '../../api/migration.ts'
import { refuseLeaks } from '../../fixtures/canaries.ts'
import { testFolder } from '../../fixtures/folder.ts'
import { createTestDatabase } from '../../fixtures/shared-postgres.ts'

export interface TestService {
  /** Origin, without a slash at the end. */
  url: string
  config: Config
  database: Database
  store: ImageStore
  /** Log lines so far, as JSON texts. */
  logs: string[]
  close(): Promise<void>
}

export { testFolder }

/**
 * The whole service in this process: a database of its own on a real PostgreSQL (unless DATABASE_URL is among the variables), a folder
 * of images, the analyzer that the variables ask for (or the one given), a free port. The photo gate is off, as most tests draw small,
 * flat photos, and nothing is drawn at random for review; their own tests turn both on.
 */
export async function startService(
  env: Record<string, string> = {},
  parts: { analyzer?: Analyzer; store?: ImageStore } = {},
): Promise<TestService> {
  const folder = testFolder()
  const fixed = { ENVIRONMENT: 'test', PORT: '0', PHOTO_GATE: 'off', REVIEW_SAMPLE: '0', DATA_DIR: folder.path }
  const config = loadConfig({ ...fixed, ...env })
  const logs: string[] = []
  const toLog = (line: unknown) => void logs.push(JSON.stringify(line))
  const ownDatabase = config.databaseUrl === null ? await createTestDatabase(folder.path) : undefined
  const database = await openDatabase(
    {
      ...config,
      databaseUrl: ownDatabase?.url ?? config.databaseUrl,
      migrate: ownDatabase ? null : migrateWhenReachable,
    },
    { info: toLog, error: toLog },
  )
  const store = parts.store ?? openImageStore(config)
  const app = await buildApp({
    config,
    database,
    store,
    analyzer: parts.analyzer ?? createAnalyzer(config),
    logTo: { write: (line) => void logs.push(line) },
  })
  const url = await app.listen({ host: '127.0.0.1', port: config.port })
  return {
    url,
    config,
    database,
    store,
    logs,
    close: async () => {
      await app.close()
      await ownDatabase?.drop()
      folder.remove()
      refuseLeaks(logs, env)
    },
  }
}
