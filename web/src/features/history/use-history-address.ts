import { useLocalStorage } from '@mantine/hooks'
import { useMemo } from 'react'
import { type NavigateOptions, useLocation, useNavigate, useSearchParams } from 'react-router'
import { FILTER_NAMES, type FilterName, isStart, readFilters } from './filters.ts'

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
  const at = params.get('at') ?? ''

  const go = (change: Record<string, string>, options: NavigateOptions = {}) => {
    // The address as it is now: a filter set a moment ago may not have been rendered yet.
    const next = new URLSearchParams(window.location.search)
    for (const [name, value] of Object.entries(change)) {
      if (value) next.set(name, value)
      else next.delete(name)
    }
    void navigate({ search: next.toString() }, options)
  }
  return {
    filters: useMemo(() => readFilters(params), [params]),
    /** What tells this place in the browser's history from others. */
    key: `${location.key} ${location.search}`,
    view: VIEWS.find((view) => view === params.get('view')) ?? VIEWS.find((view) => view === remembered) ?? 'table',
    /** The list begins with this day, YYYY-MM-DD, or just before this moment, as the API has it; empty: with the newest. */
    at: isStart(at) ? at : '',
    /** So many results have been put before the one that was the first. */
    above: aboveOf(location.state),
    setFilter: (name: FilterName, value: string) => go({ [name]: value }, { replace: name === 'text' }),
    /** The starting day goes with them: it may be what leaves nothing. */
    clearFilters: () => go(Object.fromEntries([...FILTER_NAMES, 'at'].map((name) => [name, '']))),
    setView: (view: View) => {
      remember(view)
      go({ view })
    },
    setStart: (start: string) => go({ at: start }),
    /** Lets the list begin so many results earlier, in the place of where it began. */
    extend: (start: string, above: number) =>
      go({ at: start }, { replace: true, preventScrollReset: true, state: { above } }),
  }
}

function aboveOf(state: unknown): number {
  const { above } = (state ?? {}) as { above?: unknown }
  return typeof above === 'number' ? above : 0
}
