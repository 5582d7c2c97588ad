import { APIConnectionError, APIError, OpenAIError } from 'openai'
import { AnalyzerError, type AnalyzerFailure } from '../../domain/analyzer-error.ts'
import { retryAfterMs } from './retry.ts'

/** Why an HTTP call failed, and what may be done about it. */
export interface CallFailure {
  /**
   * For operators. Made of codes and our own words, without `cause`: the provider's message may contain the key or the
   * input.
   */
  error: AnalyzerError
  retryable: boolean
  /** The model appears to be down: counts for the breaker. */
  outage: boolean
  /** Milliseconds that the model asked us to wait. */
  retryAfterMs?: number
  /** HTTP status, if there was one. */
  status?: number
}

/** The quota is exhausted. It must be raised or paid for, so a retry within the request is useless. */
export const QUOTA_SPENT = 'insufficient_quota'
/** For the client, if the model does not say. */
export const QUOTA_RETRY_SECONDS = 60

/** Codes of the API's error object, in an HTTP error or in a response with the status "failed". */
export function failureOfCode(code: string): AnalyzerFailure | undefined {
  if (code === 'content_filter' || code === 'image_content_policy_violation') return 'content_filtered'
  if (code === 'invalid_prompt') return 'refused'
  if (code === 'rate_limit_exceeded' || code === QUOTA_SPENT) return 'rate_limited'
  if (code === 'server_error') return 'unavailable'
  return /image/.test(code) ? 'unreadable' : undefined
}

/** Classifies any error of an SDK call. */
export function callFailure(caught: unknown): CallFailure {
  // A response with a failed status is treated like an HTTP error with its code.
  if (caught instanceof AnalyzerError) {
    const outage = caught.failure === 'unavailable'
    // With a time to retry, the quota is exhausted.
    const limited = caught.failure === 'rate_limited' && caught.retryAfterSeconds === undefined
    return { error: caught, retryable: outage || limited, outage }
  }
  const network = networkCode(caught)
  if (caught instanceof APIConnectionError || network) {
    const error = new AnalyzerError('unavailable', `The model could not be reached (${network ?? 'connection failed'})`)
    return { error, retryable: true, outage: true }
  }
  if (caught instanceof APIError) return httpFailure(caught)
  if (caught instanceof OpenAIError) return final('unauthorized', 'Could not read the key of the model')
  return final('malformed', "The model's answer is not JSON")
}

function httpFailure({ status = 0, code, type, param, requestID, headers }: APIError): CallFailure {
  const details = [
    `HTTP ${status}`,
    word(code),
    param && `at ${word(param)}`,
    requestID && `request ${word(requestID)}`,
  ]
  const what = details.filter(Boolean).join(', ')
  if (status === 429 || status === 408 || status >= 500) {
    const wait = retryAfterMs(headers)
    if (status === 429 && (code === QUOTA_SPENT || type === QUOTA_SPENT)) {
      const retryAfterSeconds = wait === undefined ? QUOTA_RETRY_SECONDS : Math.ceil(wait / 1000)
      const message = `The model's quota is exhausted (${what}): raise it, or check the subscription`
      const error = new AnalyzerError('rate_limited', message, { retryAfterSeconds })
      return { error, retryable: false, outage: false, status }
    }
    const failure = status === 429 ? 'rate_limited' : 'unavailable'
    const error = new AnalyzerError(failure, `The model answered ${what}`, {
      retryAfterSeconds: wait === undefined ? undefined : Math.ceil(wait / 1000),
    })
    return { error, retryable: true, outage: status !== 429, retryAfterMs: wait, status }
  }
  if (status === 401 || status === 403 || status === 404)
    return final(
      'unauthorized',
      `The model denied access (${what}): check the endpoint, the key and the deployment`,
      status,
    )
  // Any other 4xx means that the deployment does not accept the request: a configuration error, like a wrong
  // deployment.
  const failure = failureOfCode(code ?? '') ?? 'unauthorized'
  const advice = failure === 'unauthorized' ? ': check the deployment, the reasoning effort and the image detail' : ''
  return final(failure, `The model refused the request (${what})${advice}`, status)
}

const final = (failure: AnalyzerFailure, message: string, status?: number): CallFailure => ({
  error: new AnalyzerError(failure, message),
  retryable: false,
  outage: false,
  status,
})

/** A code, parameter or id from the provider, if it looks like one. Anything else stays out of the message. */
const word = (value: string | null | undefined): string | undefined =>
  value && /^[\w.:[\]-]{1,80}$/.test(value) ? value : undefined

/** Code of a broken connection, from the system or undici, in the chain of causes. */
function networkCode(error: unknown): string | undefined {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ('code' in cause && typeof cause.code === 'string' && /^(E[A-Z]+|UND_ERR_\w+)$/.test(cause.code))
      return cause.code
  }
  return undefined
}
