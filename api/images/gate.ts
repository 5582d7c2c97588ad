import { ImageError } from '../domain/image-error.ts'

export interface GateOptions {
  /** Tasks at a time. */
  concurrency: number
  /** Sum of the weights of the tasks at a time; a single task may exceed it. */
  budget: number
  /** Tasks that may wait. */
  maxQueue: number
  /** Milliseconds that a task may wait. */
  maxWaitMs?: number
}

/** Bounds how many decodes run, what they weigh together, and how many wait. */
export interface Gate {
  /** Throws ImageError 'overloaded' where `run` would refuse at once; costs nothing. */
  admit(): void
  /** Waits for its turn (first come, first served). Throws ImageError 'overloaded' where too many wait, or it waited too long. */
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
/** With the model's 30 s after it, an answer still comes before the load balancer gives up at 60 s. */
const MAX_WAIT_MS = 10_000

const overloaded = (): ImageError =>
  new ImageError('overloaded', `Too many pictures arrive at once. Try again in ${RETRY_AFTER_SECONDS} seconds.`, {
    retryAfterSeconds: RETRY_AFTER_SECONDS,
  })

export function createGate({ concurrency, budget, maxQueue, maxWaitMs = MAX_WAIT_MS }: GateOptions): Gate {
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
    const leave = (reason: unknown): void => {
      queue.splice(queue.indexOf(waiting), 1)
      waiting.refuse(reason)
      advance()
    }
    const onAbort = (): void => leave(signal?.reason)
    const timer = setTimeout(() => leave(overloaded()), maxWaitMs)
    const settle = (): void => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', onAbort)
    }
    const waiting: Waiting = {
      weight,
      start() {
        settle()
        resolve()
      },
      refuse(reason) {
        settle()
        reject(reason)
      },
    }
    signal?.addEventListener('abort', onAbort)
    queue.push(waiting)
    advance()
    return promise
  }

  return {
    admit() {
      if (closed || (!fits(0) && queue.length >= maxQueue)) throw overloaded()
    },
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
