import { useLocalStorage } from '@mantine/hooks'
import { useMemo } from 'react'
import { useLocation, useNavigate, useSearchParams } from 'react-router'
import { FILTER_NAMES, type FilterName, isDay, readFilters } from './filters.ts'

export const VIEWS = ['table', 'gallery'] as const
export type View = (typeof VIEWS)[number]

const REMEMBERED = 'wiko.history.view'

/** Filters, view and starting day as the address has them, so that reload, back button and a shared link all work. */
export function useHistoryAddress() {
  const [params] = useSearchParams()
  const location = useLocation()
  const navigate = useNavigate()
  const [remembered, remember] = useLocalStorage<View>({
    key: REMEMBERED,
    defaultValue: 'table',
    getInitialValueInEffect: false,
  })
  const day = params.get('at') ?? ''

  const go = (change: Record<string, string>, replace = false) => {
    // The address as it is now: a filter set a moment ago may not have been rendered yet.
    const next = new URLSearchParams(window.location.search)
    for (const [name, value] of Object.entries(change)) {
      if (value) next.set(name, value)
      else next.delete(name)
    }
    void navigate({ search: next.toString() }, { replace })
  }
  return {
    filters: useMemo(() => readFilters(params), [params]),
    /** What tells this place in the browser's history from others. */
    key: `${location.key} ${location.search}`,
    view: VIEWS.find((view) => view === params.get('view')) ?? VIEWS.find((view) => view === remembered) ?? 'table',
    /** The list begins with this day, YYYY-MM-DD; empty: with the newest. */
    day: isDay(day) ? day : '',
    setFilter: (name: FilterName, value: string) => go({ [name]: value }, name === 'text'),
    /** The starting day goes with them: it may be what leaves nothing. */
    clearFilters: () => go(Object.fromEntries([...FILTER_NAMES, 'at'].map((name) => [name, '']))),
    setView: (view: View) => {
      remember(view)
      go({ view })
    },
    setDay: (at: string) => go({ at }),
  }
}
