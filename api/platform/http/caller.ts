import type { RateLimit } from '../../config/config.ts'
import type { Scope } from '../../domain/scopes.ts'

/** Who sent a request, as far as that is proven. */
export interface Caller {
  /**
   * open: no key is configured (development). admin: API_KEY. key: a row of api_keys. image-link: a signed image URL.
   * anonymous: not authenticated; `refusal` says why.
   */
  kind: 'open' | 'admin' | 'key' | 'image-link' | 'anonymous'
  /** Identity for duplicates and limits: "open", "admin", "key:<id>", or the client's address. */
  id: string
  limit: RateLimit
  /** A stricter limit on the routes that call the model; null: none. */
  modelLimit: RateLimit | null
  /** Granted scopes; a session has those of its key. */
  scopes: readonly Scope[]
  /** Id in api_keys. */
  apiKeyId: string | null
  /** Name of the person, for sessions. */
  name: string | null
  refusal: string | null
}

declare module 'fastify' {
  interface FastifyRequest {
    caller: Caller
  }
  interface FastifyContextConfig {
    /** Accepts a signed image URL instead of a key. */
    signedImage?: boolean
  }
}
