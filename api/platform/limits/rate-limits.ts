import rateLimit, { type FastifyRateLimitStore, type FastifyRateLimitStoreCtor } from '@fastify/rate-limit'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { RateLimit } from '../../config/config.ts'
import { isGuarded, isUnmatched } from '../http/access.ts'
import { ProblemError } from '../http/problem.ts'
import type { Counters, Quota } from './counters.ts'

export interface RateLimitOptions {
  counters: Counters
  /** Photos that a caller without its own limit may send to the model; null: no limit. */
  rateLimitModel: RateLimit | null
  /** Photos that all callers together may send to the model; null: no limit. */
  rateLimitModelTotal: RateLimit | null
}

/** Status of a request against one limit, under its name in the RateLimit fields. */
interface QuotaStatus {
  name: string
  max: number
  windowSeconds: number
  /** Negative if the limit is exceeded. */
  remaining: number
  resetSeconds: number
}

interface NamedQuota extends Quota {
  name: string
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Counts one photo against the model limits; throws a 429 problem if one is exceeded. */
    countPhoto(): Promise<void>
    /** Status of the model limits that the request was counted against. */
    modelQuotas: QuotaStatus[]
  }
  interface FastifyContextConfig {
    /** Takes one photo, which is counted before the body is read. A batch calls countPhoto for each of its photos. */
    takesPhoto?: boolean
  }
}

/** Adapts the counters to the plugin's store interface. */
const createStore = (counters: Counters): FastifyRateLimitStoreCtor =>
  class implements FastifyRateLimitStore {
    incr(...[id, callback, windowMs, max]: Parameters<FastifyRateLimitStore['incr']>): void {
      counters.count([{ key: `calls:${id}`, max, windowMs }]).then(
        ([count]) => callback(null, count && { current: count.used, ttl: count.resetMs }),
        (error) => callback(error),
      )
    }
    child(): FastifyRateLimitStore {
      return this
    }
  }

const secondsOf = (milliseconds: number): number => Math.max(1, Math.ceil(milliseconds / 1000))

/** Sends the limits as the fields of draft-ietf-httpapi-ratelimit-headers. */
function sendQuotas(reply: FastifyReply, quotas: QuotaStatus[]): void {
  const policies = quotas.map(({ name, max, windowSeconds }) => `"${name}";q=${max};w=${windowSeconds}`)
  const limits = quotas.map(
    ({ name, remaining, resetSeconds }) => `"${name}";r=${Math.max(0, remaining)};t=${resetSeconds}`,
  )
  reply.header('ratelimit-policy', policies.join(', '))
  reply.header('ratelimit', limits.join(', '))
}

/** Moves the plugin's count of this call out of its headers. Null if it did not count. */
function takeDefaultQuota(request: FastifyRequest, reply: FastifyReply): QuotaStatus | null {
  const [max, remaining, reset] = ['limit', 'remaining', 'reset'].map((field) => {
    const value = reply.getHeader(`x-ratelimit-${field}`)
    reply.removeHeader(`x-ratelimit-${field}`)
    return Number(value)
  }) as [number, number, number]
  if (Number.isNaN(max)) return null
  const windowSeconds = request.caller.limit.windowMs / 1000
  return { name: 'default', max, windowSeconds, remaining, resetSeconds: reset }
}

/**
 * Counts every call outside the site against its caller's limit, and photos for the model also against the model limits
 * of the caller and the service. Register after authentication, which identifies the caller.
 */
export async function registerRateLimits(app: FastifyInstance, options: RateLimitOptions): Promise<void> {
  const { counters, rateLimitModel, rateLimitModelTotal } = options

  await app.register(rateLimit, {
    store: createStore(counters),
    allowList: (request) => !isGuarded(request),
    // Called before the allow list, also for requests without a caller.
    keyGenerator: (request) => request.caller?.id ?? '',
    max: (request) => request.caller.limit.max,
    timeWindow: (request: FastifyRequest) => request.caller.limit.windowMs,
    errorResponseBuilder: (_request, { max, after }) =>
      new ProblemError(429, 'rate-limited', `More than ${max} requests in the time window; try again in ${after}`),
  })

  // The plugin only attaches to routes.
  const limitUnmatched = app.rateLimit()
  app.addHook('onRequest', async (request, reply) => {
    if (isUnmatched(request)) await limitUnmatched.call(app, request, reply)
  })

  function quotasOf(request: FastifyRequest): NamedQuota[] {
    const own = request.caller.modelLimit ?? rateLimitModel
    return [
      ...(own ? [{ name: 'model', key: `model:${request.caller.id}`, ...own }] : []),
      ...(rateLimitModelTotal ? [{ name: 'model-total', key: 'model-total', ...rateLimitModelTotal }] : []),
    ]
  }

  app.decorateRequest('modelQuotas')
  app.decorateRequest('countPhoto', async function (this: FastifyRequest) {
    const quotas = quotasOf(this)
    if (quotas.length === 0) return
    const counts = await counters.count(quotas)
    this.modelQuotas = counts.map(({ used, resetMs }, index) => {
      const { name, max, windowMs } = quotas[index] as NamedQuota
      return { name, max, windowSeconds: windowMs / 1000, remaining: max - used, resetSeconds: secondsOf(resetMs) }
    })
    const exceeded = this.modelQuotas.find(({ remaining }) => remaining < 0)
    if (!exceeded) return
    const { name, max, resetSeconds } = exceeded
    const who = name === 'model' ? 'this caller' : 'all callers together'
    const detail = `More than ${max} photos for the model from ${who} in the time window; try again in ${resetSeconds} seconds`
    throw new ProblemError(429, 'rate-limited', detail, { headers: { 'retry-after': String(resetSeconds) } })
  })

  // After authentication, and before the body is read.
  app.addHook('preParsing', async (request) => {
    if (request.routeOptions.config.takesPhoto) await request.countPhoto()
  })

  app.addHook('onSend', async (request, reply) => {
    const status = takeDefaultQuota(request, reply)
    if (status) sendQuotas(reply, [status, ...(request.modelQuotas ?? [])])
  })
}
