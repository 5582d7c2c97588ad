import pg from 'pg'

/** Schema of pg-boss's own tables. */
export const QUEUE_SCHEMA = 'pgboss'

/**
 * Makes the API's own user and gives it what it needs: all data, in the audit log and the reviews no change of what is there, no schema. On RDS it signs in by
 * IAM token, so it gets no password. Safe to repeat. `client` is connected as the owner of the tables.
 */
export async function grantApiRole(client: pg.Client, name: string): Promise<void> {
  const role = pg.escapeIdentifier(name)
  const exists = async (wanted: string) =>
    (await client.query('select 1 from pg_roles where rolname = $1', [wanted])).rowCount === 1
  if (!(await exists(name))) await client.query(`create role ${role} login`)
  // The role that RDS knows IAM users by; elsewhere it does not exist.
  if (await exists('rds_iam')) await client.query(`grant rds_iam to ${role}`)
  await client.query(`grant usage on schema public to ${role}`)
  await client.query(`grant select, insert, update, delete on analyses, api_keys to ${role}`)
  await client.query(`grant select, insert, update, delete on ingest_jobs, idempotency_keys, events to ${role}`)
  await client.query(`grant select, insert, update, delete on daily_usage to ${role}`)
  // History: nobody changes what a person said.
  await client.query(`grant select, insert on reviews, explanations to ${role}`)
  await client.query(
    `grant select, insert, update, delete on review_thresholds, photo_limits, inspected_units, chart_baselines, shift_hours to ${role}`,
  )
  // Written by the triggers of analyses, with the owner's rights.
  await client.query(`grant select on photo_tallies, measure_tallies to ${role}`)
  await client.query(`grant select, insert on translations to ${role}`)
  await client.query(`grant select, insert on audit_log to ${role}`)
  // Old rows go by a function of the owner's, which refuses to remove young ones.
  await client.query(`grant execute on function prune_audit_log(integer, integer) to ${role}`)
  await client.query(`grant select, insert, update on housekeeping_runs to ${role}`)
  // pg-boss at run time: jobs are rows; its tables and queues are made by the owner.
  await client.query(`grant usage on schema ${QUEUE_SCHEMA} to ${role}`)
  await client.query(`grant select, insert, update, delete on all tables in schema ${QUEUE_SCHEMA} to ${role}`)
}
