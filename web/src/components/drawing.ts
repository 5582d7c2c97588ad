import type { BoundingBox } from '../api/types.ts'

/** Boxes that a person draws on a picture, each of a defect. */
export interface Drawing {
  /** Those that are there, with the number of their defect. */
  boxes: readonly { number: number; box: BoundingBox }[]
  /** Number of the defect that is being changed; null: none. It may have no box yet. */
  chosen: number | null
  /** Whether fingers, mouse and keys on the picture draw; else they move it as always. */
  active: boolean
  /** Whether arrow keys move the chosen box wherever the focus is. */
  keys: boolean
  /** The chosen box is another now. */
  onChange: (box: BoundingBox) => void
  /** A box was drawn beside the others. */
  onDraw: (box: BoundingBox) => void
  onChoose: (number: number) => void
}
