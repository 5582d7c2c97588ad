import { setTimeout as sleep } from 'node:timers/promises'
import type { Db } from '../../database/database.ts'
import { AnalyzerError } from '../../domain/analyzer-error.ts'
import { ProblemError } from '../http/problem.ts'
import { claim, discard, type RequestKey, startRenewal } from './claims.ts'

/** Poll interval for a claim that another process holds. */
const POLL_INTERVAL_MS = 300
/** Together with the work that may follow, less than the load balancer's idle timeout of 60 s. */
const MAX_WAIT_MS = 25_000
const RETRY_AFTER_SECONDS = 5

export interface LockLog {
  warn(detail: object, message: string): void
}

/**
 * Acquires a lock by name across all processes, waiting if it is held; dispose releases it. Throws AnalyzerError
 * 'aborted' if the signal ends the wait, and a 409 problem if the wait is too long.
 */
export type RequestLock = (name: RequestKey, signal: AbortSignal) => Promise<AsyncDisposable>

/** The lock of a process that died ends with its lease. Within a process, callers wait without polling the database. */
export function requestLock(db: Db, log: LockLog): RequestLock {
  const running = new Map<string, Promise<void>>()
  const warn = (error: unknown) => log.warn({ err: error }, 'Could not write the request lock; it ends with its lease')

  return async (name, signal) => {
    const id = JSON.stringify(name)
    const until = performance.now() + MAX_WAIT_MS
    while (performance.now() < until) {
      if (signal.aborted) throw new AnalyzerError('aborted', 'The client disconnected')
      const before = running.get(id)
      if (!before) {
        const { promise, resolve } = Promise.withResolvers<void>()
        running.set(id, promise)
        const unlock = (): void => {
          running.delete(id)
          resolve()
        }
        const claimed = await claim(db, name, '').catch((error: unknown) => {
          unlock()
          throw error
        })
        if (claimed.kind === 'claimed') {
          const stopRenewing = startRenewal(db, claimed.claim, warn)
          return {
            async [Symbol.asyncDispose]() {
              stopRenewing()
              await discard(db, claimed.claim).catch(warn)
              unlock()
            },
          }
        }
        unlock()
      }
      const pause = sleep(POLL_INTERVAL_MS, undefined, { signal }).catch(() => undefined)
      await Promise.race([before ?? pause, pause])
    }
    throw new ProblemError(409, 'request-running', 'The same request is already being processed; try again', {
      headers: { 'retry-after': String(RETRY_AFTER_SECONDS) },
    })
  }
}
