import type { FastifyContextConfig, FastifyInstance, FastifyRequest, RouteOptions } from 'fastify'
import type { Scope } from '../../domain/scopes.ts'
import type { Caller } from './caller.ts'
import { ProblemError } from './problem.ts'

/**
 * Who may call a route. `site`: anybody, neither counted nor audited (page, documentation, probes). `public`: anybody, counted and
 * audited. Otherwise the scope that a caller must have, or several of which one is enough.
 */
export type Access = 'site' | 'public' | Scope | readonly Scope[]

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Required: a route without it stops the start. */
    access?: Access
  }
}

/** The route by which @fastify/cors answers preflights in a hook; every other OPTIONS goes from it to the not-found handler. */
const PREFLIGHTS = '*'

/** Refuses to start with a route that does not say who may call it. Call before the first route is added. */
export function requireAccessPolicies(app: FastifyInstance): void {
  const routes: RouteOptions[] = []
  app.addHook('onRoute', (route) => void routes.push(route))
  app.addHook('onReady', async () => {
    const undeclared = routes.filter(({ url, config }) => url !== PREFLIGHTS && config?.access === undefined)
    if (undeclared.length === 0) return
    const names = undeclared.map(({ method, url }) => `${[method].flat().join(',')} ${url}`)
    throw new Error(`Set config.access of these routes, which do not say who may call them: ${names.join('; ')}`)
  })
}

/** Declares every route that is added to `app` after this as part of the site: for plugins that bring routes of their own. */
export function declareSite(app: FastifyInstance): void {
  app.addHook('onRoute', (route) => {
    route.config = { ...route.config, access: 'site' }
  })
}

/** No route has the request's path and method. */
export const isUnmatched = (request: FastifyRequest): boolean =>
  request.is404 || request.routeOptions.url === PREFLIGHTS

/** Identified, limited, audited and authorised: all but the site's routes, requests without a route included. */
export const isGuarded = (request: FastifyRequest): boolean =>
  isUnmatched(request) || request.routeOptions.config.access !== 'site'

/** The scopes of which a caller needs one; null where none is needed. */
export function scopesOf({ access }: FastifyContextConfig): readonly Scope[] | null {
  if (access === 'site' || access === 'public') return null
  if (access === undefined) return []
  return typeof access === 'string' ? [access] : access
}

/** Throws the 403 that names the missing scope. */
export function requireScope({ scopes }: Caller, needed: readonly Scope[]): void {
  if (needed.some((scope) => scopes.includes(scope))) return
  throw new ProblemError(
    403,
    'forbidden',
    `This needs a key with the scope ${needed.join(' or ')}; this one has ${scopes.join(', ') || 'none'}`,
  )
}
