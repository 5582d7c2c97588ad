import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { fromDrizzle, PgBoss } from 'pg-boss'
import type { Transaction } from '../../database/database.ts'
import { QUEUE_SCHEMA } from '../../database/roles.ts'
import { ProblemError } from '../http/problem.ts'
import { requestId } from '../observability/context.ts'
import { inJobSpan } from '../observability/spans.ts'
import type { QueueName } from './queues.ts'
import { type SqlClient, sqlClient } from './sql-client.ts'

export interface Job<T> {
  data: T
  /** Number of earlier attempts. */
  retryCount: number
  /** Aborts when this worker loses the job: at the shutdown deadline, or when another worker gets it. */
  signal: AbortSignal
}

export interface SendOptions {
  retryLimit?: number
  /** Delay in seconds. */
  startAfter?: number
}

/** What a job knows about the request that sent it. */
interface Sender {
  requestId?: string
}

export interface QueueLog {
  info(detail: object, message: string): void
  warn(detail: object, message: string): void
  error(detail: object, message: string): void
}

export interface QueueOptions {
  pool: SqlClient
  log: QueueLog
  /** False in a process that only sends jobs; the others then recover lost jobs. */
  works: boolean
  /** Milliseconds that running jobs have to finish at shutdown. */
  graceMs: number
}

export type JobQueue = ReturnType<typeof jobQueue>

/** Poll interval of an idle worker. A camera that asks later does not notice a second. */
const POLL_SECONDS = 1
/** With the heartbeat of 10 s, the job of a killed process is available again after 10 to 16 s. */
const SUPERVISE_SECONDS = 5
/** How often finished jobs are deleted; our own tables keep their results. */
const MAINTENANCE_SECONDS = 600
/** Scheduled jobs are never urgent. */
const CRON_SECONDS = 15
const ERROR_LOG_INTERVAL_MS = 10_000
/** Time for interrupted jobs to record that they were interrupted. */
const INTERRUPT_MS = 1_000

/**
 * Jobs on PostgreSQL, with pg-boss. They are sent in a transaction of the caller, delivered at least once (so handlers
 * must be idempotent), and given to another worker if theirs dies.
 */
export function jobQueue({ pool, log, works, graceMs }: QueueOptions) {
  const boss = new PgBoss({
    db: sqlClient(pool),
    schema: QUEUE_SCHEMA,
    // api/database/migrate.ts creates the schema; this user lacks the privilege.
    migrate: false,
    createSchema: false,
    reindex: false,
    monitorVacuum: false,
    // Every process checks the schedule, and the database lets one of them send a job.
    schedule: works,
    cronWorkerIntervalSeconds: CRON_SECONDS,
    registerInstance: false,
    supervise: works,
    superviseIntervalSeconds: SUPERVISE_SECONDS,
    monitorIntervalSeconds: SUPERVISE_SECONDS,
    maintenanceIntervalSeconds: MAINTENANCE_SECONDS,
  })
  let lastLoggedAt = 0
  boss.on('error', (error) => {
    // While the database is down, every worker fails at every poll.
    if (Date.now() - lastLoggedAt < ERROR_LOG_INTERVAL_MS) return
    lastLoggedAt = Date.now()
    log.error({ err: error }, 'Job queue error')
  })
  boss.on('warning', (warning) => log.warn({ warning }, 'Job queue warning'))

  const workers: (() => Promise<void>)[] = []
  const running = new Set<Promise<void>>()
  let connected = false
  let stopping: Promise<number> | null = null

  async function connect(): Promise<void> {
    await boss.start()
    for (const begin of workers) await begin()
    connected = true
  }

  async function retryConnect(): Promise<void> {
    for (let attempt = 1; stopping === null; attempt++) {
      await sleep(1000, undefined, { ref: false })
      if (stopping !== null) return
      const error = await connect().catch((reason: unknown) => reason)
      if (error === undefined) return log.info({}, 'Job queue connected')
      if (attempt % 60 === 0) log.warn({ err: error }, 'Job queue still unreachable, retrying')
    }
  }

  /** Resolves to the number of interrupted jobs. */
  async function stop(): Promise<number> {
    let interrupted = 0
    const deadline = setTimeout(() => {
      interrupted = running.size
    }, graceMs)
    // Stops fetching immediately. Jobs that exceed the grace return to the queue, and their signal aborts.
    await boss.stop({ graceful: true, timeout: graceMs })
    clearTimeout(deadline)
    if (running.size > 0) await Promise.race([Promise.all(running), sleep(INTERRUPT_MS, undefined, { ref: false })])
    return interrupted
  }

  return {
    /**
     * Sends a job in a transaction: it exists once the transaction commits. Throws a 503 while the queue is not
     * connected.
     */
    async send(tx: Transaction, name: QueueName, data: object, options: SendOptions = {}): Promise<void> {
      if (!connected) {
        throw new ProblemError(503, 'not-ready', 'The job queue is unavailable; try again', {
          headers: { 'retry-after': '5' },
        })
      }
      await boss.send(name, { ...data, requestId: requestId() }, { ...options, db: fromDrizzle(tx, sql) })
    },

    /** Call before `start`. A job whose handler throws is retried later, up to its retry limit. */
    work<T>(
      name: QueueName,
      concurrency: number,
      handler: (job: Job<T>) => Promise<void>,
      pollSeconds = POLL_SECONDS,
    ): void {
      if (!works) return
      const begin = async () => {
        let id = ''
        id = await boss.work<T & Sender, void>(name, { pollingIntervalSeconds: pollSeconds }, async ([job]) => {
          if (!job) return
          const { id: jobId, data, retryCount } = job
          const attributes = { 'wiko.job': jobId, 'wiko.attempt': retryCount + 1 }
          const work = inJobSpan(`job ${name}`, data.requestId ?? jobId, attributes, () => handler(job))
          const ended = work.then(
            () => undefined,
            () => undefined,
          )
          running.add(ended)
          try {
            await work
          } finally {
            running.delete(ended)
            // There may be more jobs, so look again at once.
            boss.notifyWorker(id)
          }
        })
      }
      for (let i = 0; i < concurrency; i++) workers.push(begin)
    },

    /** Connects. If the database is unreachable, retries in the background. */
    async start(): Promise<void> {
      try {
        await connect()
      } catch (error) {
        log.warn({ err: error }, 'Job queue unreachable, retrying')
        void retryConnect()
      }
    },

    /**
     * Stops fetching and lets running jobs finish within the grace. Resolves to the number of jobs interrupted and
     * returned.
     */
    stop: (): Promise<number> => (stopping ??= stop()),
  }
}
