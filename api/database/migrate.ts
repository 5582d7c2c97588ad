/**
 * Migrates the schema of DATABASE_URL and exits. Runs as the first container of the task in production. With
 * MIGRATION_USER and MIGRATION_PASSWORD it signs in as that user, creates the user of DATABASE_URL and grants it what
 * the API needs.
 */

import { migrateWhenReachable } from '../migration.ts'
import { connectionTo, openClient } from './connection.ts'
import { grantApiRole } from './roles.ts'

const log = {
  info: (message: string) => void process.stdout.write(`${message}\n`),
  error: (_detail: object, message: string) => void process.stderr.write(`${message}\n`),
}

const url = process.env.DATABASE_URL?.trim()
if (!url) {
  log.error({}, 'DATABASE_URL must be set')
  process.exit(1)
}
const { MIGRATION_USER: user, MIGRATION_PASSWORD: password } = process.env
try {
  const migrating = new URL(url)
  if (user && password) {
    migrating.username = encodeURIComponent(user)
    migrating.password = encodeURIComponent(password)
  }
  // The owner signs in with a password, which RDS stores and rotates.
  const connection = connectionTo(migrating.href, { iam: false, region: '' })
  await migrateWhenReachable(connection, log)
  log.info('Schema is up to date')
  const apiUser = decodeURIComponent(new URL(url).username)
  if (user && apiUser && apiUser !== user) {
    const client = await openClient(connection)
    await grantApiRole(client, apiUser).finally(() => client.end())
    log.info(`Granted API privileges to ${apiUser}`)
  }
} catch (error) {
  log.error({}, `Migration failed: ${error instanceof Error ? error.message : String(error)}`)
  process.exit(1)
}
