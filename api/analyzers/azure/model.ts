import { setTimeout as sleep } from 'node:timers/promises'
import OpenAI from 'openai'
import type { Response } from 'openai/resources/responses/responses'
import type { ReasoningEffort } from 'openai/resources/shared'
import { AnalyzerError, type AnalyzerFailure } from '../../domain/analyzer-error.ts'
import { requestId } from '../../platform/observability/context.ts'
import { Breaker, type BreakerOptions } from './breaker.ts'
import { type CallFailure, callFailure, failureOfCode, QUOTA_RETRY_SECONDS, QUOTA_SPENT } from './failures.ts'
import type { Usage } from './prices.ts'
import { type CallName, type Question, requestBody } from './request.ts'
import { backoffMs, DEFAULT_RETRY, RetryBudget, type RetryOptions } from './retry.ts'

/** How an HTTP call ended, for the log and the metrics. `attempt` 0: the breaker rejected it and nothing was sent. */
export interface CallEvent {
  call: CallName
  attempt: number
  outcome: 'ok' | AnalyzerFailure
  /** Duration of this HTTP call in milliseconds. */
  ms: number
  status?: number
  /** Milliseconds until the next attempt, if there is one. */
  retryInMs?: number
  /** Usage of the answer, if there was one, even an unusable one. */
  usage?: Usage
}

export interface ModelOptions {
  /** Origin of the Azure OpenAI resource. */
  endpoint: string
  /** The key, or a function that returns the current key or an Entra token, called for every HTTP call. */
  apiKey: string | (() => string | Promise<string>)
  /** Null omits the parameter, for models that do not reason. */
  reasoningEffort: ReasoningEffort
  retry?: RetryOptions
  breaker?: BreakerOptions
  onEvent?: (event: CallEvent) => void
}

export interface Answer<T> {
  value: T
  /** As named in the response. */
  model: string
  usage: Usage
}

/** `signal` aborts with an AnalyzerError as its reason, at the latest at `deadline` (in terms of performance.now()). */
export interface Limits {
  signal: AbortSignal
  deadline: number
}

/**
 * The model behind the Responses API: one question, one validated answer. The only place with retries, retry budget and
 * breaker.
 */
export class Model {
  #client: OpenAI
  #options: ModelOptions
  #breaker: Breaker
  #budget = new RetryBudget()

  constructor(options: ModelOptions) {
    const { endpoint, apiKey } = options
    this.#options = options
    this.#breaker = new Breaker(options.breaker)
    this.#client = new OpenAI({
      baseURL: new URL('/openai/v1/', endpoint).href,
      // Sent as a bearer token, which the v1 endpoint accepts for keys and for Entra tokens.
      apiKey: async () => (typeof apiKey === 'function' ? await apiKey() : apiKey).trim(),
      maxRetries: 0,
      // Ignore OPENAI_* of the environment: the first three mean nothing to Azure, and a debug log would contain the
      // image.
      organization: null,
      project: null,
      adminAPIKey: null,
      logLevel: 'off',
    })
  }

  /** Throws AnalyzerError. If the deadline leaves no time for a retry, fails at once instead of waiting for it. */
  async ask<T>(question: Question<T>, { signal, deadline }: Limits): Promise<Answer<T>> {
    const { call } = question
    const { retry = DEFAULT_RETRY, onEvent } = this.#options
    this.#budget.earn()
    const body = requestBody(question, this.#options.reasoningEffort)
    let last: CallFailure | undefined
    for (let attempt = 1; ; attempt++) {
      signal.throwIfAborted()
      const refusedMs = this.#breaker.admit()
      if (refusedMs > 0) {
        if (last) throw last.error
        onEvent?.({ call, attempt: 0, outcome: 'overloaded', ms: 0 })
        throw new AnalyzerError('overloaded', 'The model is unavailable; calls are paused', {
          retryAfterSeconds: Math.ceil(refusedMs / 1000),
        })
      }
      const started = performance.now()
      let usage: Usage | undefined
      try {
        const response = await this.#client.post<Response>('/responses', {
          body,
          signal,
          headers: { 'content-type': 'application/json', 'x-ms-client-request-id': requestId() },
        })
        usage = usageOf(response)
        const value = question.format.parse(textOf(response))
        this.#breaker.succeeded()
        onEvent?.({ call, attempt, outcome: 'ok', ms: performance.now() - started, usage })
        return { value, model: response.model || question.deployment, usage }
      } catch (caught) {
        const ms = performance.now() - started
        last = signal.aborted ? stopped(signal.reason) : callFailure(caught)
        if (last.outage) this.#breaker.failed()
        else if (last.error.failure !== 'aborted') this.#breaker.succeeded()

        const waitMs = last.retryAfterMs ?? backoffMs(attempt, retry)
        const again =
          last.retryable && attempt < retry.maxAttempts && performance.now() + waitMs < deadline && this.#budget.spend()
        const { error, status } = last
        onEvent?.({ call, attempt, outcome: error.failure, ms, status, retryInMs: again ? waitMs : undefined, usage })
        if (!again) throw error
        await sleep(waitMs, undefined, { signal }).catch(() => {
          throw signal.reason
        })
      }
    }
  }
}

/** A caller that disconnects says nothing about the model. A deadline that passes without an answer does. */
const stopped = (reason: AnalyzerError): CallFailure => ({
  error: reason,
  retryable: false,
  outage: reason.failure === 'timeout',
})

/** Text of the response. Throws AnalyzerError if it failed, was truncated, filtered or refused, or is empty. */
function textOf(response: Response): string {
  if (response?.object !== 'response')
    throw new AnalyzerError('malformed', "The model's answer is not a response object")
  if (response.status === 'failed') {
    const code: string = response.error?.code ?? 'no code'
    throw new AnalyzerError(failureOfCode(code) ?? 'unavailable', `The model failed while answering (${code})`, {
      retryAfterSeconds: code === QUOTA_SPENT ? QUOTA_RETRY_SECONDS : undefined,
    })
  }
  if (response.status === 'incomplete') {
    if (response.incomplete_details?.reason === 'content_filter')
      throw new AnalyzerError('content_filtered', "The provider's content filter stopped the answer")
    throw new AnalyzerError('truncated', 'The answer was truncated at its token limit')
  }
  const parts = response.output.flatMap((item) => (item.type === 'message' ? item.content : []))
  if (parts.some(({ type }) => type === 'refusal')) throw new AnalyzerError('refused', 'The model declined to answer')
  const text = parts.map((part) => (part.type === 'output_text' ? part.text : '')).join('')
  if (!text) throw new AnalyzerError('malformed', "The model's answer is empty")
  return text
}

const usageOf = (response: Response | undefined): Usage => {
  const usage = response?.usage
  return {
    input: usage?.input_tokens ?? 0,
    cachedInput: usage?.input_tokens_details?.cached_tokens ?? 0,
    output: usage?.output_tokens ?? 0,
    reasoning: usage?.output_tokens_details?.reasoning_tokens ?? 0,
  }
}
