import { Op, Token } from 'cdktf'
import type { Read } from '../inputs.ts'
import { type AlarmSettings, guidePeriods } from './alarm.ts'
import type { inputs } from './inputs.ts'
import { cacheHitRate, type Metrics, overNodes } from './metrics.ts'

type Input = Read<typeof inputs>

const GiB = 2 ** 30
const share = (of: number, part: number) => Token.asNumber(Op.mul(of, part))

/** PostgreSQL. */
export const databaseAlarms = (input: Input, metrics: Metrics): AlarmSettings[] => [
  {
    ...guidePeriods,
    name: 'db-high-cpu', // guide 6.3
    meaning: 'The database uses over 80 % of its CPU.',
    todo: 'look for the heaviest statements in Database Insights and the slow-query log; else a larger database.instanceClass.',
    watches: metrics.databaseCpu,
    is: '>',
    threshold: 80, // guide 6.3
    missing: 'breaching', // a database that reports nothing is no healthy one
  },
  {
    name: 'db-connections',
    meaning: 'Over 80 % of the connections that the database allows are open.',
    todo: 'guide, "Connection Pool Exhausted": lower service.databasePool or service.maxTasks, or take a larger database.instanceClass.',
    watches: metrics.databaseConnections,
    is: '>',
    threshold: share(input.databaseConnections, 0.8), // guide, "RDS connections - target: < 80% max"
    period: 300,
    periods: 2,
    missing: 'notBreaching',
  },
  {
    name: 'db-low-storage',
    meaning: 'Under 15 % of the first size of the storage is free.',
    todo: 'RDS grows it by itself up to database.maxStorage; when that is reached, raise it or delete old rows.',
    watches: metrics.databaseFreeStorage,
    is: '<',
    threshold: share(input.databaseStorage, 0.15 * GiB),
    period: 300,
    periods: 2,
    missing: 'notBreaching',
  },
  {
    name: 'db-low-memory',
    page: 'db-high-cpu',
    meaning: 'Under 5 % of the memory of the database is free.',
    todo: 'look for statements that sort or join much in Database Insights; else a larger database.instanceClass.',
    watches: metrics.databaseFreeMemory,
    is: '<',
    threshold: share(input.databaseMemory, 0.05 * GiB),
    period: 300,
    periods: 3,
    missing: 'notBreaching',
  },
]

/** Redis. */
export const cacheAlarms = (metrics: Metrics): AlarmSettings[] => [
  {
    name: 'cache-high-memory',
    meaning: 'Redis uses over 80 % of its memory.',
    todo: 'a larger cache.nodeType; the counters of the rate limits alone need little.',
    watches: overNodes('MAX', 'memory', metrics.cacheMemory),
    is: '>',
    threshold: 80,
    period: 300,
    periods: 2,
    missing: 'notBreaching',
  },
  {
    name: 'cache-evictions',
    page: 'cache-high-memory',
    meaning: 'Redis throws counters away before their time, so limits let more through.',
    todo: 'a larger cache.nodeType.',
    watches: overNodes('SUM', 'evictions', metrics.cacheEvictions),
    is: '>',
    threshold: 0,
    period: 300,
    periods: 1,
    missing: 'notBreaching',
  },
  {
    name: 'cache-hit-rate',
    meaning: 'Under 90 % of the look-ups in Redis hit.',
    todo: 'many callers that come once, or counters lost: see evictions, restarts and failovers in the engine log.',
    watches: cacheHitRate(metrics, 1000),
    is: '<',
    threshold: 90, // guide, "Redis hit rate - target: > 90%"
    period: 300,
    periods: 6,
    missing: 'notBreaching',
  },
  {
    name: 'cache-high-cpu',
    page: 'cache-high-memory',
    meaning: "Redis' one thread uses over 80 % of its core.",
    todo: 'a larger cache.nodeType.',
    watches: overNodes('MAX', 'cpu', metrics.cacheCpu),
    is: '>',
    threshold: 80,
    period: 300,
    periods: 2,
    missing: 'notBreaching',
  },
  {
    name: 'cache-unreachable',
    meaning: 'Tasks count limits by themselves, as Redis does not answer: each task allows the whole limit.',
    todo: "see the cache's state and events in ElastiCache, and whether its user and the task role still fit.",
    watches: metrics.localLimits,
    is: '>',
    threshold: 0,
    period: 60,
    periods: 5,
    datapoints: 3,
    missing: 'notBreaching',
  },
]

/** Secrets; the rotation by RDS itself is watched by its event. */
export const secretAlarms = (metrics: Metrics): AlarmSettings[] => [
  {
    name: 'rotation-errors',
    meaning: 'The function that rotates secrets fails; the old value stays valid.',
    todo: 'read its log group, mend the cause, then: make rotate NAME=secret-key.',
    watches: metrics.rotationErrors,
    is: '>',
    threshold: 0,
    period: 300,
    periods: 1,
    missing: 'notBreaching',
  },
]
