import type { FastifyInstance, FastifyRequest } from 'fastify'
import { ProblemError } from './problem.ts'
import { isPagePath } from './web-page.ts'

/** ":defect_id" and such match one part of a path. */
const patternOf = (url: string): RegExp =>
  new RegExp(`^${url.replaceAll('.', '\\.').replaceAll(/:[^/]+/g, '[^/]+')}/?$`)

/** 405 with Allow where only the method is wrong, the page for its own paths, else 404. Counted like any call. */
export function registerNotFound(app: FastifyInstance, hasPage: boolean): void {
  app.setNotFoundHandler({ preHandler: app.rateLimit() }, async (request, reply) => {
    const path = pathOf(request)
    if (methodsOf(app, path).length === 0 && hasPage && isPagePath(request.method, path))
      return reply.sendFile('index.html')
    throw notHere(app, request)
  })
}

/**
 * OPTIONS is there for browsers' preflights alone. Without their headers it is answered as any other method that a path does not have, and not by
 * the plain text of @fastify/cors. Call before that is registered.
 */
export function refuseOtherOptions(app: FastifyInstance): void {
  app.addHook('onRequest', async (request) => {
    const { origin, 'access-control-request-method': wanted } = request.headers
    if (request.method === 'OPTIONS' && !(origin && wanted)) throw notHere(app, request)
  })
}

const pathOf = ({ url }: FastifyRequest): string => url.split('?')[0] ?? ''

/** 405 with the methods that the path has, or 404. */
function notHere(app: FastifyInstance, request: FastifyRequest): ProblemError {
  const path = pathOf(request)
  const allowed = methodsOf(app, path).join(', ')
  return allowed
    ? new ProblemError(405, 'method-not-allowed', `${request.method} is not possible here; ${allowed} is`, {
        headers: { allow: allowed },
      })
    : new ProblemError(404, 'not-found', `There is nothing at ${request.method} ${path.slice(0, 200)}`)
}

const routesOf = new WeakMap<object, Map<string, Set<string>>>()

/** Remembers every route, as Fastify itself cannot be asked which methods a path has. Call before the routes are added. */
export function rememberRoutes(app: FastifyInstance): void {
  // Fastify looks for a body of QUERY before anything else, and would answer 400 where 405 is right.
  app.addHttpMethod('QUERY', { overrideExisting: true })
  const routes = new Map<string, Set<string>>()
  routesOf.set(app.server, routes)
  app.addHook('onRoute', ({ method, url }) => {
    const methods = routes.get(url) ?? new Set()
    for (const name of [method].flat()) methods.add(name)
    routes.set(url, methods)
  })
}

function methodsOf(app: FastifyInstance, path: string): string[] {
  const found = new Set<string>()
  for (const [url, methods] of routesOf.get(app.server) ?? []) {
    if (!url.includes('*') && patternOf(url).test(path)) for (const method of methods) found.add(method)
  }
  return [...found].sort()
}
