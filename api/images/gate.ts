import { ImageError } from './errors.ts'

export interface GateOptions {
  /** Tasks at a time. */
  concurrency: number
  /** Sum of the weights of the tasks at a time; a single task may exceed it. */
  budget: number
  /** Tasks that may wait. */
  maxQueue: number
}

/** Bounds how many decodes run, what they weigh together, and how many wait. */
export interface Gate {
  /** Waits for its turn (first come, first served). Throws ImageError 'overloaded' at once where too many wait. */
  run<T>(weight: number, task: () => Promise<T>, signal?: AbortSignal): Promise<T>
  /** Refuses what waits and what comes, and ends when nothing runs any more. */
  close(): Promise<void>
}

interface Waiting {
  weight: number
  start(): void
  refuse(reason: unknown): void
}

/** A decode takes a fraction of a second, so a full queue has moved on after this long. */
const RETRY_AFTER_SECONDS = 2

const overloaded = (): ImageError =>
  new ImageError('overloaded', `Too many pictures arrive at once. Try again in ${RETRY_AFTER_SECONDS} seconds.`, {
    retryAfterSeconds: RETRY_AFTER_SECONDS,
  })

export function createGate({ concurrency, budget, maxQueue }: GateOptions): Gate {
  const queue: Waiting[] = []
  let running = 0
  let load = 0
  const closing = Promise.withResolvers<void>()
  let closed = false

  const fits = (weight: number): boolean => running === 0 || (running < concurrency && load + weight <= budget)

  function advance(): void {
    for (let next = queue[0]; next && fits(next.weight); next = queue[0]) {
      queue.shift()
      running++
      load += next.weight
      next.start()
    }
    if (closed && running === 0) closing.resolve()
  }

  function turn(weight: number, signal?: AbortSignal): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const onAbort = (): void => {
      queue.splice(queue.indexOf(waiting), 1)
      waiting.refuse(signal?.reason)
      advance()
    }
    const waiting: Waiting = {
      weight,
      start() {
        signal?.removeEventListener('abort', onAbort)
        resolve()
      },
      refuse(reason) {
        signal?.removeEventListener('abort', onAbort)
        reject(reason)
      },
    }
    signal?.addEventListener('abort', onAbort)
    queue.push(waiting)
    advance()
    return promise
  }

  return {
    async run(weight, task, signal) {
      signal?.throwIfAborted()
      const waits = queue.length > 0 || !fits(weight)
      if (closed || (waits && queue.length >= maxQueue)) throw overloaded()
      await turn(weight, signal)
      try {
        return await task()
      } finally {
        running--
        load -= weight
        advance()
      }
    },
    close() {
      closed = true
      for (const waiting of queue.splice(0)) waiting.refuse(overloaded())
      advance()
      return closing.promise
    },
  }
}
