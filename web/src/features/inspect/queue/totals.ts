import type { Verdict } from '../../../api/types.ts'
import type { QueueItem } from './item.ts'

/** What a person looks for first. */
export const VERDICTS = ['ng', 'review', 'ok'] as const satisfies readonly Verdict[]

/** How many photos had which verdict; `failed` are those that were refused, too. */
export type Totals = Record<Verdict | 'failed', number>

export function totalsOf(items: readonly QueueItem[]): Totals {
  const totals: Totals = { ok: 0, ng: 0, review: 0, failed: 0 }
  for (const { state } of items) {
    if (state.is === 'done') totals[state.analysis.verdict]++
    else if (state.is === 'failed' || state.is === 'refused') totals.failed++
  }
  return totals
}
