import rateLimit from '@fastify/rate-limit'
import type { FastifyRequest } from 'fastify'
import type { Config } from '../config/config.ts'
import { SCOPES } from '../domain/scopes.ts'
import type { Caller } from '../platform/http/caller.ts'
import { sameSecret } from '../platform/http/secrets.ts'
import { firstMatch, type LiveSecret } from '../platform/secrets/live-secret.ts'
import type { KeyDirectory, KnownKey } from './keys/directory.ts'
import type { SessionTokens } from './sessions/tokens.ts'
import type { SignedUrls } from './signed-urls.ts'

const KEY_IN_QUERY = ['api_key', 'apikey', 'api-key', 'x-api-key', 'key', 'token', 'access_token']
/** A page of the history loads its pictures at once, so signed image URLs have this multiple of the address limit. */
const SIGNED_URL_FACTOR = 10

export interface IdentityOptions {
  config: Config
  keys: KeyDirectory
  tokens: SessionTokens
  signedUrls: SignedUrls
  /** The administrator's key; null: the API is open. */
  apiKey: LiveSecret | null
}

/** The client's address for counting. An IPv6 /64 counts as one, because every customer has at least that many. */
export const addressOf = (request: FastifyRequest): string => `ip:${rateLimit.normalizeIP(request.ip)}`

/** The owner of a key: the administrator, a row of api_keys, or null. Throws if the database is unavailable. */
export async function ownerOfKey(
  { keys, apiKey }: Pick<IdentityOptions, 'keys' | 'apiKey'>,
  sent: string,
): Promise<'admin' | KnownKey | null> {
  const same = (value: string) => (sameSecret(sent, value) ? ('admin' as const) : null)
  if (apiKey?.accepted().some(same)) return 'admin'
  const key = await keys.find(sent)
  if (key || !apiKey) return key
  return firstMatch(apiKey, same)
}

/**
 * Identifies the caller of a request without rejecting it. Every key that may read sees all analyses: keys belong to
 * one company and differ by their scopes only.
 */
export function identifier({ config, keys, tokens, signedUrls, apiKey }: IdentityOptions) {
  const createCaller = (kind: Caller['kind'], id: string, limit = config.rateLimitPerKey): Caller => ({
    kind,
    id,
    limit,
    modelLimit: null,
    scopes: SCOPES,
    apiKeyId: null,
    name: null,
    refusal: null,
  })
  const anonymous = (request: FastifyRequest, refusal: string): Caller => ({
    ...createCaller('anonymous', addressOf(request), config.rateLimitPerIp),
    scopes: [],
    refusal,
  })
  const keyCaller = (key: KnownKey): Caller => ({
    ...createCaller('key', `key:${key.id}`, { max: key.perMinute, windowMs: 60_000 }),
    modelLimit: key.modelPerMinute === null ? null : { max: key.modelPerMinute, windowMs: 60_000 },
    scopes: key.scopes,
    apiKeyId: key.id,
  })

  async function fromSession(request: FastifyRequest, token: string): Promise<Caller> {
    const session = await tokens.verify(token)
    const ended = anonymous(request, 'The session has ended or is not valid; sign in again with POST /api/v1/session')
    if (!session) return ended
    const { caller, name, standsFor } = session
    if (caller.startsWith('key:')) {
      const key = await keys.get(caller.slice('key:'.length))
      const opened = key?.values.some(({ hash, until }) => until > Date.now() && standsFor(hash))
      return key && opened ? { ...keyCaller(key), name } : ended
    }
    // A session of the open mode ends once a key is configured; the administrator's ends with that key.
    if (caller === 'open') return apiKey ? ended : { ...createCaller('open', caller), name }
    const valid = apiKey && (await firstMatch(apiKey, (value) => (standsFor(value) ? true : null)))
    return valid ? { ...createCaller('admin', 'admin'), name } : ended
  }

  return async function identify(request: FastifyRequest): Promise<Caller> {
    const query = request.query as Record<string, unknown>
    if (KEY_IN_QUERY.some((name) => name in query)) {
      return anonymous(
        request,
        'A key in the query string is refused because it would end up in logs; send it in X-API-Key',
      )
    }
    const sent = request.headers['x-api-key']
    if (typeof sent === 'string' && sent !== '') {
      const owner = await ownerOfKey({ keys, apiKey }, sent)
      if (owner === 'admin') return createCaller('admin', 'admin')
      return owner ? keyCaller(owner) : anonymous(request, 'The API key is not valid; check the X-API-Key header')
    }
    const bearer = /^Bearer\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1]
    if (bearer) return fromSession(request, bearer)
    const { expires, signature } = query
    if (request.routeOptions.config.signedImage && typeof expires === 'string' && typeof signature === 'string') {
      const { defect_id: defectId } = request.params as { defect_id: string }
      const { max, windowMs } = config.rateLimitPerIp
      if (await signedUrls.verify(defectId, expires, signature)) {
        const limit = { max: max * SIGNED_URL_FACTOR, windowMs }
        return { ...createCaller('image-link', `image:${addressOf(request)}`, limit), scopes: ['read'] }
      }
      return anonymous(request, 'The image URL has expired or is not valid; request the analysis again')
    }
    if (apiKey === null) return createCaller('open', addressOf(request), config.rateLimitPerIp)
    return anonymous(request, 'Send an API key in X-API-Key, or sign in with POST /api/v1/session')
  }
}
