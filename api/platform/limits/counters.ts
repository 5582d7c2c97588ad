import { LRUCache } from 'lru-cache'
import type { SharedRedis } from './redis.ts'

/** Callers that a process tracks. The least recently seen is dropped first. */
const LOCAL_KEYS = 50_000

/** A counter and its limit. */
export interface Quota {
  key: string
  max: number
  windowMs: number
}

export interface Count {
  /** Calls in the window, including this one. Above the quota's max the call is rejected. */
  used: number
  /** Milliseconds until the window ends and the count restarts. */
  resetMs: number
}

export interface Counters {
  /**
   * Counts a call against each quota in turn, stopping at the first that is exceeded, and returns the counts so far. A
   * window starts with its first call.
   */
  count(quotas: readonly Quota[]): Promise<Count[]>
}

const SCRIPT = `
local counts = {}
for i, key in ipairs(KEYS) do
  local used = redis.call('INCR', key)
  local reset = redis.call('PTTL', key)
  if reset < 0 then
    reset = tonumber(ARGV[2 * i])
    redis.call('PEXPIRE', key, reset)
  end
  counts[i] = { used, reset }
  if used > tonumber(ARGV[2 * i - 1]) then break end
end
return counts`

/**
 * Counts in Redis, shared by all processes. While Redis is unavailable, each process counts locally with the same max,
 * starting from the last known counts, and calls `onLocal`. Without Redis (null), the only process counts locally.
 */
export function createCounters(redis: SharedRedis | null, onLocal: () => void): Counters {
  const local = new LRUCache<string, { used: number; endsAt: number }>({ max: LOCAL_KEYS })

  function countHere(quotas: readonly Quota[]): Count[] {
    const now = Date.now()
    const counts: Count[] = []
    for (const { key, max, windowMs } of quotas) {
      const known = local.get(key)
      const entry = known && known.endsAt > now ? known : { used: 0, endsAt: now + windowMs }
      entry.used++
      local.set(key, entry)
      counts.push({ used: entry.used, resetMs: entry.endsAt - now })
      if (entry.used > max) break
    }
    return counts
  }

  return {
    async count(quotas) {
      const keys = quotas.map(({ key }) => `wiko:limit:${key}`)
      const limits = quotas.flatMap(({ max, windowMs }) => [max, windowMs])
      const counted = await redis?.ask(
        (client) => client.eval(SCRIPT, keys.length, ...keys, ...limits) as Promise<[used: number, resetMs: number][]>,
      )
      if (!counted) {
        if (redis) onLocal()
        return countHere(quotas)
      }
      const now = Date.now()
      return counted.map(([used, resetMs], index) => {
        local.set((quotas[index] as Quota).key, { used, endsAt: now + resetMs })
        return { used, resetMs: Math.max(1, resetMs) }
      })
    },
  }
}
