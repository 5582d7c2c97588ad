import { setTimeout as sleep } from 'node:timers/promises'
import { Failure } from '../infra/failures.ts'
import { secondsSince, waitFor } from '../progress.ts'
import { drillPlace, patience } from './account.ts'
import type { Drill } from './drill.ts'
import { bad, good, twoTasks } from './two-tasks.ts'

/** Guide, "Simulate ECS task failure (auto-recovery)". */
export const taskFailure: Drill = {
  title: 'A task dies',
  expectation:
    'One of two tasks is killed under load: only requests that it had in hand fail, the other one serves the rest, and every answered upload is stored once. A new task takes its place within 5 minutes.',
  async local(stage) {
    const tasks = await twoTasks(stage)
    const load = await tasks.load(stage.small ? 12 : 20)
    const before = bad(load.outcomes).length
    const killedAt = performance.now()
    tasks.services[0]?.process.kill('SIGKILL')
    await sleep(stage.small ? 2_000 : 10_000)
    await tasks.restart(0)
    await sleep(stage.small ? 1_500 : 5_000)
    const outcomes = await load.end()
    const lost = bad(outcomes)
    // Began before the kill or in the moment that a balancer needs to notice a broken connection.
    const late = lost.filter(({ at }) => at > killedAt + 100)
    stage.check('failures before the kill', '0', before, before === 0)
    stage.check('failures of requests that were not in its hands', '0', late.length, late.length === 0)
    stage.check('failures in all', 'at most 10, those in its hands', lost.length, lost.length <= 10)
    stage.check('answers', 'over 20', good(outcomes).length, good(outcomes).length > 20)
    const [row] = await tasks.postgres.query<{ count: string }>('select count(*) from analyses')
    const [twice] = await tasks.postgres.query<{ count: string }>(
      'select count(*) from (select 1 from analyses group by defect_id having count(*) > 1) as doubles',
    )
    // A killed task may have stored what it could not answer any more; nothing answered is missing.
    const uploads = outcomes.filter(
      ({ status, body }) => status === 200 && body.includes('"defect_id"') && body.includes('"analysis"'),
    ).length
    stage.check(
      'stored analyses',
      `${uploads} answered, and at most those lost besides`,
      row?.count ?? '',
      Number(row?.count) >= uploads && Number(row?.count) <= uploads + lost.length,
    )
    stage.check('analyses stored twice', '0', twice?.count ?? '', twice?.count === '0')
    const served = tasks.balancer.served.every((count) => count > 0)
    stage.check(
      'answers by task',
      'both serve, the second one again after its restart',
      tasks.balancer.served.join(' and '),
      served,
    )
  },
  async account(stage) {
    const place = drillPlace(stage.env)
    const { aws, cluster, service } = place
    const running = async () =>
      (
        await aws.json<{ taskArns: string[] }>('ecs', 'ListTasks', {
          cluster,
          serviceName: service,
          desiredStatus: 'RUNNING',
        })
      ).taskArns
    const before = await running()
    const [task] = before
    if (!task) throw new Failure(`No task of ${service} runs.`)
    const start = performance.now()
    await aws.json('ecs', 'StopTask', { cluster, task, reason: 'drill: task failure' })
    const back = await waitFor(patience(stage.env, 5), async () => {
      const now = await running()
      return now.length >= before.length && !now.includes(task) ? {} : `${now.length} of ${before.length} tasks run`
    })
    stage.check(
      'as many tasks as before, without the stopped one',
      'within 5 minutes',
      `${secondsSince(start)} s`,
      Boolean(back),
    )
  },
}
