import { and, eq, isNull, lt, or } from 'drizzle-orm'
import { LRUCache } from 'lru-cache'
import { apiKeys } from '../../../drizzle/schema.ts'
import type { DailyBudget } from '../../config/limits.ts'
import type { Db } from '../../database/database.ts'
import { DEFAULT_SCOPES, type Scope } from '../../domain/scopes.ts'
import { hashApiKey } from '../../platform/http/secrets.ts'

/** A key that another process revoked is refused after this long at the latest. */
const KEY_CACHE_MS = 30_000
/** The last use of a key is written at most this often. */
const LAST_USE_MS = 60_000
/** Requests a minute of a key that says nothing; the column has the same default. */
export const DEFAULT_PER_MINUTE = 300

/** A key that may be used now. */
export interface KnownKey {
  id: string
  perMinute: number
  scopes: readonly Scope[]
  /** Requests a minute on the routes that call the model; null: no limit beside perMinute. */
  modelPerMinute: number | null
  budget: DailyBudget
  /** SHA-256 of the values that are valid, with the time in milliseconds since 1970 at which each ends. */
  values: readonly { hash: string; until: number }[]
}

type KeyRow = typeof apiKeys.$inferSelect
/** `until`: milliseconds since 1970; from then on the key is refused. */
type Found = { key: KnownKey; until: number }
type Answer = Found | null

export type KeyDirectory = ReturnType<typeof keyDirectory>

const endOf = (moment: Date | null): number => moment?.getTime() ?? Number.POSITIVE_INFINITY

/** The key, and after a rotation the one before for the overlap. */
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

/** `usedHash`: the hash that found the row. */
function answerOf(row: KeyRow | undefined, usedHash?: string): Answer {
  if (!row?.isActive) return null
  const key = known(row)
  const used = key.values.find(({ hash }) => hash === usedHash)
  return { key, until: Math.min(endOf(row.expiresAt), used?.until ?? Number.POSITIVE_INFINITY) }
}

/**
 * Looks keys up in api_keys, remembering answers (refusals too) for half a minute. An expiry counts to the second, a
 * revocation at once in the process that calls `forget`. `log` hears of a last use that could not be written.
 */
export function keyDirectory(db: Db, log: { warn(detail: object, message: string): void }) {
  const settings = { max: 10_000, ttl: KEY_CACHE_MS }
  const byHash = new LRUCache<string, Found>(settings)
  const byId = new LRUCache<string, Found>(settings)
  // Of its own, so that guessing does not evict the keys in use.
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
      // An answer from before a revocation must not outlive it.
      if (asked === generation) {
        if (answer === null) wrong.set(name, true)
        else cache.set(name, answer)
      }
    }
    if (answer === null || answer.until <= Date.now()) return null
    noteUse(answer.key.id)
    return answer.key
  }

  /** Nobody waits for it; the condition keeps many processes to one write a minute too. */
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
        (error) => log.warn({ err: error }, 'the last use of a key was not written'),
      )
    writing.add(write)
    void write.finally(() => writing.delete(write))
  }

  return {
    /** The key itself, as a client sends it. */
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
    /** By its row, for sessions: the caller checks that one of its `values` opened the session. */
    get: (id: string): Promise<KnownKey | null> =>
      look(byId, id, async () => {
        const [row] = await db.select().from(apiKeys).where(eq(apiKeys.id, id))
        return answerOf(row)
      }),
    /** Call after a change of a row: the next request reads it anew. */
    forget(): void {
      generation++
      byHash.clear()
      byId.clear()
      wrong.clear()
    },
    /** Waits for what is being written. */
    async close(): Promise<void> {
      await Promise.all(writing)
    },
  }
}
