import type { BoundingBox } from '../api/types.ts'

/** A box that a person draws on a picture. */
export interface Drawing {
  /** Null: none yet. */
  box: BoundingBox | null
  /** Whether fingers, mouse and keys on the picture draw; else they move it as always. */
  active: boolean
  onChange: (box: BoundingBox) => void
}
