import { PgBoss, type Queue } from 'pg-boss'
import { QUEUE_SCHEMA } from '../../database/roles.ts'
import { type SqlClient, sqlClient } from './sql-client.ts'

/** Seconds without a sign of life after which a job is taken from its worker; pg-boss takes no less than 10. */
const HEARTBEAT_SECONDS = 10
const HOUR = 3600

/**
 * The queues, each before those that refer to it. A job that has used up its retries (or whose worker died each time) goes to
 * the dead letter queue, where its failure is written down.
 */
const QUEUES: readonly Queue[] = [
  { name: 'ingest-failed', retryLimit: 20, retryDelay: 2, retryBackoff: true, retryDelayMax: 900 },
  {
    name: 'ingest',
    deadLetter: 'ingest-failed',
    heartbeatSeconds: HEARTBEAT_SECONDS,
    // Far above the analyzer's own deadline: a worker that lives is not doubted.
    expireInSeconds: 600,
    retryDelay: 2,
    retryBackoff: true,
    retryDelayMax: 900,
    deleteAfterSeconds: HOUR,
  },
  {
    name: 'events',
    heartbeatSeconds: HEARTBEAT_SECONDS,
    expireInSeconds: 60,
    // 16 attempts in about 7 hours: a receiver that is down over a shift still hears of it.
    retryLimit: 15,
    retryDelay: 2,
    retryBackoff: true,
    retryDelayMax: HOUR,
  },
  {
    name: 'housekeeping',
    heartbeatSeconds: HEARTBEAT_SECONDS,
    // A sweep looks at each image of the bucket.
    expireInSeconds: 12 * HOUR,
    retryLimit: 3,
    retryDelay: 300,
  },
]

export type QueueName = 'ingest' | 'ingest-failed' | 'events' | 'housekeeping'

/** A job that comes by the clock. */
export interface Schedule {
  queue: QueueName
  /** Tells the schedules of one queue apart. */
  key: string
  /** Five fields, in UTC. */
  cron: string
  data: object
}

/**
 * Makes or updates pg-boss's tables, our queues and their schedules; schedules that are no longer wanted end. `client` is connected as the owner of the schema; the caller holds the lock
 * that lets one process at a time do this.
 */
export async function installQueues(client: SqlClient, schedules: readonly Schedule[]): Promise<void> {
  const boss = new PgBoss({
    db: sqlClient(client),
    schema: QUEUE_SCHEMA,
    supervise: false,
    schedule: false,
    registerInstance: false,
  })
  // Without a listener an error event would end the process; what fails here is thrown as well.
  boss.on('error', () => undefined)
  await boss.start()
  try {
    for (const { name, ...options } of QUEUES) {
      await boss.createQueue(name, options)
      await boss.updateQueue(name, options)
    }
    for (const { queue, key, cron, data } of schedules) {
      // What was missed while nothing ran is done once, late.
      await boss.schedule(queue, cron, data, { key, missed: 'once' })
    }
    for (const { name, key } of await boss.getSchedules()) {
      if (!schedules.some((wanted) => wanted.queue === name && wanted.key === key)) await boss.unschedule(name, key)
    }
  } finally {
    await boss.stop({ graceful: false })
  }
}
