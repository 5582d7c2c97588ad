import pg from 'pg'

/** Schema of the pg-boss tables. */
export const QUEUE_SCHEMA = 'pgboss'

/**
 * Creates the API's database user and grants it what it needs: all data, append-only access to the audit log and the
 * reviews, no schema changes. It has no password, because it signs in to RDS with an IAM token. Idempotent. `client`
 * must be connected as the owner of the tables.
 */
export async function grantApiRole(client: pg.Client, name: string): Promise<void> {
  const role = pg.escapeIdentifier(name)
  const exists = async (wanted: string) =>
    (await client.query('select 1 from pg_roles where rolname = $1', [wanted])).rowCount === 1
  if (!(await exists(name))) await client.query(`create role ${role} login`)
  // RDS grants IAM sign-in through this role; other servers do not have it.
  if (await exists('rds_iam')) await client.query(`grant rds_iam to ${role}`)
  await client.query(`grant usage on schema public to ${role}`)
  await client.query(`grant select, insert, update, delete on analyses, api_keys to ${role}`)
  await client.query(`grant select, insert, update, delete on ingest_jobs, idempotency_keys, events to ${role}`)
  await client.query(`grant select, insert, update, delete on daily_usage to ${role}`)
  // Reviews and explanations are append-only.
  await client.query(`grant select, insert on reviews, explanations to ${role}`)
  await client.query(
    `grant select, insert, update, delete on review_thresholds, photo_limits, inspected_units, chart_baselines, shift_hours to ${role}`,
  )
  // Written by the triggers of analyses, with the owner's rights.
  await client.query(`grant select on photo_tallies, measure_tallies to ${role}`)
  await client.query(`grant select, insert on translations to ${role}`)
  await client.query(`grant select, insert on audit_log to ${role}`)
  // The owner's function prunes old rows and refuses to delete recent ones.
  await client.query(`grant execute on function prune_audit_log(integer, integer) to ${role}`)
  await client.query(`grant select, insert, update on housekeeping_runs to ${role}`)
  // At run time pg-boss only reads and writes rows; the owner creates its tables and queues.
  await client.query(`grant usage on schema ${QUEUE_SCHEMA} to ${role}`)
  await client.query(`grant select, insert, update, delete on all tables in schema ${QUEUE_SCHEMA} to ${role}`)
}
