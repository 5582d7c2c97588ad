import { createPlane, mapPlane, type Plane } from './plane.ts'

/** Sums over one line of `count` values `stride` apart, window of 2 * radius + 1 cut off at the ends, divided by what is left of it. */
const boxLine = (
  from: Float32Array,
  to: Float32Array,
  start: number,
  stride: number,
  count: number,
  radius: number,
): void => {
  let sum = 0
  let size = 0
  for (let i = 0; i < Math.min(radius, count); i++) {
    sum += from[start + i * stride] ?? 0
    size++
  }
  for (let i = 0; i < count; i++) {
    if (i + radius < count) {
      sum += from[start + (i + radius) * stride] ?? 0
      size++
    }
    if (i - radius - 1 >= 0) {
      sum -= from[start + (i - radius - 1) * stride] ?? 0
      size--
    }
    to[start + i * stride] = sum / size
  }
}

/** Mean of the square of 2 * radius + 1 pixels, cut off at the frame. Running sums: the cost does not depend on the radius. */
export const boxMean = (plane: Plane, radius: number): Plane => {
  const { width, height } = plane
  const rows = createPlane(width, height)
  for (let y = 0; y < height; y++) boxLine(plane.data, rows.data, y * width, 1, width, radius)
  const both = createPlane(width, height)
  for (let x = 0; x < width; x++) boxLine(rows.data, both.data, x, width, height, radius)
  return both
}

/** Gaussian of small `sigma` (pixels), separable, kernel to 3 sigma, edge pixels repeated. */
export const gaussian = (plane: Plane, sigma: number): Plane => {
  const radius = Math.ceil(3 * sigma)
  const kernel = Float32Array.from({ length: 2 * radius + 1 }, (_, i) =>
    Math.exp(-((i - radius) ** 2) / (2 * sigma ** 2)),
  )
  const total = kernel.reduce((sum, weight) => sum + weight, 0)
  const { width, height } = plane
  const convolve = (from: Float32Array, lines: number, count: number, lineStride: number, stride: number): Plane => {
    const out = createPlane(width, height)
    for (let line = 0; line < lines; line++) {
      for (let i = 0; i < count; i++) {
        let sum = 0
        const isInner = i >= radius && i < count - radius
        for (let k = -radius; k <= radius; k++) {
          const at = isInner ? i + k : Math.min(count - 1, Math.max(0, i + k))
          sum += (kernel[k + radius] ?? 0) * (from[line * lineStride + at * stride] ?? 0)
        }
        out.data[line * lineStride + i * stride] = sum / total
      }
    }
    return out
  }
  return convolve(convolve(plane.data, height, width, width, 1).data, width, height, 1, width)
}

/** Wide Gaussian as three box means; their variances, ((2r+1)^2 - 1) / 12 each, add up to sigma squared. */
export const wideGaussian = (plane: Plane, sigma: number): Plane => {
  const radius = Math.max(1, Math.round((Math.sqrt(4 * sigma ** 2 + 1) - 1) / 2))
  return boxMean(boxMean(boxMean(plane, radius), radius), radius)
}

/** Central differences per pixel; 0 at the frame. */
export const gradient = ({ width, height, data }: Plane): { dx: Plane; dy: Plane } => {
  const dx = createPlane(width, height)
  const dy = createPlane(width, height)
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const i = y * width + x
      dx.data[i] = ((data[i + 1] ?? 0) - (data[i - 1] ?? 0)) / 2
      dy.data[i] = ((data[i + width] ?? 0) - (data[i - width] ?? 0)) / 2
    }
  }
  return { dx, dy }
}

/**
 * Largest values of the windows of 2 * radius + 1 along one line, cut off at the ends (van Herk and Gil-Werman, 1992-93): the
 * line is cut into blocks of the window's size, and each window is the tail of one block and the head of the next.
 */
const maxLine = (line: Float32Array, count: number, radius: number, head: Float32Array, tail: Float32Array): void => {
  const size = 2 * radius + 1
  const padded = Math.ceil((count + 2 * radius) / size) * size
  const at = (i: number): number => (i < radius || i >= count + radius ? -Infinity : (line[i - radius] ?? 0))
  for (let i = 0; i < padded; i++) head[i] = i % size === 0 ? at(i) : Math.max(head[i - 1] ?? 0, at(i))
  for (let i = padded - 1; i >= 0; i--) {
    tail[i] = i % size === size - 1 ? at(i) : Math.max(tail[i + 1] ?? 0, at(i))
  }
  for (let i = 0; i < count; i++) line[i] = Math.max(tail[i] ?? 0, head[i + 2 * radius] ?? 0)
}

/** Largest value of the square of 2 * radius + 1 pixels, cut off at the frame. The cost does not depend on the radius. */
export const maxFilter = (plane: Plane, radius: number): Plane => {
  const { width, height } = plane
  const out = createPlane(width, height)
  const room = Math.max(width, height) + 4 * radius + 2
  const line = new Float32Array(Math.max(width, height))
  const head = new Float32Array(room)
  const tail = new Float32Array(room)
  for (let y = 0; y < height; y++) {
    line.set(plane.data.subarray(y * width, (y + 1) * width))
    maxLine(line, width, radius, head, tail)
    out.data.set(line.subarray(0, width), y * width)
  }
  for (let x = 0; x < width; x++) {
    for (let y = 0; y < height; y++) line[y] = out.data[y * width + x] ?? 0
    maxLine(line, height, radius, head, tail)
    for (let y = 0; y < height; y++) out.data[y * width + x] = line[y] ?? 0
  }
  return out
}

/** Smallest value of the square of 2 * radius + 1 pixels, cut off at the frame. */
export const minFilter = (plane: Plane, radius: number): Plane => {
  const negated = (p: Plane): Plane => mapPlane(p.width, p.height, (i) => -(p.data[i] ?? 0))
  return negated(maxFilter(negated(plane), radius))
}
