import type { FastifyInstance, FastifyRequest } from 'fastify'
import { ProblemError } from './problem.ts'
import { refuseUndecodable } from './request-form.ts'

/** ":defect_id" and such match one part of a path. */
const patternOf = (url: string): RegExp =>
  new RegExp(`^${url.replaceAll('.', '\\.').replaceAll(/:[^/]+/g, '[^/]+')}/?$`)

/** 405 with Allow where only the method is wrong, else 404. */
export function registerNotFound(app: FastifyInstance): void {
  app.setNotFoundHandler(async (request) => {
    refuseUndecodable(request)
    throw notHere(app, request)
  })
}

const pathOf = ({ url }: FastifyRequest): string => url.split('?')[0] ?? ''

/** 405 with the methods that the path has, or 404. */
export function notHere(app: FastifyInstance, request: FastifyRequest): ProblemError {
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
