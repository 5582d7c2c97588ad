import type { AuditRow } from './writer.ts'

const MINUTE_MS = 60_000
/** Bounds the memory that an attack from many addresses can take. Beyond it, calls are summed without an address. */
const MAX_SUMS = 1_000

/**
 * Aggregates refused calls by address, status, caller and minute, because anonymous clients must not be able to fill the disk.
 * `take` removes and returns the sums of past minutes, or all of them.
 */
export function aggregateRefusals(now: () => number = Date.now) {
  const sums = new Map<string, AuditRow & { calls: number; timestamp: Date }>()
  return {
    add(row: AuditRow): void {
      const minute = Math.floor(now() / MINUTE_MS) * MINUTE_MS
      const keyOf = (address: string | null | undefined) =>
        [minute, row.responseCode, row.caller, address ?? ''].join('|')
      const existing = sums.get(keyOf(row.ipAddress))
      const address = existing || sums.size < MAX_SUMS ? row.ipAddress : null
      const sum = existing ?? sums.get(keyOf(address))
      if (sum) {
        sum.calls++
        return
      }
      const { apiKeyId, caller, responseCode } = row
      sums.set(keyOf(address), {
        apiKeyId,
        caller,
        responseCode,
        ipAddress: address,
        timestamp: new Date(minute),
        calls: 1,
      })
    },
    take(all: boolean): AuditRow[] {
      const complete = [...sums].filter(([, { timestamp }]) => all || now() - timestamp.getTime() >= MINUTE_MS)
      for (const [key] of complete) sums.delete(key)
      return complete.map(([, sum]) => sum)
    },
  }
}
