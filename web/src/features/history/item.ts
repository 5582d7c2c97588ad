import type { CSSProperties } from 'react'
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
  /** While the list moves fast, pictures are not asked for. */
  scrolling: boolean
  selected: boolean
  /** False: as many are chosen as can be. */
  selectable: boolean
  /** With `range`, all from the one that was chosen before. */
  onSelect: (range: boolean) => void
}
