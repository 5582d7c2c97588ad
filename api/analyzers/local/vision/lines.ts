import { createPlane, type Plane } from './plane.ts'

/**
 * Mean along straight lines of `length` pixels centred on each pixel. `slope` is the step down per step to the right,
 * -1 to 1; use the transposed plane for steeper lines. Each pixel lies on exactly one digital line of a slope, so
 * running sums give every mean at a cost that does not depend on the length. Windows are clipped at the frame.
 */
export const lineMean = ({ width, height, data }: Plane, slope: number, length: number): Plane => {
  const out = createPlane(width, height)
  const radius = Math.max(1, Math.round((length - 1) / 2 / Math.hypot(1, slope)))
  const offsets = Int32Array.from({ length: width }, (_, x) => Math.round(x * slope))
  const indices = new Int32Array(width)
  const sums = new Float64Array(width + 1)
  const drift = offsets[width - 1] ?? 0
  const isInside = (y: number): boolean => y >= 0 && y < height
  for (let line = Math.min(0, -drift); line < height + Math.max(0, -drift); line++) {
    // The part of the line within the frame is contiguous, because the offsets are monotonic.
    let first = 0
    while (first < width && !isInside(line + (offsets[first] ?? 0))) first++
    let end = first
    sums[first] = 0
    while (end < width && isInside(line + (offsets[end] ?? 0))) {
      const index = end + (line + (offsets[end] ?? 0)) * width
      indices[end] = index
      sums[end + 1] = (sums[end] ?? 0) + (data[index] ?? 0)
      end++
    }
    for (let x = first; x < end; x++) {
      const from = Math.max(first, x - radius)
      const to = Math.min(end, x + radius + 1)
      out.data[indices[x] ?? 0] = ((sums[to] ?? 0) - (sums[from] ?? 0)) / (to - from)
    }
  }
  return out
}
