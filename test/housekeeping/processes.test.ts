import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { HOUSEKEEPING_NAMES } from '../../api/features/housekeeping/schedule.ts'
import { spawnService } from '../../fixtures/processes.ts'
import { lastingDatabase } from '../support/lasting-database.ts'

t.test('two processes run each due job once, and a restart keeps the schedule', async (t) => {
  const { env, sql } = await lastingDatabase(t)
  const services = [spawnService({ ...env, METRICS: 'stdout' }), spawnService({ ...env, ROLE: 'worker' })]
  t.teardown(() => Promise.all(services.map((service) => service.stop())))
  await Promise.all(services.map((service) => service.listening))
  const { rows: scheduled } = await sql.query(
    "select key from pgboss.schedule where name = 'housekeeping' order by key",
  )
  t.strictSame(
    scheduled.map(({ key }) => key),
    HOUSEKEEPING_NAMES.toSorted(),
  )

  // Due once, in a minute that is still to come, or has begun so lately that the next look at the clock (30 s) finds it due (60 s).
  const due = new Date(Date.now() + 40_000)
  const cron = `${due.getUTCMinutes()} ${due.getUTCHours()} * * *`
  await sql.query("update pgboss.schedule set cron = $1 where name = 'housekeeping'", [cron])
  const runs = () =>
    services.map(({ logs }) =>
      logs.flatMap((line) => (line.includes('"Housekeeping done"') ? [String(JSON.parse(line).job)] : [])),
    )
  for (let waited = 0; waited < 130 && runs().flat().length < HOUSEKEEPING_NAMES.length; waited++) await sleep(1_000)
  // Two passes of the clock more: what is sent twice would come now.
  await sleep(5_000)
  t.strictSame(runs().flat().sort(), HOUSEKEEPING_NAMES.toSorted(), `by process: ${JSON.stringify(runs())}`)
  const { rows: jobs } = await sql.query(
    "select state, data->>'job' as job from pgboss.job where name = 'housekeeping'",
  )
  t.equal(jobs.length, HOUSEKEEPING_NAMES.length)
  t.ok(jobs.every(({ state }) => state === 'completed'))
  const { rows: last } = await sql.query(
    "select job from housekeeping_runs where succeeded_at > now() - interval '3 minutes'",
  )
  t.equal(last.length, HOUSEKEEPING_NAMES.length)

  await sql.query(
    "insert into pgboss.schedule (name, key, cron, timezone) values ('housekeeping', 'of-old', '0 0 1 1 *', 'UTC')",
  )
  const third = spawnService(env)
  t.teardown(() => third.stop())
  await third.listening
  const { rows: again } = await sql.query("select key, cron from pgboss.schedule where name = 'housekeeping'")
  t.equal(again.length, HOUSEKEEPING_NAMES.length, 'what is no longer on it has gone')
  t.notOk(
    again.some((row) => row.cron === cron),
    'and the times are those of the code again',
  )
})
