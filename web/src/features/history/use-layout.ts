import { useSyncExternalStore } from 'react'

/** How results are laid out: a table where there is room, else cards; or small pictures. */
export type Form = 'table' | 'cards' | 'gallery'

/** Lines of equal height with as many results as fit: so the place of each is known before it has come. In pixels. */
export interface Layout {
  columns: number
  lineHeight: number
  /** What sticks to the top of the window. */
  covered: number
}

const TABLE_FROM = 62
const CARD = 20
const TILE = 13
const GAP = 0.5

function onResize(listener: () => void): () => void {
  window.addEventListener('resize', listener)
  return () => window.removeEventListener('resize', listener)
}
const widthOf = () => document.documentElement.clientWidth
const remOf = () => Number.parseFloat(getComputedStyle(document.documentElement).fontSize)

/** As the frame's style sheet has it: the place must be known before the screen is drawn, to come back to where one was. */
const contentWidth = (width: number, rem: number): number =>
  Math.min(width, 110 * rem) - 2 * Math.min(Math.max(0.75 * rem, 0.02 * width), 1.5 * rem)

export function useLayout(view: 'table' | 'gallery'): Layout & { form: Form } {
  const width = useSyncExternalStore(onResize, widthOf)
  const rem = remOf()
  const room = contentWidth(width, rem)
  const fitting = (least: number) => Math.max(1, Math.floor((room + GAP * rem) / ((least + GAP) * rem)))
  if (view === 'gallery') {
    const columns = Math.max(2, fitting(TILE))
    const picture = ((room - (columns - 1) * GAP * rem) / columns) * (2 / 3)
    return { form: 'gallery', columns, lineHeight: Math.round(picture + 6.25 * rem), covered: 4 * rem }
  }
  if (width >= TABLE_FROM * rem) return { form: 'table', columns: 1, lineHeight: 4.125 * rem, covered: 6.5 * rem }
  return { form: 'cards', columns: fitting(CARD), lineHeight: 8.875 * rem, covered: 4 * rem }
}
