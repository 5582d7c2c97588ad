import type { FastifyInstance } from 'fastify'
import type { Config } from '../../config/config.ts'
import { type JobQueue, jobQueue } from './queue.ts'
import type { SqlClient } from './sql-client.ts'

/** Time to return interrupted jobs and close the parts before the forced exit. */
const MARGIN_MS = 2_000

export interface QueueParts {
  config: Pick<Config, 'role' | 'shutdownTimeoutMs'>
  pool: SqlClient
  /** Aborted when shutdown begins: no more jobs are fetched then. */
  shutdownSignal: AbortSignal | undefined
}

/** Ties the job queue to the app: connects when the app is ready, and stops fetching at shutdown. */
export function registerQueue(app: FastifyInstance, { config, pool, shutdownSignal }: QueueParts): JobQueue {
  const graceMs = Math.max(config.shutdownTimeoutMs - MARGIN_MS, 1_000)
  const queue = jobQueue({ pool, log: app.log, works: config.role !== 'api', graceMs })
  app.addHook('onReady', () => queue.start())
  shutdownSignal?.addEventListener('abort', () => void queue.stop())
  app.addHook('preClose', async () => void queue.stop())
  return queue
}
