import type { AuditRow } from './writer.ts'

const MINUTE_MS = 60_000
/** Addresses of one minute that are told apart; an attack from more is summed without an address. */
const MAX_SUMS = 1_000

/**
 * Sums refused calls (401, 429) per address, status, caller and minute: whoever may not in must not fill the disk. `take` gives the
 * sums of the minutes that are over, or of all.
 */
export function refusalSums(now: () => number = Date.now) {
  const sums = new Map<string, AuditRow & { calls: number; timestamp: Date }>()
  return {
    add(row: AuditRow): void {
      const minute = Math.floor(now() / MINUTE_MS) * MINUTE_MS
      const nameOf = (address: string | null | undefined) =>
        [minute, row.responseCode, row.caller, address ?? ''].join('|')
      const known = sums.get(nameOf(row.ipAddress))
      const address = known || sums.size < MAX_SUMS ? row.ipAddress : null
      const sum = known ?? sums.get(nameOf(address))
      if (sum) {
        sum.calls++
        return
      }
      const { apiKeyId, caller, responseCode } = row
      sums.set(nameOf(address), {
        apiKeyId,
        caller,
        responseCode,
        ipAddress: address,
        timestamp: new Date(minute),
        calls: 1,
      })
    },
    take(all: boolean): AuditRow[] {
      const over = [...sums].filter(([, { timestamp }]) => all || now() - timestamp.getTime() >= MINUTE_MS)
      for (const [name] of over) sums.delete(name)
      return over.map(([, sum]) => sum)
    },
  }
}
