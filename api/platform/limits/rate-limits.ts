import rateLimit, { type FastifyRateLimitStore, type FastifyRateLimitStoreCtor } from '@fastify/rate-limit'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { RateLimit } from '../../config/config.ts'
import { isGuarded, isUnmatched } from '../http/access.ts'
import { ProblemError } from '../http/problem.ts'
import type { Counters, Quota } from './counters.ts'

export interface RateLimitOptions {
  counters: Counters
  /** Photos that a caller without a limit of its own may send to the model; null: no such limit. */
  rateLimitModel: RateLimit | null
  /** Photos that all callers together may send to the model; null: no such limit. */
  rateLimitModelTotal: RateLimit | null
}

/** How a request stands with one limit, under its name in the RateLimit fields. */
interface Standing {
  name: string
  max: number
  windowSeconds: number
  /** Under zero: the limit is exceeded. */
  remaining: number
  resetSeconds: number
}

interface NamedQuota extends Quota {
  name: string
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Counts one photo against the limits of the model; throws a 429 problem where one is exceeded. */
    countPhoto(): Promise<void>
    /** The limits of the model that the request was counted against. */
    modelStandings: Standing[]
  }
  interface FastifyContextConfig {
    /** Takes one photo: it is counted before the body is read. A batch counts its photos itself, by countPhoto. */
    takesPhoto?: boolean
  }
}

/** The plugin's idea of a store, over our counters. */
const storeOver = (counters: Counters): FastifyRateLimitStoreCtor =>
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

/** What a caller may do in a time, as fields of draft-ietf-httpapi-ratelimit-headers. */
function sendStandings(reply: FastifyReply, standings: Standing[]): void {
  const policies = standings.map(({ name, max, windowSeconds }) => `"${name}";q=${max};w=${windowSeconds}`)
  const limits = standings.map(
    ({ name, remaining, resetSeconds }) => `"${name}";r=${Math.max(0, remaining)};t=${resetSeconds}`,
  )
  reply.header('ratelimit-policy', policies.join(', '))
  reply.header('ratelimit', limits.join(', '))
}

/** The plugin's count of this call, which it leaves in headers of its own; these go. Null where it did not count. */
function takeDefaultStanding(request: FastifyRequest, reply: FastifyReply): Standing | null {
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
 * Every call outside the site is counted against its caller's limit; photos for the model besides against the limit of the
 * model, the caller's and the service's. Register after the authentication, which tells the caller.
 */
export async function registerRateLimits(app: FastifyInstance, options: RateLimitOptions): Promise<void> {
  const { counters, rateLimitModel, rateLimitModelTotal } = options

  await app.register(rateLimit, {
    store: storeOver(counters),
    allowList: (request) => !isGuarded(request),
    // Asked before the allow list, of requests without a caller too.
    keyGenerator: (request) => request.caller?.id ?? '',
    max: (request) => request.caller.limit.max,
    timeWindow: (request: FastifyRequest) => request.caller.limit.windowMs,
    errorResponseBuilder: (_request, { max, after }) =>
      new ProblemError(429, 'rate-limited', `More than ${max} requests in the time window; try again in ${after}`),
  })

  // The plugin attaches itself to routes only.
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

  app.decorateRequest('modelStandings')
  app.decorateRequest('countPhoto', async function (this: FastifyRequest) {
    const quotas = quotasOf(this)
    if (quotas.length === 0) return
    const counts = await counters.count(quotas)
    this.modelStandings = counts.map(({ used, resetMs }, index) => {
      const { name, max, windowMs } = quotas[index] as NamedQuota
      return { name, max, windowSeconds: windowMs / 1000, remaining: max - used, resetSeconds: secondsOf(resetMs) }
    })
    const exceeded = this.modelStandings.find(({ remaining }) => remaining < 0)
    if (!exceeded) return
    const { name, max, resetSeconds } = exceeded
    const who = name === 'model' ? 'this caller' : 'all callers together'
    const detail = `More than ${max} photos for the model in the time window, of ${who}; try again in ${resetSeconds} seconds`
    throw new ProblemError(429, 'rate-limited', detail, { headers: { 'retry-after': String(resetSeconds) } })
  })

  // After the refusal of strangers, and before the body is read.
  app.addHook('preParsing', async (request) => {
    if (request.routeOptions.config.takesPhoto) await request.countPhoto()
  })

  app.addHook('onSend', async (request, reply) => {
    const standing = takeDefaultStanding(request, reply)
    if (standing) sendStandings(reply, [standing, ...(request.modelStandings ?? [])])
  })
}
