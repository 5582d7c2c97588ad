/** Why an analysis has no verdict. */
export type AnalyzerFailure =
  | 'timeout' // the total deadline passed
  | 'aborted' // the client disconnected
  | 'overloaded' // refused before any call, by our concurrency limit or the circuit breaker
  | 'rate_limited' // the model answered 429 until the deadline or the last retry
  | 'unavailable' // the model answered 5xx or was unreachable
  | 'unauthorized' // the model rejected our key or deployment
  | 'refused' // the model declined to answer
  | 'content_filtered' // the provider's content filter blocked it
  | 'truncated' // the answer is incomplete
  | 'malformed' // the answer does not match the schema
  | 'unreadable' // the picture could not be decoded
  | 'untranslatable' // the local analyzer can only translate its own sentences

export class AnalyzerError extends Error {
  readonly failure: AnalyzerFailure
  /** Seconds to wait before a retry, if known. */
  readonly retryAfterSeconds: number | undefined

  constructor(failure: AnalyzerFailure, message: string, options?: { cause?: unknown; retryAfterSeconds?: number }) {
    super(message, { cause: options?.cause })
    this.name = 'AnalyzerError'
    this.failure = failure
    this.retryAfterSeconds = options?.retryAfterSeconds
  }
}
