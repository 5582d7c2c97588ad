/** Why there is no verdict. */
export type AnalyzerFailure =
  | 'timeout' // the total deadline passed
  | 'aborted' // the caller went away
  | 'overloaded' // our own bound on concurrent calls, or the breaker, refused it before any call
  | 'rate_limited' // the model answered 429 until the deadline or the retry cap
  | 'unavailable' // the model answered 5xx, or could not be reached
  | 'unauthorized' // the model refused our key or deployment
  | 'refused' // the model declined to answer
  | 'content_filtered' // the provider's filter stopped it
  | 'truncated' // the answer was cut off
  | 'malformed' // the answer is not what the schema asks for
  | 'unreadable' // the picture could not be decoded
  | 'untranslatable' // the local analyzer speaks in its own sentences only

export class AnalyzerError extends Error {
  readonly failure: AnalyzerFailure
  /** Seconds after which a retry makes sense, where known. */
  readonly retryAfterSeconds: number | undefined

  constructor(failure: AnalyzerFailure, message: string, options?: { cause?: unknown; retryAfterSeconds?: number }) {
    super(message, { cause: options?.cause })
    this.name = 'AnalyzerError'
    this.failure = failure
    this.retryAfterSeconds = options?.retryAfterSeconds
  }
}
