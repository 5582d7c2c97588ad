import { APIConnectionError, APIError, OpenAIError } from 'openai'
import { AnalyzerError, type AnalyzerFailure } from '../../domain/analyzer-error.ts'
import { retryAfterMs } from './retry.ts'

/** What went wrong with one HTTP call, and what may be done about it. */
export interface CallFailure {
  /** For operators. Made of codes and our own words, with no `cause`: a provider's message may repeat the key or the input. */
  error: AnalyzerError
  retryable: boolean
  /** Speaks of a model that is down: counts for the breaker. */
  outage: boolean
  /** Milliseconds that the model asks us to wait. */
  retryAfterMs?: number
  /** HTTP status, where there was one. */
  status?: number
}

/** A quota that is spent: people raise it or pay, so no retry within a request helps. */
export const QUOTA_SPENT = 'insufficient_quota'
/** For the client, where the model does not say. */
export const QUOTA_RETRY_SECONDS = 60

/** Codes of the API's error object, be it in an HTTP error or in a response whose status is "failed". */
export function failureOfCode(code: string): AnalyzerFailure | undefined {
  if (code === 'content_filter' || code === 'image_content_policy_violation') return 'content_filtered'
  if (code === 'invalid_prompt') return 'refused'
  if (code === 'rate_limit_exceeded' || code === QUOTA_SPENT) return 'rate_limited'
  if (code === 'server_error') return 'unavailable'
  return /image/.test(code) ? 'unreadable' : undefined
}

/** Sorts whatever a call of the SDK threw. */
export function callFailure(caught: unknown): CallFailure {
  // A response that says of itself that it failed is what an HTTP error with its code would be.
  if (caught instanceof AnalyzerError) {
    const outage = caught.failure === 'unavailable'
    // One that says when to come back is a spent quota.
    const limited = caught.failure === 'rate_limited' && caught.retryAfterSeconds === undefined
    return { error: caught, retryable: outage || limited, outage }
  }
  const network = networkCode(caught)
  if (caught instanceof APIConnectionError || network) {
    const error = new AnalyzerError('unavailable', `The model could not be reached (${network ?? 'connection failed'})`)
    return { error, retryable: true, outage: true }
  }
  if (caught instanceof APIError) return httpFailure(caught)
  if (caught instanceof OpenAIError) return final('unauthorized', 'The key of the model could not be read')
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
      const message = `The model's quota is spent (${what}): raise it, or look at the subscription`
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
      `The model refused us (${what}): check the endpoint, the key and the deployment`,
      status,
    )
  // Any other 4xx is a request that this deployment does not take: a matter of settings, like a wrong deployment.
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

/** A code, parameter or id as the provider wrote it, if it looks like one; anything else stays out of the message. */
const word = (value: string | null | undefined): string | undefined =>
  value && /^[\w.:[\]-]{1,80}$/.test(value) ? value : undefined

/** The system's or undici's code of a broken connection, which stands somewhere in the chain of causes. */
function networkCode(error: unknown): string | undefined {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ('code' in cause && typeof cause.code === 'string' && /^(E[A-Z]+|UND_ERR_\w+)$/.test(cause.code))
      return cause.code
  }
  return undefined
}
