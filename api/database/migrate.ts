/** Brings the schema of DATABASE_URL up to date and exits: the task's first container in production. */
import { migrateWhenReachable } from './database.ts'

const log = {
  info: (message: string) => void process.stdout.write(`${message}\n`),
  error: (_detail: object, message: string) => void process.stderr.write(`${message}\n`),
}

const url = process.env.DATABASE_URL?.trim()
if (!url) {
  log.error({}, 'DATABASE_URL must be set')
  process.exit(1)
}
try {
  await migrateWhenReachable(url, log)
  log.info('the schema is up to date')
} catch (error) {
  log.error({}, `the migration failed: ${error instanceof Error ? error.message : String(error)}`)
  process.exit(1)
}
