import { useState } from 'react'

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

/** The results that are chosen for printing, at most 50. `idAt` is the id of a result by its place in the list. */
export function useSelection() {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set())
  const [last, setLast] = useState<number | null>(null)
  const add = (wanted: readonly string[]) =>
    setIds(
      (known) => new Set([...known, ...wanted.filter((id) => !known.has(id)).slice(0, MOST_SELECTED - known.size)]),
    )

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
      } else if (ids.has(id)) setIds(new Set([...ids].filter((known) => known !== id)))
      else add([id])
    },
    add,
    clear() {
      setIds(new Set())
      setLast(null)
    },
  })
}
