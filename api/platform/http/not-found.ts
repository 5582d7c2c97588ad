import type { FastifyInstance, FastifyRequest } from 'fastify'
import { ProblemError } from './problem.ts'
import { refuseUndecodable } from './request-checks.ts'

/** A parameter such as ":defect_id" matches one segment. */
const patternOf = (url: string): RegExp =>
  new RegExp(`^${url.replaceAll('.', '\\.').replaceAll(/:[^/]+/g, '[^/]+')}/?$`)

/** Responds 405 with Allow if only the method is wrong, otherwise 404. */
export function registerNotFound(app: FastifyInstance): void {
  app.setNotFoundHandler(async (request) => {
    refuseUndecodable(request)
    throw noRouteProblem(app, request)
  })
}

const pathOf = ({ url }: FastifyRequest): string => url.split('?')[0] ?? ''

/** A 405 with the methods of the path, or a 404. */
export function noRouteProblem(app: FastifyInstance, request: FastifyRequest): ProblemError {
  const path = pathOf(request)
  const allowed = methodsOf(app, path).join(', ')
  return allowed
    ? new ProblemError(405, 'method-not-allowed', `${request.method} is not allowed here; use ${allowed}`, {
        headers: { allow: allowed },
      })
    : new ProblemError(404, 'not-found', `No route matches ${request.method} ${path.slice(0, 200)}`)
}

const routesOf = new WeakMap<object, Map<string, Set<string>>>()

/** Records all routes, because Fastify does not expose the methods of a path. Call before adding routes. */
export function recordRoutes(app: FastifyInstance): void {
  // Otherwise Fastify requires a body for QUERY and responds 400 instead of 405.
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
