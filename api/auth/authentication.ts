import type { FastifyInstance } from 'fastify'
import { isGuarded, isUnmatched, requireScope, scopesOf } from '../platform/http/access.ts'
import { ProblemError } from '../platform/http/problem.ts'
import { type IdentityOptions, identifier } from './identity.ts'

const unauthorized = (detail: string): ProblemError =>
  new ProblemError(401, 'unauthorized', detail, {
    headers: { 'www-authenticate': 'Bearer realm="wiko-defect-analyzer"' },
  })

/**
 * Three steps, in this order: identify the caller without rejecting it, count the call against its limit
 * (api/platform/limits, between the two hooks here), authorise it. Wrong keys thus count against the address that tries
 * them.
 */
export async function registerAuthentication(app: FastifyInstance, options: IdentityOptions): Promise<void> {
  const identify = identifier(options)

  app.decorateRequest('caller')
  app.addHook('onRequest', async (request) => {
    if (isGuarded(request)) request.caller = await identify(request)
  })

  // Reject before the body is read.
  app.addHook('preParsing', async (request) => {
    if (!isGuarded(request)) return
    if (!request.caller) throw unauthorized('The caller is unknown; send an API key in X-API-Key')
    const scopes = isUnmatched(request) ? null : scopesOf(request.routeOptions.config)
    if (scopes === null) return
    if (request.caller.refusal) throw unauthorized(request.caller.refusal)
    requireScope(request.caller, scopes)
  })
}
