import PQueue from 'p-queue'
import { AnalyzerError } from '../../domain/analyzer-error.ts'
import { bindContext } from '../../platform/observability/context.ts'
import type { Limits } from './model.ts'

export interface LimiterOptions {
  /** Total milliseconds for a task: waiting, calls and retries. */
  timeoutMs: number
  /** Concurrent tasks; each has one call in flight. */
  maxConcurrency: number
  /** Tasks that may wait; further ones are rejected. */
  maxQueue: number
}

/** Retry delay for rejected clients: by then an analysis has finished. */
const OVERLOAD_RETRY_SECONDS = 5

/** Limits concurrent tasks of the model and the duration of each. */
export function createLimiter({ timeoutMs, maxConcurrency, maxQueue }: LimiterOptions) {
  const queue = new PQueue({ concurrency: maxConcurrency })
  const running = new Set<AbortController>()
  let closed = false

  /** Throws AnalyzerError 'overloaded' if there is no room for another task besides those that are `coming`. */
  function admit(coming: number): void {
    if (queue.pending + queue.size + coming < maxConcurrency + maxQueue) return
    throw new AnalyzerError('overloaded', 'Too many analyses at once', { retryAfterSeconds: OVERLOAD_RETRY_SECONDS })
  }

  return {
    admit,

    /** Runs a task when there is room, until the deadline or until its caller disconnects. Throws AnalyzerError. */
    async run<T>(caller: AbortSignal, work: (limits: Limits) => Promise<T>): Promise<T> {
      if (closed) throw new AnalyzerError('aborted', 'The analyzer is closed')
      if (caller.aborted) throw disconnected()
      admit(0)

      // One controller for all three causes of an abort; the reason is the error to throw.
      const controller = new AbortController()
      const { signal } = controller
      const onAbort = () => controller.abort(disconnected())
      const timer = setTimeout(
        () => controller.abort(new AnalyzerError('timeout', `No answer within ${timeoutMs} ms`)),
        timeoutMs,
      )
      const deadline = performance.now() + timeoutMs
      caller.addEventListener('abort', onAbort, { once: true })
      running.add(controller)
      try {
        return await queue.add(
          bindContext(() => work({ signal, deadline })),
          { signal },
        )
      } finally {
        clearTimeout(timer)
        caller.removeEventListener('abort', onAbort)
        running.delete(controller)
      }
    },

    /** Aborts running tasks and waits for them. */
    async close(): Promise<void> {
      closed = true
      for (const controller of running) controller.abort(new AnalyzerError('aborted', 'The analyzer was closed'))
      await queue.onIdle()
    },
  }
}

const disconnected = () => new AnalyzerError('aborted', 'The client disconnected')
