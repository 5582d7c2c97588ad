import { useNavigate, useSearchParams } from 'react-router'
import { type Filters, readFilters } from './filters.ts'

/** Filters as the address has them, so that reload, back button and a shared link all work. */
export function useFilters() {
  const [params] = useSearchParams()
  const navigate = useNavigate()
  return {
    filters: readFilters(params),
    set(change: Partial<Filters>) {
      // The address as it is now: a filter set a moment ago may not have been rendered yet.
      const next = new URLSearchParams(window.location.search)
      for (const [name, value] of Object.entries(change)) {
        if (value) next.set(name, value)
        else next.delete(name)
      }
      void navigate({ search: next.toString() }, { preventScrollReset: true })
    },
    clear: () => void navigate({ search: '' }, { preventScrollReset: true }),
  }
}
