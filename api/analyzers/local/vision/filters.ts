import { createPlane, mapPlane, type Plane } from './plane.ts'

/**
 * Mean of the square of 2 * radius + 1 pixels, clipped at the frame. Running sums, so the cost does not depend on the
 * radius.
 */
export const boxMean = (plane: Plane, radius: number): Plane => {
  const { width, height, data } = plane
  const rows = createPlane(width, height)
  for (let y = 0; y < height; y++) {
    const start = y * width
    let sum = 0
    for (let x = 0; x < Math.min(radius, width); x++) sum += data[start + x] ?? 0
    for (let x = 0; x < width; x++) {
      if (x + radius < width) sum += data[start + x + radius] ?? 0
      if (x - radius > 0) sum -= data[start + x - radius - 1] ?? 0
      rows.data[start + x] = sum / windowSize(x, radius, width)
    }
  }
  // All columns at once, which reads memory in its own order.
  const both = createPlane(width, height)
  const sums = new Float64Array(width)
  const add = (y: number, sign: 1 | -1): void => {
    for (let x = 0; x < width; x++) sums[x] = (sums[x] ?? 0) + sign * (rows.data[y * width + x] ?? 0)
  }
  for (let y = 0; y < Math.min(radius, height); y++) add(y, 1)
  for (let y = 0; y < height; y++) {
    if (y + radius < height) add(y + radius, 1)
    if (y - radius > 0) add(y - radius - 1, -1)
    const size = windowSize(y, radius, height)
    for (let x = 0; x < width; x++) both.data[y * width + x] = (sums[x] ?? 0) / size
  }
  return both
}

/** Number of pixels of the window around `at` that lie within the line. */
const windowSize = (at: number, radius: number, count: number): number =>
  Math.min(count, at + radius + 1) - Math.max(0, at - radius)

/** Gaussian of small `sigma` (pixels): separable, kernel to 3 sigma, edge pixels repeated. */
export const gaussian = (plane: Plane, sigma: number): Plane => {
  const radius = Math.ceil(3 * sigma)
  const weights = Float32Array.from({ length: 2 * radius + 1 }, (_, i) =>
    Math.exp(-((i - radius) ** 2) / (2 * sigma ** 2)),
  )
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const kernel = weights.map((weight) => weight / total)
  const { width, height } = plane
  const rows = createPlane(width, height)
  const padded = new Float32Array(width + 2 * radius)
  for (let y = 0; y < height; y++) {
    const row = plane.data.subarray(y * width, (y + 1) * width)
    padded.fill(row[0] ?? 0, 0, radius)
    padded.set(row, radius)
    padded.fill(row[width - 1] ?? 0, radius + width)
    for (let x = 0; x < width; x++) {
      let sum = 0
      for (let k = 0; k <= 2 * radius; k++) sum += (kernel[k] ?? 0) * (padded[x + k] ?? 0)
      rows.data[y * width + x] = sum
    }
  }
  const both = createPlane(width, height)
  for (let y = 0; y < height; y++) {
    for (let k = -radius; k <= radius; k++) {
      const weight = kernel[k + radius] ?? 0
      const from = Math.min(height - 1, Math.max(0, y + k)) * width
      for (let x = 0; x < width; x++) {
        both.data[y * width + x] = (both.data[y * width + x] ?? 0) + weight * (rows.data[from + x] ?? 0)
      }
    }
  }
  return both
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
 * Largest values of the windows of 2 * radius + 1 along a line, clipped at the ends (van Herk and Gil-Werman, 1992-93):
 * the line is split into blocks of the window's size, and each window is the tail of one block and the head of the
 * next.
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

/**
 * Largest value of the square of 2 * radius + 1 pixels, clipped at the frame. The cost does not depend on the radius.
 */
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

/** Smallest value of the square of 2 * radius + 1 pixels, clipped at the frame. */
export const minFilter = (plane: Plane, radius: number): Plane => {
  const negated = (p: Plane): Plane => mapPlane(p.width, p.height, (i) => -(p.data[i] ?? 0))
  return negated(maxFilter(negated(plane), radius))
}
