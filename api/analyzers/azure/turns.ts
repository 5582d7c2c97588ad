import PQueue from 'p-queue'
import { AnalyzerError } from '../../domain/analyzer-error.ts'
import { keepContext } from '../../platform/observability/context.ts'
import type { Limits } from './model.ts'

export interface TurnOptions {
  /** Milliseconds for one piece of work in all: the wait in our queue, its calls, all retries. */
  timeoutMs: number
  /** Pieces at a time; each has one call in flight. */
  maxConcurrency: number
  /** Pieces that may wait for their turn; the next one is refused. */
  maxQueue: number
}

/** Told to a client that was refused for want of room: about one analysis later a place is free. */
const OVERLOAD_RETRY_SECONDS = 5

/** Bounds what the model is asked at a time, and how long each piece of work takes. */
export function turns({ timeoutMs, maxConcurrency, maxQueue }: TurnOptions) {
  const queue = new PQueue({ concurrency: maxConcurrency })
  const running = new Set<AbortController>()
  let closed = false

  /** Throws AnalyzerError 'overloaded' where there is no room for one more besides those that are `coming`. */
  function admit(coming: number): void {
    if (queue.pending + queue.size + coming < maxConcurrency + maxQueue) return
    throw new AnalyzerError('overloaded', 'Too many analyses at a time', { retryAfterSeconds: OVERLOAD_RETRY_SECONDS })
  }

  return {
    admit,

    /** Runs a piece of work in its turn, within the deadline and as long as its caller is there. Throws AnalyzerError. */
    async run<T>(caller: AbortSignal, work: (limits: Limits) => Promise<T>): Promise<T> {
      if (closed) throw new AnalyzerError('aborted', 'The analyzer is closed')
      if (caller.aborted) throw callerGone()
      admit(0)

      // One controller for the three ends it can come to; the reason is the error to throw.
      const controller = new AbortController()
      const { signal } = controller
      const leave = () => controller.abort(callerGone())
      const timer = setTimeout(
        () => controller.abort(new AnalyzerError('timeout', `No answer within ${timeoutMs} ms`)),
        timeoutMs,
      )
      const deadline = performance.now() + timeoutMs
      caller.addEventListener('abort', leave, { once: true })
      running.add(controller)
      try {
        return await queue.add(
          keepContext(() => work({ signal, deadline })),
          { signal },
        )
      } finally {
        clearTimeout(timer)
        caller.removeEventListener('abort', leave)
        running.delete(controller)
      }
    },

    /** Ends what runs, and waits for it. */
    async close(): Promise<void> {
      closed = true
      for (const controller of running) controller.abort(new AnalyzerError('aborted', 'The analyzer was closed'))
      await queue.onIdle()
    },
  }
}

const callerGone = () => new AnalyzerError('aborted', 'The caller went away')
