import { setTimeout as sleep } from 'node:timers/promises'
import type { Db } from '../../database/database.ts'
import { AnalyzerError } from '../../domain/analyzer-error.ts'
import { ProblemError } from '../http/problem.ts'
import { claim, discard, type RequestKey, renewing } from './claims.ts'

/** How often a claim of another process is looked at again. */
const LOOK_EVERY_MS = 300
/** With the work that may follow, under the load balancer's idle timeout of 60 s. */
const LONGEST_WAIT_MS = 25_000
const RETRY_AFTER_SECONDS = 5

export interface LockLog {
  warn(detail: object, message: string): void
}

/**
 * Acquires the lock of the name among all processes, waiting for its turn; dispose releases it. Throws AnalyzerError 'aborted' where the
 * signal ends the wait, a 409 problem where it lasts too long.
 */
export type RequestLock = (name: RequestKey, signal: AbortSignal) => Promise<AsyncDisposable>

/** A lock of a process that died ends with its lease. Within a process calls wait without asking the database. */
export function requestLock(db: Db, log: LockLog): RequestLock {
  const running = new Map<string, Promise<void>>()
  const warn = (error: unknown) => log.warn({ err: error }, 'a request lock could not be written; its lease ends it')

  return async (name, signal) => {
    const id = JSON.stringify(name)
    const until = performance.now() + LONGEST_WAIT_MS
    while (performance.now() < until) {
      if (signal.aborted) throw new AnalyzerError('aborted', 'The caller went away')
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
          const stopRenewing = renewing(db, claimed.claim, warn)
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
      const aWhile = sleep(LOOK_EVERY_MS, undefined, { signal }).catch(() => undefined)
      await Promise.race([before ?? aWhile, aWhile])
    }
    throw new ProblemError(409, 'request-running', 'The same request is being worked on; ask again', {
      headers: { 'retry-after': String(RETRY_AFTER_SECONDS) },
    })
  }
}
