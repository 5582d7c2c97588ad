import { useCallback, useState, useSyncExternalStore } from 'react'
import { session } from '../../api/session.ts'

/** As many results are printed at a time. */
export const MOST_SELECTED = 50

export interface Selection {
  ids: ReadonlySet<string>
  full: boolean
  /** Takes in, or out again, a result, or with `range` all from the one that was chosen last. */
  toggle: (index: number, range: boolean) => void
  /** Adds those, as many as there is room for. */
  add: (ids: readonly string[]) => void
  clear: () => void
}

const STORED = 'wiko.history.selection'
const NONE: ReadonlySet<string> = new Set()

/** Whose selection it is: the next person in this tab begins with none. */
const person = (): string => session.whose() ?? ''

function read(): { of: string; ids: ReadonlySet<string> } {
  try {
    const stored: unknown = JSON.parse(sessionStorage.getItem(STORED) ?? 'null')
    if (typeof stored !== 'object' || stored === null) return { of: '', ids: NONE }
    const { of, ids } = stored as { of?: unknown; ids?: unknown }
    if (typeof of !== 'string' || !Array.isArray(ids)) return { of: '', ids: NONE }
    return { of, ids: new Set(ids.filter((id) => typeof id === 'string').slice(0, MOST_SELECTED)) }
  } catch {
    return { of: '', ids: NONE }
  }
}

/** Outlives the screen and a reload: who looks at one of the results comes back to what was chosen. */
let kept = read()
const listeners = new Set<() => void>()

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}
const chosen = (): ReadonlySet<string> => (kept.of === person() ? kept.ids : NONE)

function choose(ids: ReadonlySet<string>): void {
  kept = { of: person(), ids }
  try {
    sessionStorage.setItem(STORED, JSON.stringify({ of: kept.of, ids: [...ids] }))
  } catch {
    // Without room, or with storage forbidden, a reload loses the selection.
  }
  for (const listener of listeners) listener()
}

const add = (wanted: readonly string[]): void => {
  const known = chosen()
  choose(new Set([...known, ...wanted.filter((id) => !known.has(id)).slice(0, MOST_SELECTED - known.size)]))
}

/** The results that are chosen for printing, at most 50, whatever the filters. `idAt` is the id of a result by its place in the list. */
export function useSelection() {
  const ids = useSyncExternalStore(subscribe, chosen)
  const [last, setLast] = useState<number | null>(null)
  const clear = useCallback(() => {
    choose(NONE)
    setLast(null)
  }, [])

  return (idAt: (index: number) => string | undefined): Selection => ({
    ids,
    full: ids.size >= MOST_SELECTED,
    toggle(index, range) {
      const id = idAt(index)
      if (id === undefined) return
      setLast(index)
      if (range && last !== null && last !== index) {
        // From the one before on, so that the limit cuts off what lies farthest from it.
        const step = Math.sign(index - last)
        const length = Math.min(Math.abs(index - last) + 1, MOST_SELECTED)
        add(Array.from({ length }, (_, i) => idAt(last + i * step)).filter((found) => found !== undefined))
      } else if (ids.has(id)) choose(new Set([...ids].filter((known) => known !== id)))
      else add([id])
    },
    add,
    clear,
  })
}
