import { type FocusEvent, type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react'

interface ListKeysOptions {
  list: RefObject<HTMLElement | null>
  columns: number
  /** Lines that fit into the window. */
  linesInView: number
  /** Results that can be gone to. */
  count: number
  /** The first that is in view: where Tab enters the list. */
  first: number
  scrollTo: (index: number) => void
}

const indexOf = (target: EventTarget): number | null => {
  const item = (target as Element).closest('[data-index]')
  return item ? Number(item.getAttribute('data-index')) : null
}

/**
 * One stop of the Tab key for the whole list, however long; from there arrows, Home, End, Page Up and Page Down go from result to
 * result. `keep` is the one with the focus: it must stay drawn when it is scrolled away.
 */
export function useListKeys({ list, columns, linesInView, count, first, scrollTo }: ListKeysOptions) {
  const [keep, setKeep] = useState<number | null>(null)
  /** Gets the focus as soon as it is drawn. */
  const wanted = useRef<number | null>(null)

  useEffect(() => {
    if (wanted.current === null) return
    const link = list.current?.querySelector<HTMLElement>(`[data-index="${wanted.current}"] a`)
    if (!link) return
    wanted.current = null
    link.focus({ preventScroll: true })
  })

  const onKeyDown = (event: KeyboardEvent) => {
    const index = indexOf(event.target)
    if (index === null || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
    const page = Math.max(1, linesInView - 1) * columns
    const steps: Record<string, number> = {
      ArrowDown: columns,
      ArrowUp: -columns,
      PageDown: page,
      PageUp: -page,
      Home: -index,
      End: count - 1 - index,
      ...(columns > 1 && { ArrowRight: 1, ArrowLeft: -1 }),
    }
    const step = steps[event.key]
    if (step === undefined) return
    event.preventDefault()
    const to = Math.min(Math.max(0, index + step), count - 1)
    wanted.current = to
    setKeep(to)
    scrollTo(to)
  }
  return {
    keep,
    tabStop: keep ?? first,
    handlers: {
      onKeyDown,
      onFocus: (event: FocusEvent) => setKeep(indexOf(event.target)),
      onBlur: (event: FocusEvent) => {
        if (wanted.current === null && !event.currentTarget.contains(event.relatedTarget)) setKeep(null)
      },
    },
  }
}
