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
  /** How often it was tried before. */
  retryCount: number
  /** Fires where the job is taken from this worker: at the end of the time for a shutdown, or when it was given to another. */
  signal: AbortSignal
}

export interface SendOptions {
  retryLimit?: number
  /** Seconds before the job is handed out. */
  startAfter?: number
}

/** What a job knows of the request that made it. */
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
  /** False in a process that only adds jobs: lost jobs are then given back by the others. */
  works: boolean
  /** Milliseconds that running jobs have to end in at a shutdown. */
  graceMs: number
}

export type JobQueue = ReturnType<typeof jobQueue>

/** How often a worker without a job looks for one. A camera that asks later does not notice a second. */
const POLL_SECONDS = 1
/** With the heartbeat of 10 s, the job of a killed process is back after 10 to 16 s. */
const SUPERVISE_SECONDS = 5
/** Done jobs are removed that often; our own tables keep what became of them. */
const MAINTENANCE_SECONDS = 600
/** Nothing on a schedule is in a hurry. */
const CRON_SECONDS = 15
const ERROR_LOG_MS = 10_000
/** What was cut gets this long to write down that it was. */
const CUT_MS = 1_000

/**
 * Jobs on PostgreSQL, by pg-boss. They are added in a transaction of the caller, handed out at least once (so what they do must bear
 * to be done twice), and given to another worker where theirs dies.
 */
export function jobQueue({ pool, log, works, graceMs }: QueueOptions) {
  const boss = new PgBoss({
    db: sqlClient(pool),
    schema: QUEUE_SCHEMA,
    // The schema is made by api/database/migrate.ts; this user may not.
    migrate: false,
    createSchema: false,
    reindex: false,
    monitorVacuum: false,
    // Each process looks at the clock, and the database lets one of them send a job.
    schedule: works,
    cronWorkerIntervalSeconds: CRON_SECONDS,
    registerInstance: false,
    supervise: works,
    superviseIntervalSeconds: SUPERVISE_SECONDS,
    monitorIntervalSeconds: SUPERVISE_SECONDS,
    maintenanceIntervalSeconds: MAINTENANCE_SECONDS,
  })
  let lastSaid = 0
  boss.on('error', (error) => {
    // While the database is away, every worker fails at every look.
    if (Date.now() - lastSaid < ERROR_LOG_MS) return
    lastSaid = Date.now()
    log.error({ err: error }, 'the job queue failed')
  })
  boss.on('warning', (warning) => log.warn({ warning }, 'the job queue warns'))

  const workers: (() => Promise<void>)[] = []
  const running = new Set<Promise<void>>()
  let connected = false
  let stopping: Promise<number> | null = null

  async function connect(): Promise<void> {
    await boss.start()
    for (const begin of workers) await begin()
    connected = true
  }

  async function connectUntilItWorks(): Promise<void> {
    for (let attempt = 1; stopping === null; attempt++) {
      await sleep(1000, undefined, { ref: false })
      if (stopping !== null) return
      const error = await connect().catch((reason: unknown) => reason)
      if (error === undefined) return log.info({}, 'the job queue is connected')
      if (attempt % 60 === 0) log.warn({ err: error }, 'the job queue is still not connected')
    }
  }

  /** Resolves to the number of jobs that had to be cut. */
  async function stop(): Promise<number> {
    let cut = 0
    const deadline = setTimeout(() => {
      cut = running.size
    }, graceMs)
    // Stops fetching at once; what runs past the time is given back, and its signal fires.
    await boss.stop({ graceful: true, timeout: graceMs })
    clearTimeout(deadline)
    if (running.size > 0) await Promise.race([Promise.all(running), sleep(CUT_MS, undefined, { ref: false })])
    return cut
  }

  return {
    /** Adds a job to the transaction: it exists where the transaction is committed. Throws a 503 while the queue is not connected. */
    async send(tx: Transaction, name: QueueName, data: object, options: SendOptions = {}): Promise<void> {
      if (!connected) {
        throw new ProblemError(503, 'not-ready', 'The queue cannot be reached; try again', {
          headers: { 'retry-after': '5' },
        })
      }
      await boss.send(name, { ...data, requestId: requestId() }, { ...options, db: fromDrizzle(tx, sql) })
    },

    /** Call before `start`. A handler that throws has its job tried again later, until its retries are used up. */
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
            // Where there was one job there may be more: look at once.
            boss.notifyWorker(id)
          }
        })
      }
      for (let i = 0; i < concurrency; i++) workers.push(begin)
    },

    /** Connects; where the database cannot be reached yet, goes on trying behind the scenes. */
    async start(): Promise<void> {
      try {
        await connect()
      } catch (error) {
        log.warn({ err: error }, 'the job queue cannot be reached; trying on')
        void connectUntilItWorks()
      }
    },

    /** Fetches no more, and lets what runs end within the grace. Resolves to the number of jobs that were cut and given back. */
    stop: (): Promise<number> => (stopping ??= stop()),
  }
}
