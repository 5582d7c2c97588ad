export interface BreakerOptions {
  /** Consecutive failures that open it. */
  failures: number
  /** Milliseconds that it rejects calls before a trial call. */
  pauseMs: number
}

export const DEFAULT_BREAKER: BreakerOptions = { failures: 10, pauseMs: 10_000 }

/**
 * Circuit breaker that spares a failing model, and its callers the wait. Closed, open for a pause, then half-open for
 * one trial call.
 */
export class Breaker {
  #options: BreakerOptions
  #failures = 0
  #opensAgainAt = 0

  constructor(options: BreakerOptions = DEFAULT_BREAKER) {
    this.#options = options
  }

  /** Milliseconds until a call may be tried. After 0, the caller must report `succeeded` or `failed`. */
  admit(): number {
    if (this.#failures < this.#options.failures) return 0
    const wait = this.#opensAgainAt - performance.now()
    if (wait > 0) return wait
    // The trial call. Others are rejected for another pause, which also covers a trial that never reports back.
    this.#opensAgainAt = performance.now() + this.#options.pauseMs
    return 0
  }

  /** The model answered, if only with a refusal. */
  succeeded(): void {
    this.#failures = 0
  }

  /** The model did not answer, or reported an outage. */
  failed(): void {
    this.#failures++
    if (this.#failures >= this.#options.failures) this.#opensAgainAt = performance.now() + this.#options.pauseMs
  }
}
