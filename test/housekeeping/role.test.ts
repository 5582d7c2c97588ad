import { drizzle } from 'drizzle-orm/node-postgres'
import type pg from 'pg'
import t from 'tap'
import { openClient } from '../../api/database/connection.ts'
import { grantApiRole } from '../../api/database/roles.ts'
import { removeAuditRows } from '../../api/features/housekeeping/audit-log.ts'
import { removeDailyUsage } from '../../api/features/housekeeping/daily-usage.ts'
import { markRun } from '../../api/features/housekeeping/runs.ts'
import * as schema from '../../drizzle/schema.ts'
import { startService } from '../support/service.ts'

const service = await startService()
t.teardown(() => service.close())

async function connected(): Promise<pg.Client> {
  const client = await openClient(service.database.pool.options)
  t.teardown(() => client.end())
  return client
}
const owner = await connected()
await grantApiRole(owner, 'wiko_api')
const client = await connected()
await client.query('set role wiko_api')

t.test("the API's database user can remove old audit rows, but no recent ones", async (t) => {
  await owner.query(`insert into audit_log (endpoint, method, timestamp)
    select '/x', 'GET', now() - make_interval(days => d) from unnest(array[0, 89, 91, 401]) d`)
  await client.query("insert into audit_log (endpoint, method) values ('/x', 'GET')")
  const refused = { code: '22023', message: /90 days at least/ }
  for (const days of ['0', '89', '-1', 'null']) {
    await t.rejects(client.query(`select prune_audit_log(${days}, 1000)`), refused, days)
  }
  const denied = { code: '42501' }
  await t.rejects(client.query("delete from audit_log where timestamp < now() - interval '400 days'"), denied)
  await t.rejects(client.query("update audit_log set caller = 'nobody'"), denied)
  t.ok((await client.query('select 1 from audit_log')).rowCount, 'administrators read it on the page')
  await t.rejects(
    client.query('create function public.now() returns timestamptz language sql as $$ select null $$'),
    denied,
  )

  const parts = {
    db: drizzle(client, { schema }),
    store: service.store,
    config: { ...service.config.housekeeping, auditRetentionDays: 90 },
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
  }
  const signal = new AbortController().signal
  t.equal(await removeAuditRows(parts, signal), 2)
  const { rows } = await owner.query("select 1 from audit_log where endpoint = '/x'")
  t.equal(rows.length, 3, 'those of today and of 89 days stay')
  t.equal(await removeDailyUsage(parts, signal), 0, 'it may remove what it counted itself')
  await markRun(parts.db, 'audit-log')
})

t.test('no other database user can prune the audit log', async (t) => {
  await owner.query('create role stranger')
  await owner.query('grant usage on schema public to stranger')
  const stranger = await connected()
  await stranger.query('set role stranger')
  await t.rejects(stranger.query('select prune_audit_log(400, 1)'), { code: '42501' })
})
