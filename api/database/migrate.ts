/**
 * Brings the schema of DATABASE_URL up to date and exits: the task's first container in production. Where MIGRATION_USER and
 * MIGRATION_PASSWORD are set they are used to sign in, and the user of DATABASE_URL is made and given what the API needs.
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
  // The owner signs in by password: RDS keeps and rotates it.
  const connection = connectionTo(migrating.href, { iam: false, region: '' })
  await migrateWhenReachable(connection, log)
  log.info('the schema is up to date')
  const apiUser = decodeURIComponent(new URL(url).username)
  if (user && apiUser && apiUser !== user) {
    const client = await openClient(connection)
    await grantApiRole(client, apiUser).finally(() => client.end())
    log.info(`the user ${apiUser} may use it`)
  }
} catch (error) {
  log.error({}, `the migration failed: ${error instanceof Error ? error.message : String(error)}`)
  process.exit(1)
}
