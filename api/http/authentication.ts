import rateLimit from '@fastify/rate-limit'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Config } from '../config.ts'
import type { SessionTokens } from '../sessions/tokens.ts'
import type { Caller } from './caller.ts'
import type { ImageLinks } from './image-links.ts'
import type { KeyDirectory, KnownKey } from './keys.ts'
import { ProblemError } from './problem.ts'
import { sameSecret } from './secrets.ts'

const KEY_IN_QUERY = ['api_key', 'apikey', 'api-key', 'x-api-key', 'key', 'token', 'access_token']
/** A page of history loads its pictures at once: signed image URLs have that many times the limit of an address. */
const IMAGE_LINK_FACTOR = 10

export interface AuthenticationOptions {
  config: Config
  keys: KeyDirectory
  tokens: SessionTokens
  links: ImageLinks
}

/**
 * Three steps, in this order: who is it (no refusal yet), is it within its limit, may it in. So wrong keys count
 * against the address that tries them.
 */
export async function registerAuthentication(app: FastifyInstance, options: AuthenticationOptions): Promise<void> {
  const { config, keys, tokens, links } = options
  const address = (request: FastifyRequest) => `ip:${rateLimit.normalizeIP(request.ip)}`

  const proved = (kind: Caller['kind'], id: string, limit = config.rateLimitPerKey): Caller => ({
    kind,
    id,
    limit,
    apiKeyId: null,
    name: null,
    refusal: null,
  })
  const anonymous = (request: FastifyRequest, refusal: string): Caller => ({
    ...proved('anonymous', address(request), config.rateLimitPerIp),
    refusal,
  })
  const keyCaller = (key: KnownKey): Caller => ({
    ...proved('key', `key:${key.id}`, { max: key.perMinute, windowMs: 60_000 }),
    apiKeyId: key.id,
  })

  async function fromSession(request: FastifyRequest, token: string): Promise<Caller> {
    const session = await tokens.verify(token)
    const ended = 'The session has ended or is not valid; sign in again with POST /api/v1/session'
    if (!session) return anonymous(request, ended)
    const { caller, name } = session
    if (caller.startsWith('key:')) {
      const key = await keys.get(caller.slice('key:'.length))
      return key ? { ...keyCaller(key), name } : anonymous(request, ended)
    }
    // A session of the open mode ends where a key is configured after all.
    if (caller === 'open' && config.apiKey !== null) return anonymous(request, ended)
    return { ...proved(caller === 'admin' ? 'admin' : 'open', caller), name }
  }

  async function identify(request: FastifyRequest): Promise<Caller> {
    const query = request.query as Record<string, unknown>
    if (KEY_IN_QUERY.some((name) => name in query)) {
      return anonymous(request, 'A key in the query string is refused, as it ends up in logs; send it in X-API-Key')
    }
    const apiKey = request.headers['x-api-key']
    if (typeof apiKey === 'string' && apiKey !== '') {
      if (config.apiKey !== null && sameSecret(apiKey, config.apiKey)) return proved('admin', 'admin')
      const key = await keys.find(apiKey)
      return key ? keyCaller(key) : anonymous(request, 'The API key is not valid; check the X-API-Key header')
    }
    const bearer = /^Bearer\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1]
    if (bearer) return fromSession(request, bearer)
    const { expires, signature } = query
    if (request.routeOptions.config.signedImage && typeof expires === 'string' && typeof signature === 'string') {
      const { defect_id: defectId } = request.params as { defect_id: string }
      const { max, windowMs } = config.rateLimitPerIp
      if (links.verify(defectId, expires, signature)) {
        return proved('image-link', `image:${address(request)}`, { max: max * IMAGE_LINK_FACTOR, windowMs })
      }
      return anonymous(request, 'The image URL has expired or is not valid; ask for the analysis again')
    }
    if (config.apiKey === null) return proved('open', address(request), config.rateLimitPerIp)
    return anonymous(request, 'Send an API key in X-API-Key, or sign in with POST /api/v1/session')
  }

  const guarded = (request: FastifyRequest) => request.url.startsWith('/api/')

  app.decorateRequest('caller')
  app.addHook('onRequest', async (request) => {
    if (guarded(request)) request.caller = await identify(request)
  })

  await app.register(rateLimit, {
    allowList: (request) => !guarded(request),
    keyGenerator: (request) => (guarded(request) ? request.caller.id : ''),
    max: (request) => request.caller.limit.max,
    timeWindow: (request: FastifyRequest) => request.caller.limit.windowMs,
    cache: 50_000,
    errorResponseBuilder: (_request, { max, after }) =>
      new ProblemError(429, 'rate-limited', `More than ${max} requests in the time window; try again in ${after}`),
  })

  // The current draft's fields (draft-ietf-httpapi-ratelimit-headers) in place of the plugin's x-ratelimit ones.
  app.addHook('onSend', async (request, reply) => {
    const limit = reply.getHeader('x-ratelimit-limit')
    if (limit === undefined) return
    const window = request.caller.limit.windowMs / 1000
    reply.header('ratelimit-policy', `"default";q=${limit};w=${window}`)
    const [remaining, reset] = [reply.getHeader('x-ratelimit-remaining'), reply.getHeader('x-ratelimit-reset')]
    reply.header('ratelimit', `"default";r=${remaining};t=${reset}`)
    for (const name of ['limit', 'remaining', 'reset']) reply.removeHeader(`x-ratelimit-${name}`)
  })

  // Before the body is read: whoever may not in uploads nothing.
  app.addHook('preParsing', async (request) => {
    if (!guarded(request) || request.routeOptions.config.public || request.is404) return
    if (request.caller.refusal) {
      throw new ProblemError(401, 'unauthorized', request.caller.refusal, {
        headers: { 'www-authenticate': 'Bearer realm="wiko-defect-analyzer"' },
      })
    }
  })
}
