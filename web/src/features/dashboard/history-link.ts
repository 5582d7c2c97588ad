import type { Statistics } from '../../api/types.ts'
import { dayIn } from '../../language/formats.ts'
import type { Filters } from './filters.ts'

/** Filters of the history, by the names that they have in its address. */
export interface HistoryFilters {
  from?: string
  to?: string
  product?: string | null
  line?: string | null
  shift?: string | null
  type?: string
  severity?: string
  stage?: string | null
  /** The final verdict. */
  verdict?: 'review'
  /** What waits for a person, and photos to take again: whoever's word is counted. */
  waiting?: 'yes'
  retake?: 'yes'
  /** Only defects, by whose word the figures are. */
  defects?: true
}

/** Leads from the figures to their photos. */
export function historyLink(filters: Filters, { from, to, time_zone }: Statistics) {
  return ({ defects, ...more }: HistoryFilters = {}): string => {
    const params = new URLSearchParams()
    const all: Record<string, string | null | undefined> = {
      from: dayIn(from, time_zone),
      to: dayIn(new Date(Date.parse(to) - 1).toISOString(), time_zone),
      facility: filters.facility,
      product: filters.product,
      line: filters.line,
      shift: filters.shift,
      voided: 'no',
      // What waits for a person is told by no other word.
      truth: filters.truth === 'final' || more.verdict || more.waiting || more.retake ? '' : filters.truth,
      defect: defects && 'yes',
      ...more,
    }
    for (const [name, value] of Object.entries(all)) if (value) params.set(name, value)
    return `/history?${params}`
  }
}

export type ToHistory = ReturnType<typeof historyLink>
