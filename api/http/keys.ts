import { eq } from 'drizzle-orm'
import { LRUCache } from 'lru-cache'
import { apiKeys } from '../../drizzle/schema.ts'
import type { Db } from '../database/database.ts'
import { hashApiKey } from './secrets.ts'

/** A revoked key is refused after this long at the latest. */
const KEY_CACHE_MS = 30_000

export interface KnownKey {
  id: string
  perMinute: number
}

export type KeyDirectory = ReturnType<typeof keyDirectory>

/** Looks keys up in api_keys, remembering answers (refusals too) for half a minute. */
export function keyDirectory(db: Db) {
  const byHash = new LRUCache<string, { key: KnownKey | null }>({ max: 10_000, ttl: KEY_CACHE_MS })
  const byId = new LRUCache<string, { key: KnownKey | null }>({ max: 10_000, ttl: KEY_CACHE_MS })
  const columns = { id: apiKeys.id, rateLimit: apiKeys.rateLimit, isActive: apiKeys.isActive }
  const known = (row: { id: string; rateLimit: number | null; isActive: boolean | null } | undefined) =>
    row?.isActive ? { id: row.id, perMinute: row.rateLimit ?? 300 } : null
  return {
    async find(key: string): Promise<KnownKey | null> {
      const keyHash = hashApiKey(key)
      const cached = byHash.get(keyHash)
      if (cached) return cached.key
      const [row] = await db
        .update(apiKeys)
        .set({ lastUsedAt: new Date() })
        .where(eq(apiKeys.keyHash, keyHash))
        .returning(columns)
      byHash.set(keyHash, { key: known(row) })
      return known(row)
    },
    async get(id: string): Promise<KnownKey | null> {
      const cached = byId.get(id)
      if (cached) return cached.key
      const [row] = await db.select(columns).from(apiKeys).where(eq(apiKeys.id, id))
      byId.set(id, { key: known(row) })
      return known(row)
    },
  }
}
