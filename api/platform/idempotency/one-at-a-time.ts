import { setTimeout as sleep } from 'node:timers/promises'
import type { Db } from '../../database/database.ts'
import { AnalyzerError } from '../../domain/analyzer-error.ts'
import { ProblemError } from '../http/problem.ts'
import { type Claim, claim, discard, type RequestKey, renewing } from './claims.ts'

/** How often a claim of another process is looked at again. */
const LOOK_EVERY_MS = 300
/** With the work that may follow, under the load balancer's idle timeout of 60 s. */
const LONGEST_WAIT_MS = 25_000
const RETRY_AFTER_SECONDS = 5

export interface ClaimLog {
  warn(detail: object, message: string): void
}

/**
 * Runs `work` alone among all calls of the same name, in all processes; the others wait for their turn, and then find what it made.
 * Throws AnalyzerError 'aborted' where the signal ends the wait, a 409 problem where it lasts too long.
 */
export type OneAtATime = <T>(name: RequestKey, signal: AbortSignal, work: () => Promise<T>) => Promise<T>

/** A process that dies lets go when its lease ends. Within a process calls wait without asking the database. */
export function oneAtATime(db: Db, log: ClaimLog): OneAtATime {
  const running = new Map<string, Promise<void>>()
  const warn = (error: unknown) => log.warn({ err: error }, 'a claim could not be written; its lease ends it')

  async function whileClaimed<T>(claimed: Claim, work: () => Promise<T>): Promise<T> {
    const stop = renewing(db, claimed, warn)
    try {
      return await work()
    } finally {
      stop()
      await discard(db, claimed).catch(warn)
    }
  }

  return async (name, signal, work) => {
    const id = JSON.stringify(name)
    const until = performance.now() + LONGEST_WAIT_MS
    while (performance.now() < until) {
      if (signal.aborted) throw new AnalyzerError('aborted', 'The caller went away')
      const before = running.get(id)
      if (!before) {
        const { promise, resolve } = Promise.withResolvers<void>()
        running.set(id, promise)
        try {
          const claimed = await claim(db, name, '')
          if (claimed.kind === 'claimed') return await whileClaimed(claimed.claim, work)
        } finally {
          running.delete(id)
          resolve()
        }
      }
      const aWhile = sleep(LOOK_EVERY_MS, undefined, { signal }).catch(() => undefined)
      await Promise.race([before ?? aWhile, aWhile])
    }
    throw new ProblemError(409, 'request-running', 'The same request is being worked on; ask again', {
      headers: { 'retry-after': String(RETRY_AFTER_SECONDS) },
    })
  }
}
