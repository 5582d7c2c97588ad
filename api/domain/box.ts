/** Integer pixels of the upright image; x and y are the top-left corner. */
export interface BoundingBox {
  x: number
  y: number
  width: number
  height: number
}
