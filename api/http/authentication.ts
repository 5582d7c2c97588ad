import type { FastifyInstance, FastifyRequest } from 'fastify'
import { type IdentityOptions, identifier } from './identity.ts'
import { ProblemError } from './problem.ts'
import { requireScope, scopesOf } from './scopes.ts'

/**
 * Three steps, in this order: who is it (no refusal yet), is it within its limit (api/limits, between the two hooks
 * here), may it in. So wrong keys count against the address that tries them.
 */
export async function registerAuthentication(app: FastifyInstance, options: IdentityOptions): Promise<void> {
  const identify = identifier(options)
  const guarded = (request: FastifyRequest) => request.url.startsWith('/api/')

  app.decorateRequest('caller')
  app.addHook('onRequest', async (request) => {
    if (guarded(request)) request.caller = await identify(request)
  })

  // Before the body is read: whoever may not in uploads nothing.
  app.addHook('preParsing', async (request) => {
    if (!guarded(request) || request.routeOptions.config.public || request.is404) return
    if (request.caller.refusal) {
      throw new ProblemError(401, 'unauthorized', request.caller.refusal, {
        headers: { 'www-authenticate': 'Bearer realm="wiko-defect-analyzer"' },
      })
    }
    requireScope(request.caller, scopesOf(request.method, request.routeOptions.config))
  })
}
