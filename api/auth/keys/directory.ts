import { and, eq, isNull, lt, or } from 'drizzle-orm'
import { LRUCache } from 'lru-cache'
import { apiKeys } from '../../../drizzle/schema.ts'
import type { DailyBudget } from '../../config/limits.ts'
import type { Db } from '../../database/database.ts'
import { DEFAULT_SCOPES, type Scope } from '../../domain/scopes.ts'
import { hashApiKey } from '../../platform/http/secrets.ts'

/** Maximum delay until a key that another process revoked is rejected. */
const KEY_CACHE_MS = 30_000
/** Minimum interval between updates of a key's last use. */
const LAST_USE_MS = 60_000
/** Requests per minute of a key without a limit of its own; the column has the same default. */
export const DEFAULT_PER_MINUTE = 300

/** A key that is currently valid. */
export interface KnownKey {
  id: string
  perMinute: number
  scopes: readonly Scope[]
  /** Requests per minute on the routes that call the model; null: no limit besides perMinute. */
  modelPerMinute: number | null
  budget: DailyBudget
  /** SHA-256 hashes of the valid values, each with its expiry in milliseconds since 1970. */
  values: readonly { hash: string; until: number }[]
}

type KeyRow = typeof apiKeys.$inferSelect
/** `until`: expiry in milliseconds since 1970. */
type Found = { key: KnownKey; until: number }
type Answer = Found | null

export type KeyDirectory = ReturnType<typeof keyDirectory>

const endOf = (moment: Date | null): number => moment?.getTime() ?? Number.POSITIVE_INFINITY

/** The current value and, after a rotation, the previous one for the overlap. */
function valuesOf({ keyHash, previousKeyHash, previousExpiresAt }: KeyRow): KnownKey['values'] {
  const current = { hash: keyHash, until: endOf(null) }
  return previousKeyHash === null
    ? [current]
    : [current, { hash: previousKeyHash, until: previousExpiresAt?.getTime() ?? 0 }]
}

const known = (row: KeyRow): KnownKey => ({
  id: row.id,
  perMinute: row.rateLimit ?? DEFAULT_PER_MINUTE,
  scopes: row.scopes ?? DEFAULT_SCOPES,
  modelPerMinute: row.modelRateLimit,
  budget: { analyses: row.dailyAnalyses, tokens: row.dailyTokens, costUsd: row.dailyCostUsd },
  values: valuesOf(row),
})

/** `usedHash`: the hash by which the row was found. */
function answerOf(row: KeyRow | undefined, usedHash?: string): Answer {
  if (!row?.isActive) return null
  const key = known(row)
  const used = key.values.find(({ hash }) => hash === usedHash)
  return { key, until: Math.min(endOf(row.expiresAt), used?.until ?? Number.POSITIVE_INFINITY) }
}

/**
 * Looks up keys in api_keys and caches the answers, including misses, for half a minute. Expiry is exact to the second.
 * A revocation takes effect at once in the process that calls `forget`.
 */
export function keyDirectory(db: Db, log: { warn(detail: object, message: string): void }) {
  const settings = { max: 10_000, ttl: KEY_CACHE_MS }
  const byHash = new LRUCache<string, Found>(settings)
  const byId = new LRUCache<string, Found>(settings)
  // Separate, so that guessing does not evict the keys in use.
  const wrong = new LRUCache<string, true>({ ...settings, max: 1_000 })
  const used = new LRUCache<string, true>({ max: 10_000, ttl: LAST_USE_MS })
  const writing = new Set<Promise<void>>()
  let generation = 0

  async function look(cache: typeof byHash, name: string, ask: () => Promise<Answer>): Promise<KnownKey | null> {
    if (wrong.has(name)) return null
    let answer: Answer = cache.get(name) ?? null
    if (answer === null) {
      const asked = generation
      answer = await ask()
      // Do not cache an answer from before a revocation.
      if (asked === generation) {
        if (answer === null) wrong.set(name, true)
        else cache.set(name, answer)
      }
    }
    if (answer === null || answer.until <= Date.now()) return null
    noteUse(answer.key.id)
    return answer.key
  }

  /** Runs in the background. The condition limits several processes to one write a minute as well. */
  function noteUse(id: string): void {
    if (used.has(id)) return
    used.set(id, true)
    const now = new Date()
    const due = or(isNull(apiKeys.lastUsedAt), lt(apiKeys.lastUsedAt, new Date(now.getTime() - LAST_USE_MS)))
    const write = db
      .update(apiKeys)
      .set({ lastUsedAt: now })
      .where(and(eq(apiKeys.id, id), due))
      .then(
        () => undefined,
        (error) => log.warn({ err: error }, 'Could not record the last use of a key'),
      )
    writing.add(write)
    void write.finally(() => writing.delete(write))
  }

  return {
    /** By the key itself, as a client sends it. */
    find: (key: string): Promise<KnownKey | null> => {
      const hash = hashApiKey(key)
      return look(byHash, hash, async () => {
        const [row] = await db
          .select()
          .from(apiKeys)
          .where(or(eq(apiKeys.keyHash, hash), eq(apiKeys.previousKeyHash, hash)))
        return answerOf(row, hash)
      })
    },
    /** By row, for sessions. The caller must check that one of its `values` opened the session. */
    get: (id: string): Promise<KnownKey | null> =>
      look(byId, id, async () => {
        const [row] = await db.select().from(apiKeys).where(eq(apiKeys.id, id))
        return answerOf(row)
      }),
    /** Call after changing a row, so that the next request reads it again. */
    forget(): void {
      generation++
      byHash.clear()
      byId.clear()
      wrong.clear()
    },
    /** Waits for pending writes. */
    async close(): Promise<void> {
      await Promise.all(writing)
    },
  }
}
