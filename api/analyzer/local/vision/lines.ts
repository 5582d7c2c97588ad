import { createPlane, type Plane } from './plane.ts'

/**
 * Mean along straight lines of `length` pixels centred on each pixel, at `angle` radians (0 is to the right, growing downwards).
 * Each pixel lies on exactly one digital line of that slope, so running sums give every mean at a cost that does not depend on
 * the length. Windows are cut off at the frame.
 */
export const lineMean = ({ width, height, data }: Plane, angle: number, length: number): Plane => {
  const out = createPlane(width, height)
  const steep = Math.abs(Math.sin(angle)) > Math.abs(Math.cos(angle))
  const slope = steep ? Math.cos(angle) / Math.sin(angle) : Math.tan(angle)
  const along = steep ? height : width
  const beside = steep ? width : height
  const alongStride = steep ? width : 1
  const besideStride = steep ? 1 : width
  const radius = Math.max(
    1,
    Math.round(((length - 1) / 2) * Math.max(Math.abs(Math.sin(angle)), Math.abs(Math.cos(angle)))),
  )
  const offsets = Int32Array.from({ length: along }, (_, i) => Math.round(i * slope))
  const indices = new Int32Array(along)
  const sums = new Float64Array(along + 1)
  const drift = offsets[along - 1] ?? 0
  for (let line = Math.min(0, -drift); line < beside + Math.max(0, -drift); line++) {
    // The stretch of this line that lies within the frame is one piece, as the offsets are monotonic.
    let first = 0
    while (first < along && !isWithin(line + (offsets[first] ?? 0), beside)) first++
    let end = first
    sums[first] = 0
    while (end < along && isWithin(line + (offsets[end] ?? 0), beside)) {
      indices[end] = end * alongStride + (line + (offsets[end] ?? 0)) * besideStride
      sums[end + 1] = (sums[end] ?? 0) + (data[indices[end] ?? 0] ?? 0)
      end++
    }
    for (let i = first; i < end; i++) {
      const from = Math.max(first, i - radius)
      const to = Math.min(end, i + radius + 1)
      out.data[indices[i] ?? 0] = ((sums[to] ?? 0) - (sums[from] ?? 0)) / (to - from)
    }
  }
  return out
}

const isWithin = (value: number, size: number): boolean => value >= 0 && value < size
