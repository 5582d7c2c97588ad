export interface RetryOptions {
  /** Attempts of a call, including the first. */
  maxAttempts: number
  /** Upper bound of the first wait in milliseconds; it doubles with every attempt. */
  baseMs: number
  /** Upper bound of any wait that the model did not request. */
  capMs: number
}

export const DEFAULT_RETRY: RetryOptions = { maxAttempts: 3, baseMs: 500, capMs: 8_000 }

/** Exponential backoff with full jitter, so that clients that failed together do not retry together. */
export const backoffMs = (attempt: number, { baseMs, capMs }: RetryOptions): number =>
  Math.random() * Math.min(capMs, baseMs * 2 ** (attempt - 1))

/**
 * Limits retries to a tenth of the calls, so that a failing model gets at most 1.1 times the load. An initial ten let a
 * quiet system retry. Counted in tenths of a retry, because fractions do not add up exactly.
 */
export class RetryBudget {
  static readonly #COST = 10
  static readonly #MAX = 100
  #tenths = RetryBudget.#MAX

  /** A new call was made. */
  earn(): void {
    this.#tenths = Math.min(RetryBudget.#MAX, this.#tenths + 1)
  }

  /** True if a retry is allowed, which is then deducted. */
  spend(): boolean {
    if (this.#tenths < RetryBudget.#COST) return false
    this.#tenths -= RetryBudget.#COST
    return true
  }
}

/** Milliseconds that a response asks us to wait: `retry-after-ms`, or `retry-after` in seconds or as a date. */
export function retryAfterMs(headers: Headers | undefined, now = Date.now()): number | undefined {
  const exact = Number(headers?.get('retry-after-ms') || Number.NaN)
  if (exact >= 0) return exact
  const value = headers?.get('retry-after')
  if (!value) return undefined
  const ms = /^\d+(\.\d+)?$/.test(value) ? Number(value) * 1000 : Date.parse(value) - now
  return Number.isNaN(ms) ? undefined : Math.max(0, ms)
}
