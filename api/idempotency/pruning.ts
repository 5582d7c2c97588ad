import type { FastifyInstance } from 'fastify'
import type { Db } from '../database/database.ts'
import { prune } from './claims.ts'

const EVERY_MS = 10 * 60_000
/** Rows that one statement removes, so that none takes long. */
const STEP = 1_000

/** Removes keys that are past their time, now and then, while the service runs. */
export function registerPruning(app: FastifyInstance, db: Db): void {
  let running = Promise.resolve()
  let closed = false
  const pruneAll = async (): Promise<void> => {
    while (!closed && (await prune(db, STEP)) === STEP) {}
  }
  const timer = setInterval(() => {
    running = running.then(pruneAll).catch((error) => app.log.warn({ err: error }, 'old idempotency keys stay'))
  }, EVERY_MS)
  timer.unref()
  // Before the database is closed, which the app does when it is closed itself.
  app.addHook('preClose', async () => {
    closed = true
    clearInterval(timer)
    await running
  })
}
