export interface SemaphoreOptions {
  /** Sum of the weights that are held at a time; what weighs more counts as all of it. */
  capacity: number
  /** Permits at a time; default: as many as the capacity holds. */
  concurrency?: number
  /** Calls that may wait; default: any number. */
  maxQueue?: number
  /** Milliseconds that a call may wait; default: without end. */
  maxWaitMs?: number
  /** The error of a call that is refused. */
  overloaded: () => Error
}

/** Releases on dispose; a second time does no harm. */
export type Permit = Disposable

interface Waiting {
  weight: number
  grant(permit: Permit): void
  refuse(reason: unknown): void
}

/**
 * Weighted semaphore, first come, first served. Own code, as async-mutex bounds neither the queue nor the wait, and takes no
 * AbortSignal.
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

  /** Throws `overloaded` where `acquire` would refuse at once. */
  admit(): void {
    if (this.#closed || (this.#isQueueFull() && !this.#fits(0))) throw this.#options.overloaded()
  }

  /** Null where `acquire` would wait. */
  tryAcquire(weight: number): Permit | null {
    const bounded = this.#bounded(weight)
    return this.#closed || this.#queue.length > 0 || !this.#fits(bounded) ? null : this.#grant(bounded)
  }

  /** Throws `overloaded` where too many wait, after maxWaitMs, and on close; the signal's reason where that ends the wait. */
  async acquire(weight: number, signal?: AbortSignal): Promise<Permit> {
    signal?.throwIfAborted()
    const permit = this.tryAcquire(weight)
    if (permit) return permit
    if (this.#closed || this.#isQueueFull()) throw this.#options.overloaded()
    return this.#wait(this.#bounded(weight), signal)
  }

  /** Refuses what waits and what comes. Resolves when the last permit is released. */
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
