import { setTimeout as sleep } from 'node:timers/promises'
import { ListTasksCommand, StopTaskCommand } from '@aws-sdk/client-ecs'
import { Failure } from '../lib/failures.ts'
import { secondsSince, waitFor } from '../lib/progress.ts'
import { drillPlace, polling } from './account.ts'
import type { Drill } from './drill.ts'
import { bad, good, twoTasks } from './two-tasks.ts'

/** Requests a second. */
const RATE = 8
/** Until a load balancer has found every connection to a dead task broken. */
const NOTICED_MS = 1_000

/** Guide, "Simulate ECS task failure (auto-recovery)". */
export const taskFailure: Drill = {
  title: 'A task dies',
  expectation:
    'One of two tasks is killed under load: only requests that it had in hand or was sent in that second fail, the other one serves the rest, and every answered upload is stored once. A new task takes its place within 5 minutes.',
  async local(stage) {
    const tasks = await twoTasks(stage)
    const load = await tasks.load(RATE)
    const before = bad(load.outcomes).length
    const killedAt = performance.now()
    tasks.services[0]?.process.kill('SIGKILL')
    await sleep(stage.small ? 2_000 : 10_000)
    await tasks.restart(0)
    await sleep(stage.small ? 1_500 : 5_000)
    const outcomes = await load.end()
    const lost = bad(outcomes)
    const open = outcomes.filter(({ at, ms }) => at <= killedAt && at + ms >= killedAt).length
    const late = lost.filter(({ at }) => at > killedAt + NOTICED_MS)
    stage.check('failures before the kill', '0', before, before === 0)
    stage.check('failures of requests that began a second later', '0', late.length, late.length === 0)
    const most = open + RATE * (NOTICED_MS / 1000)
    stage.check(
      'failures in all',
      `at most ${most}: open at the kill, or sent until it was noticed`,
      lost.length,
      lost.length <= most,
    )
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
    const running = async () => {
      const query = { cluster, serviceName: service, desiredStatus: 'RUNNING' } as const
      return (await aws.ecs.send(new ListTasksCommand(query))).taskArns ?? []
    }
    const before = await running()
    const [task] = before
    if (!task) throw new Failure(`No task of ${service} runs.`)
    const start = performance.now()
    await aws.ecs.send(new StopTaskCommand({ cluster, task, reason: 'drill: task failure' }))
    const back = await waitFor(polling(stage.env, 5), async () => {
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
