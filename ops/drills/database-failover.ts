import { setTimeout as sleep } from 'node:timers/promises'
import { RebootDBInstanceCommand } from '@aws-sdk/client-rds'
import { Failure } from '../lib/failures.ts'
import { secondsSince } from '../lib/progress.ts'
import { drillPlace, findInstance, waitUntilAvailable } from './account.ts'
import type { Drill } from './drill.ts'
import { bad, healed, twoTasks } from './two-tasks.ts'

/** Guide, "Simulate RDS failover (Multi-AZ)". */
export const databaseFailover: Drill = {
  title: 'The database fails over',
  expectation:
    'PostgreSQL crashes under load and is back after some seconds: meanwhile callers hear 503 with Retry-After and no 500, the processes stay alive, they serve again within 10 s of its return, and no answered upload is lost.',
  async local(stage) {
    const tasks = await twoTasks(stage)
    const load = await tasks.load(8)
    const pids = tasks.services.map(({ pid }) => pid)
    await tasks.postgres.stop('immediate')
    await sleep(stage.small ? 2_000 : 10_000)
    await tasks.postgres.start()
    const back = performance.now()
    const seconds = await healed(back, tasks.read, 30)
    await sleep(1_000)
    const outcomes = await load.end()
    const faults = bad(outcomes)
    const statuses = [...new Set(faults.map(({ status }) => status))].join(', ') || 'none'
    stage.check('serves again after the database is back', 'within 10 s', `${seconds.toFixed(1)} s`, seconds < 10)
    stage.check(
      'answers meanwhile that are not 200',
      'only 503',
      statuses,
      faults.length > 0 && faults.every(({ status }) => status === 503),
    )
    const hinted = faults.every(({ retryAfter }) => Number(retryAfter) > 0)
    stage.check('they say when to come again', 'all', hinted ? 'all' : 'not all', hinted)
    const alive = tasks.services.every(({ process, pid }, index) => process.exitCode === null && pid === pids[index])
    stage.check('processes', 'the same ones live', alive ? 'the same' : 'others', alive)
    const answered = outcomes
      .flatMap(({ status, body }) =>
        status === 200 ? [/"analysis":\{"defect_id":"([^"]+)"/.exec(body)?.[1] ?? ''] : [],
      )
      .filter(Boolean)
    const rows = await tasks.postgres.query<{ defect_id: string }>('select defect_id from analyses')
    const stored = new Set(rows.map(({ defect_id }) => defect_id))
    const missing = answered.filter((id) => !stored.has(id))
    stage.check(
      'answered uploads that are not stored',
      `0 of ${answered.length}`,
      missing.length,
      missing.length === 0 && answered.length > 0,
    )
  },
  async account(stage) {
    const place = drillPlace(stage.env)
    const before = await findInstance(place, place.database)
    if (!before) throw new Failure(`There is no instance ${place.database}.`)
    const multi = before.MultiAZ === true
    const start = performance.now()
    const reboot = { DBInstanceIdentifier: place.database, ForceFailover: multi }
    await place.aws.rds.send(new RebootDBInstanceCommand(reboot))
    const after = await waitUntilAvailable(place, place.database, stage.env, 10)
    stage.check('available again', 'within 10 minutes', `${secondsSince(start)} s`, true)
    if (!multi) return
    const [was, is] = [before.AvailabilityZone, after.AvailabilityZone]
    // The simulation has no zones to change.
    const simulated = Boolean(process.env.AWS_ENDPOINT_URL)
    stage.check('zone', 'another one', `${was} then ${is}${simulated ? ' (simulated)' : ''}`, simulated || was !== is)
  },
}
