export interface BreakerOptions {
  /** Failures in a row that open it. */
  failures: number
  /** Milliseconds for which it refuses, before it lets one call through to try. */
  pauseMs: number
}

export const DEFAULT_BREAKER: BreakerOptions = { failures: 10, pauseMs: 10_000 }

/** Circuit breaker: spares a model that is down, and its callers the wait. Closed, open for a pause, then half-open: one trial call. */
export class Breaker {
  #options: BreakerOptions
  #failures = 0
  #opensAgainAt = 0

  constructor(options: BreakerOptions = DEFAULT_BREAKER) {
    this.#options = options
  }

  /** Milliseconds until a call may be tried; 0 means go, and the caller then reports `succeeded` or `failed`. */
  admit(): number {
    if (this.#failures < this.#options.failures) return 0
    const wait = this.#opensAgainAt - performance.now()
    if (wait > 0) return wait
    // The trial call: the others are refused for another pause, which also covers a trial that never reports back.
    this.#opensAgainAt = performance.now() + this.#options.pauseMs
    return 0
  }

  /** The model answered, be it with a refusal. */
  succeeded(): void {
    this.#failures = 0
  }

  /** The model did not answer, or answered that it is down. */
  failed(): void {
    this.#failures++
    if (this.#failures >= this.#options.failures) this.#opensAgainAt = performance.now() + this.#options.pauseMs
  }
}
