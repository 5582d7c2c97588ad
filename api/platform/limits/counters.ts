import { LRUCache } from 'lru-cache'
import type { SharedRedis } from './redis.ts'

/** Callers that one process remembers; whoever has not called for longest is forgotten first. */
const LOCAL_KEYS = 50_000

/** What is counted under one key, and how far. */
export interface Quota {
  key: string
  max: number
  windowMs: number
}

export interface Count {
  /** With this call; over the quota's max: refused. */
  used: number
  /** Milliseconds until the window ends and counting begins anew. */
  resetMs: number
}

export interface Counters {
  /**
   * Counts a call against each quota in turn, up to the first that it exceeds, and answers as many counts. A window
   * begins with its first call.
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
 * Counts in Redis, for all processes together. While Redis does not answer each process counts for itself, up to the
 * same max, and goes on from what Redis last said. `onLocal` hears of each such call. Without Redis (null) the process
 * is alone and counts for itself.
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
