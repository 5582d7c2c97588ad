import { useNavigate, useSearchParams } from 'react-router'
import type { AuditFilters } from '../../api/types.ts'
import { isDay, startOfDay } from '../../language/formats.ts'

export const ACTIONS = ['read', 'change'] as const
export const OUTCOMES = ['success', 'refused', 'failed'] as const

export const AUDIT_FILTERS = ['from', 'to', 'actor', 'person', 'action', 'endpoint', 'outcome'] as const
export type AuditFilterName = (typeof AUDIT_FILTERS)[number]
type Filters = Record<AuditFilterName, string>

/** The filters for the API. Days are those of the reader's clock, by which the times are shown; what is not valid is left out. */
function toQuery({ from, to, actor, person, action, endpoint, outcome }: Filters): AuditFilters {
  return {
    from: isDay(from) ? startOfDay(from, undefined).toISOString() : undefined,
    to: isDay(to) ? startOfDay(to, undefined, 1).toISOString() : undefined,
    actor: actor || undefined,
    person: person || undefined,
    action: ACTIONS.find((one) => one === action),
    endpoint: endpoint || undefined,
    outcome: OUTCOMES.find((one) => one === outcome),
  }
}

/** The filters of the audit log, as they stand in the address. */
export function useAuditAddress() {
  const [params] = useSearchParams()
  const navigate = useNavigate()
  const filters = Object.fromEntries(AUDIT_FILTERS.map((name) => [name, params.get(name)?.trim() ?? ''])) as Filters
  const go = (next: URLSearchParams) => void navigate({ search: next.toString() }, { preventScrollReset: true })
  return {
    filters,
    query: toQuery(filters),
    set: (name: AuditFilterName, value: string) => {
      const next = new URLSearchParams(params)
      if (value) next.set(name, value)
      else next.delete(name)
      go(next)
    },
    clear: () => go(new URLSearchParams()),
  }
}
