export interface SemaphoreOptions {
  /** Maximum total weight held at a time. A heavier request counts as the whole capacity. */
  capacity: number
  /** Maximum number of permits at a time; default: limited by the capacity only. */
  concurrency?: number
  /** Maximum number of waiting calls; default: unlimited. */
  maxQueue?: number
  /** Maximum wait in milliseconds; default: unlimited. */
  maxWaitMs?: number
  /** Creates the error for rejected calls. */
  overloaded: () => Error
}

/** Released on dispose. Disposing twice is safe. */
export type Permit = Disposable

interface Waiting {
  weight: number
  grant(permit: Permit): void
  refuse(reason: unknown): void
}

/**
 * Weighted semaphore, first in, first out. async-mutex is not used: it limits neither the queue nor the wait, and takes
 * no AbortSignal.
 */
export class Semaphore {
  readonly #options: Required<Omit<SemaphoreOptions, 'maxWaitMs'>> & Pick<SemaphoreOptions, 'maxWaitMs'>
  readonly #queue: Waiting[] = []
  readonly #idle = Promise.withResolvers<void>()
  #permits = 0
  #used = 0
  #closed = false

  constructor(options: SemaphoreOptions) {
    const unbounded = Number.POSITIVE_INFINITY
    this.#options = { concurrency: unbounded, maxQueue: unbounded, ...options }
  }

  /** Throws `overloaded` if `acquire` would reject immediately. */
  admit(): void {
    if (this.#closed || (this.#isQueueFull() && !this.#fits(0))) throw this.#options.overloaded()
  }

  /** Null if `acquire` would wait. */
  tryAcquire(weight: number): Permit | null {
    const bounded = this.#bounded(weight)
    return this.#closed || this.#queue.length > 0 || !this.#fits(bounded) ? null : this.#grant(bounded)
  }

  /**
   * Throws `overloaded` if too many calls wait, after maxWaitMs, and on close. Throws the signal's reason if it ends
   * the wait.
   */
  async acquire(weight: number, signal?: AbortSignal): Promise<Permit> {
    signal?.throwIfAborted()
    const permit = this.tryAcquire(weight)
    if (permit) return permit
    if (this.#closed || this.#isQueueFull()) throw this.#options.overloaded()
    return this.#wait(this.#bounded(weight), signal)
  }

  /** Rejects waiting and new calls. Resolves when the last permit is released. */
  close(): Promise<void> {
    this.#closed = true
    for (const waiting of this.#queue.splice(0)) waiting.refuse(this.#options.overloaded())
    this.#advance()
    return this.#idle.promise
  }

  #bounded(weight: number): number {
    return Math.min(weight, this.#options.capacity)
  }

  #isQueueFull(): boolean {
    return this.#queue.length >= this.#options.maxQueue
  }

  #fits(weight: number): boolean {
    return this.#permits < this.#options.concurrency && this.#used + weight <= this.#options.capacity
  }

  #grant(weight: number): Permit {
    this.#permits++
    this.#used += weight
    let held = true
    return {
      [Symbol.dispose]: () => {
        if (!held) return
        held = false
        this.#permits--
        this.#used -= weight
        this.#advance()
      },
    }
  }

  #advance(): void {
    for (let next = this.#queue[0]; next && this.#fits(next.weight); next = this.#queue[0]) {
      this.#queue.shift()
      next.grant(this.#grant(next.weight))
    }
    if (this.#closed && this.#permits === 0) this.#idle.resolve()
  }

  #wait(weight: number, signal: AbortSignal | undefined): Promise<Permit> {
    const { promise, resolve, reject } = Promise.withResolvers<Permit>()
    const leave = (reason: unknown): void => {
      this.#queue.splice(this.#queue.indexOf(waiting), 1)
      waiting.refuse(reason)
      this.#advance()
    }
    const onAbort = (): void => leave(signal?.reason)
    const { maxWaitMs, overloaded } = this.#options
    const timer = maxWaitMs === undefined ? undefined : setTimeout(() => leave(overloaded()), maxWaitMs)
    const settle = (): void => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', onAbort)
    }
    const waiting: Waiting = {
      weight,
      grant(permit) {
        settle()
        resolve(permit)
      },
      refuse(reason) {
        settle()
        reject(reason)
      },
    }
    signal?.addEventListener('abort', onAbort)
    this.#queue.push(waiting)
    return promise
  }
}
