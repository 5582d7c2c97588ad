import { useLocation, useNavigate, useSearchParams } from 'react-router'
import { FILTER_NAMES, type FilterName, type Filters, readFilters } from './filters.ts'

/** Cursors of the pages before this one, first page first ('' has none). Kept with the browser's history entry. */
function readTrail(state: unknown): string[] {
  const trail = typeof state === 'object' && state !== null && 'trail' in state ? state.trail : []
  return Array.isArray(trail) ? trail.filter((cursor) => typeof cursor === 'string') : []
}

/** Filters and page as the address has them, so that reload, back button and a shared link all work. */
export function useHistoryAddress() {
  const [params] = useSearchParams()
  const location = useLocation()
  const navigate = useNavigate()
  const trail = readTrail(location.state)
  const cursor = params.get('cursor') ?? ''

  const go = (change: Record<string, string>, nextTrail: string[], replace = false) => {
    // The address as it is now: a filter set a moment ago may not have been rendered yet.
    const next = new URLSearchParams(window.location.search)
    for (const [name, value] of Object.entries(change)) {
      if (value) next.set(name, value)
      else next.delete(name)
    }
    void navigate({ search: next.toString() }, { state: { trail: nextTrail }, replace })
  }
  return {
    filters: readFilters(params) satisfies Filters,
    cursor: cursor || undefined,
    /** Null where the page was opened by its address: how many pages come before is not known then. */
    pageNumber: cursor && trail.length === 0 ? null : trail.length + 1,
    setFilter: (name: FilterName, value: string) => go({ [name]: value, cursor: '' }, [], name === 'text'),
    clearFilters: () => go(Object.fromEntries([...FILTER_NAMES, 'cursor'].map((name) => [name, ''])), []),
    toNext: (next: string) => go({ cursor: next }, [...trail, cursor]),
    toPrevious: () => go({ cursor: trail.at(-1) ?? '' }, trail.slice(0, -1)),
  }
}
