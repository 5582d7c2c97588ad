import { PgBoss, type Queue } from 'pg-boss'
import { QUEUE_SCHEMA } from '../../database/roles.ts'
import { type SqlClient, sqlClient } from './sql-client.ts'

/** Seconds without a heartbeat after which a worker loses its job. The minimum of pg-boss is 10. */
const HEARTBEAT_SECONDS = 10
const HOUR = 3600

/**
 * The queues, each before those that refer to it. A job that has exhausted its retries (or whose worker died each time)
 * moves to the dead letter queue, where its failure is recorded.
 */
const QUEUES: readonly Queue[] = [
  { name: 'ingest-failed', retryLimit: 20, retryDelay: 2, retryBackoff: true, retryDelayMax: 900 },
  {
    name: 'ingest',
    deadLetter: 'ingest-failed',
    heartbeatSeconds: HEARTBEAT_SECONDS,
    // Far above the analyzer's own deadline, so that a live worker never loses its job.
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
    // 16 attempts in about 7 hours: a receiver that is down for a shift still gets the event.
    retryLimit: 15,
    retryDelay: 2,
    retryBackoff: true,
    retryDelayMax: HOUR,
  },
  {
    name: 'housekeeping',
    heartbeatSeconds: HEARTBEAT_SECONDS,
    // A sweep visits every image in the bucket.
    expireInSeconds: 12 * HOUR,
    retryLimit: 3,
    retryDelay: 300,
  },
]

export type QueueName = 'ingest' | 'ingest-failed' | 'events' | 'housekeeping'

/** A job that runs on a schedule. */
export interface Schedule {
  queue: QueueName
  /** Distinguishes the schedules of a queue. */
  key: string
  /** Five fields, in UTC. */
  cron: string
  data: object
}

/**
 * Creates or updates the pg-boss tables, our queues and their schedules, and removes obsolete schedules. `client` must
 * be connected as the owner of the schema. The caller must hold the migration lock.
 */
export async function installQueues(client: SqlClient, schedules: readonly Schedule[]): Promise<void> {
  const boss = new PgBoss({
    db: sqlClient(client),
    schema: QUEUE_SCHEMA,
    supervise: false,
    schedule: false,
    registerInstance: false,
  })
  // Without a listener an error event would end the process. The calls below reject as well.
  boss.on('error', () => undefined)
  await boss.start()
  try {
    for (const { name, ...options } of QUEUES) {
      await boss.createQueue(name, options)
      await boss.updateQueue(name, options)
    }
    for (const { queue, key, cron, data } of schedules) {
      // A run missed while no process was up is done once, late.
      await boss.schedule(queue, cron, data, { key, missed: 'once' })
    }
    for (const { name, key } of await boss.getSchedules()) {
      if (!schedules.some((wanted) => wanted.queue === name && wanted.key === key)) await boss.unschedule(name, key)
    }
  } finally {
    await boss.stop({ graceful: false })
  }
}
