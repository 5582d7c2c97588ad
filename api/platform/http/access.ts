import type { FastifyContextConfig, FastifyInstance, FastifyRequest, RouteOptions } from 'fastify'
import type { Scope } from '../../domain/scopes.ts'
import type { Caller } from './caller.ts'
import { ProblemError } from './problem.ts'

/**
 * Who may call a route. `site`: anyone, neither rate-limited nor audited (page, documentation, probes). `public`:
 * anyone, rate-limited and audited. Otherwise the required scope, or several of which one is enough.
 */
export type Access = 'site' | 'public' | Scope | readonly Scope[]

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Required: the service does not start if a route lacks it. */
    access?: Access
  }
}

/**
 * Route on which @fastify/cors answers preflights in a hook. Other OPTIONS requests fall through to the not-found
 * handler.
 */
const PREFLIGHTS = '*'

/** Fails startup if a route does not declare who may call it. Call before adding the first route. */
export function requireAccessPolicies(app: FastifyInstance): void {
  const routes: RouteOptions[] = []
  app.addHook('onRoute', (route) => void routes.push(route))
  app.addHook('onReady', async () => {
    const undeclared = routes.filter(({ url, config }) => url !== PREFLIGHTS && config?.access === undefined)
    if (undeclared.length === 0) return
    const names = undeclared.map(({ method, url }) => `${[method].flat().join(',')} ${url}`)
    throw new Error(`Set config.access on these routes: ${names.join('; ')}`)
  })
}

/** Marks every route added to `app` from here on as part of the site, for plugins that add their own routes. */
export function declareSite(app: FastifyInstance): void {
  app.addHook('onRoute', (route) => {
    route.config = { ...route.config, access: 'site' }
  })
}

/** True if no route matches the path and method of the request. */
export const isUnmatched = (request: FastifyRequest): boolean =>
  request.is404 || request.routeOptions.url === PREFLIGHTS

/**
 * True for requests that are identified, rate-limited, audited and authorised: all except the site's, including
 * unmatched ones.
 */
export const isGuarded = (request: FastifyRequest): boolean =>
  isUnmatched(request) || request.routeOptions.config.access !== 'site'

/** The scopes of which a caller needs one; null if the route needs none. */
export function scopesOf({ access }: FastifyContextConfig): readonly Scope[] | null {
  if (access === 'site' || access === 'public') return null
  if (access === undefined) return []
  return typeof access === 'string' ? [access] : access
}

/** Throws a 403 that names the missing scope. */
export function requireScope({ scopes }: Caller, needed: readonly Scope[]): void {
  if (needed.some((scope) => scopes.includes(scope))) return
  throw new ProblemError(
    403,
    'forbidden',
    `This requires a key with the scope ${needed.join(' or ')}; this one has ${scopes.join(', ') || 'none'}`,
  )
}
