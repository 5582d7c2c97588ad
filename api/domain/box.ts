/** Integer pixels of the upright image; x, y is the upper left corner. */
export interface BoundingBox {
  x: number
  y: number
  width: number
  height: number
}
