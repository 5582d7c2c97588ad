import { type ComponentType, type CSSProperties, createContext, memo } from 'react'
import type { Analysis } from '../../api/types.ts'

/** What a row, card or tile of the list gets. */
export interface ItemProps {
  analysis: Analysis
  /** Place in the list, from 0. */
  index: number
  style: CSSProperties
  /** Results in all; null: not known. */
  total: number | null
  /** Of the link: only one of the list is in the order of the Tab key. */
  tabIndex: 0 | -1
  selected: boolean
  /** False: as many are chosen as can be. */
  selectable: boolean
  /** With `range`, all from the one that was chosen before. */
  onSelect: (index: number, range: boolean) => void
}

/** While the list moves, pictures are not asked for. Not one of the props: at each start and stop every row would be drawn anew. */
export const Scrolling = createContext(false)

/** Draws an item again only where something of it has changed, its place being compared by value. */
export const drawnOnChange = (item: ComponentType<ItemProps>) =>
  memo(item, (before, after) => {
    const { style: old, ...oldRest } = before
    const { style, ...rest } = after
    const same = <T extends object>(a: T, b: T) =>
      (Object.keys(a) as (keyof T)[]).every((key) => Object.is(a[key], b[key]))
    return same(old, style) && same(oldRest, rest)
  })
