import { setTimeout as sleep } from 'node:timers/promises'
import { DescribeReplicationGroupsCommand, TestFailoverCommand } from '@aws-sdk/client-elasticache'
import { startRedis } from '../../fixtures/redis.ts'
import { Failure } from '../lib/failures.ts'
import { secondsSince, waitFor } from '../lib/progress.ts'
import { drillPlace, polling } from './account.ts'
import type { Drill } from './drill.ts'
import { bad, good, twoTasks } from './two-tasks.ts'

/** Guide, "Test Redis failover". */
export const redisFailover: Drill = {
  title: 'Redis fails over',
  expectation:
    'Redis dies under load and comes back empty: no request fails, limits go on counting in each process meanwhile, and are shared again after it.',
  async local(stage) {
    const redis = await startRedis()
    stage.teardown(() => redis.stop())
    const limit = 100_000
    const tasks = await twoTasks(stage, { REDIS_URL: redis.url, RATE_LIMIT_PER_IP: String(limit) })
    const load = await tasks.load(8)
    await redis.stop()
    await sleep(stage.small ? 2_000 : 10_000)
    const during = await fetch(`${tasks.url}/api/v1/analyses?limit=1`)
    const left = Number(/r=(\d+)/.exec(during.headers.get('ratelimit') ?? '')?.[1])
    stage.check('limits go on counting without Redis', `fewer left than ${limit}`, left, left > 0 && left < limit)
    await redis.start()
    await sleep(stage.small ? 2_500 : 10_000)
    const outcomes = await load.end()
    stage.check(
      'requests that failed',
      '0',
      `${bad(outcomes).length} of ${outcomes.length}`,
      bad(outcomes).length === 0,
    )
    const slowest = Math.max(...good(outcomes).map(({ ms }) => ms))
    stage.check('slowest answer', 'under 15 s', `${slowest.toFixed(0)} ms`, slowest < 15_000)
    const lines = tasks.services.map(({ logs }) => logs.filter((line) => line.includes('Redis available again')).length)
    stage.check(
      'processes that use it again',
      '2',
      lines.filter((count) => count > 0).length,
      lines.every((count) => count > 0),
    )
  },
  async account(stage) {
    const { aws, cache } = drillPlace(stage.env)
    const group = async () => {
      const described = new DescribeReplicationGroupsCommand({ ReplicationGroupId: cache })
      return (await aws.elasticache.send(described)).ReplicationGroups?.[0]
    }
    const before = await group()
    const NodeGroupId = before?.NodeGroups?.[0]?.NodeGroupId ?? '0001'
    if (before?.MemberClusters?.length === 1)
      throw new Failure(`${cache} has one node: there is nothing to fail over to (setting cache.nodes).`)
    const start = performance.now()
    await aws.elasticache.send(new TestFailoverCommand({ ReplicationGroupId: cache, NodeGroupId }))
    const back = await waitFor(polling(stage.env, 15), async () => {
      const status = (await group())?.Status ?? 'not found'
      return status === 'available' ? {} : `${cache} is ${status}`
    })
    stage.check('available again', 'within 15 minutes', `${secondsSince(start)} s`, Boolean(back))
  },
}
