import type { FastifyInstance } from 'fastify'
import type { Config } from '../../config/config.ts'
import { type JobQueue, jobQueue } from './queue.ts'
import type { SqlClient } from './sql-client.ts'

/** Before the process is ended by force: what was cut is given back, and the parts are closed. */
const MARGIN_MS = 2_000

export interface QueueParts {
  config: Pick<Config, 'role' | 'shutdownTimeoutMs'>
  pool: SqlClient
  /** Aborted where the service is about to stop: no more jobs are fetched then. */
  leaving: AbortSignal | undefined
}

/** The job queue in the life of the service: connected when it is ready, no longer fetching when it leaves. */
export function registerQueue(app: FastifyInstance, { config, pool, leaving }: QueueParts): JobQueue {
  const graceMs = Math.max(config.shutdownTimeoutMs - MARGIN_MS, 1_000)
  const queue = jobQueue({ pool, log: app.log, works: config.role !== 'api', graceMs })
  app.addHook('onReady', () => queue.start())
  leaving?.addEventListener('abort', () => void queue.stop())
  app.addHook('preClose', async () => void queue.stop())
  return queue
}
