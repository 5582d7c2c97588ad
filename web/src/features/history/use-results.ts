import { useQueries, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useState } from 'react'
import { HISTORY_PAGE, historyQuery } from '../../api/queries.ts'
import type { Analysis, AnalysisList, HistoryFilters } from '../../api/types.ts'
import { followed, keepPlace, type Place, readPlace } from './place.ts'

/** Pages on either side of what is shown that stay in memory. */
const KEPT = 8
/** Stand for what is still to come. */
const PLACEHOLDERS = 10

const pageOf = (index: number): number => Math.floor(index / HISTORY_PAGE)

/** How many results are known to be there, and how many lines the list has with its placeholders. */
export const knownOf = ({ cursors, end }: Place): { known: number; shown: number } => {
  const before = (cursors.length - 1) * HISTORY_PAGE
  return { known: before + (end ?? 0), shown: before + (end ?? PLACEHOLDERS) }
}

/** How far the list of an address has been read, where the window stood before a reload (undefined: there was none), and whether it is new. */
export function usePlace(addressKey: string) {
  const [{ scrolled, ...left }] = useState(() => readPlace(addressKey))
  const fresh = left.cursors.length === 1 && scrolled === undefined
  const [place, setPlace] = useState<Place>(left)
  useEffect(() => keepPlace(addressKey, place), [addressKey, place])
  // The router puts the scroll position back before the session has been looked up, and with it the list: too early after a reload.
  useEffect(() => {
    const leave = () => keepPlace(addressKey, { ...place, scrolled: window.scrollY })
    window.addEventListener('pagehide', leave)
    return () => window.removeEventListener('pagehide', leave)
  }, [addressKey, place])
  return { place, setPlace, scrolled, fresh }
}

interface ResultsOptions {
  filters: HistoryFilters
  enabled: boolean
  place: Place
  setPlace: (change: (place: Place) => Place) => void
  /** Of the results that are shown: those pages are read, the ones far away forgotten. */
  from: number
  to: number
}

/**
 * The results that are shown, by their number in the list. Each page is a query of its own, begun by the cursor that the page before
 * gave: so a place deep in the list comes back at once, and memory does not grow with the way there.
 */
export function useResults({ filters, enabled, place, setPlace, from, to }: ResultsOptions) {
  const queries = useQueryClient()
  const { cursors } = place
  const first = Math.min(pageOf(from), cursors.length - 1)
  // Also of an empty list the first page is read: there may be results by now.
  const last = Math.max(first, Math.min(pageOf(to), cursors.length - 1))
  const pages = Array.from({ length: last - first + 1 }, (_, i) => first + i)
  const answers = useQueries({
    queries: pages.map((page) => ({ ...historyQuery(filters, page, cursors[page]), enabled })),
  })
  const loaded: readonly (AnalysisList | undefined)[] = answers.map(({ data }) => data)

  useEffect(() => {
    loaded.forEach((data, i) => {
      if (data) setPlace((known) => followed(known, first + i, data))
    })
  })

  useEffect(() => {
    queries.removeQueries({
      type: 'inactive',
      predicate: ({ queryKey: [name, , page] }) =>
        name === 'history' && typeof page === 'number' && (page < first - KEPT || page > last + KEPT),
    })
  }, [queries, first, last])

  /** Undefined where it has not come, or has been forgotten. */
  const resultAt = useCallback(
    (index: number): Analysis | undefined => {
      const page = pageOf(index)
      const data = queries.getQueryData(historyQuery(filters, page, cursors[page]).queryKey)
      return data?.analyses[index % HISTORY_PAGE]
    },
    [queries, filters, cursors],
  )

  const failed = answers.find(({ error }) => error)
  return {
    resultAt,
    error: failed?.error ?? null,
    retry: () => void failed?.refetch(),
    /** Reads on, for who does not scroll. */
    more: () => {
      const page = cursors.length - 1
      return queries.fetchQuery(historyQuery(filters, page, cursors[page])).then(
        (data) => setPlace((known) => followed(known, page, data)),
        () => undefined,
      )
    },
  }
}
