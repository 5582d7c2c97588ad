import type { RateLimit } from '../../config/config.ts'
import type { Scope } from '../../domain/scopes.ts'

/** Who a request comes from, as far as it could prove it. */
export interface Caller {
  /**
   * open: no key is configured (development). admin: API_KEY. key: a row of api_keys. image-link: a signed image URL.
   * anonymous: nothing proved, `refusal` says why.
   */
  kind: 'open' | 'admin' | 'key' | 'image-link' | 'anonymous'
  /** What duplicates and limits are counted under: "open", "admin", "key:<id>", or the client's address. */
  id: string
  limit: RateLimit
  /** A tighter limit on the routes that call the model; null: none. */
  modelLimit: RateLimit | null
  /** What it may do; a session has its key's. */
  scopes: readonly Scope[]
  /** Row of api_keys. */
  apiKeyId: string | null
  /** The person's name, of a session. */
  name: string | null
  refusal: string | null
}

declare module 'fastify' {
  interface FastifyRequest {
    caller: Caller
  }
  interface FastifyContextConfig {
    /** May be called with a signed image URL instead of a key. */
    signedImage?: boolean
  }
}
