import type { AnalysisList } from '../../api/types.ts'

/** How far a list has been read: enough to come back to any place in it without reading what lies before. */
export interface Place {
  /** Where each page begins that is known of; the first has no cursor. */
  cursors: readonly (string | undefined)[]
  /** Results of the last page, where that is the end of the list; null: there is more. */
  end: number | null
}

/** With where the window was scrolled to when the page was left for a reload, in pixels. */
type StoredPlace = Place & { scrolled?: number }

export const START: Place = { cursors: [undefined], end: null }

const STORED = 'wiko.history.places'
const MOST_STORED = 10

// A new visit begins at the top, also where the browser calls its first entry as it called that of the visit before.
const [visit] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
if (visit?.type === 'navigate') sessionStorage.removeItem(STORED)

/** What is known after a page has come. Where it ends elsewhere than before, what lay behind it does not count any more. */
export function followed(place: Place, page: number, { analyses, next_cursor: next }: AnalysisList): Place {
  const { cursors, end } = place
  if (page >= cursors.length) return place
  if (next === null) {
    const same = page === cursors.length - 1 && end === analyses.length
    return same ? place : { cursors: cursors.slice(0, page + 1), end: analyses.length }
  }
  return cursors[page + 1] === next ? place : { cursors: [...cursors.slice(0, page + 1), next], end: null }
}

function stored(): [key: string, place: StoredPlace][] {
  try {
    return JSON.parse(sessionStorage.getItem(STORED) ?? '[]')
  } catch {
    return []
  }
}

/** The place that the browser's history entry was left at. */
export function readPlace(key: string): StoredPlace {
  const [, place] = stored().find(([known]) => known === key) ?? []
  // JSON has no undefined.
  return place ? { ...place, cursors: [undefined, ...place.cursors.slice(1)] } : START
}

export function keepPlace(key: string, place: StoredPlace): void {
  const others = stored().filter(([known]) => known !== key)
  try {
    sessionStorage.setItem(STORED, JSON.stringify([...others, [key, place]].slice(-MOST_STORED)))
  } catch {
    // Without room, or with storage forbidden, coming back begins at the top.
  }
}
