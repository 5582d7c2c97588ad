/** Image primitives on typed arrays. Frames are mirrored about the outermost pixel (reflect-101), unless said otherwise. */

/** One value a pixel, row by row. */
export interface Plane {
  readonly width: number
  readonly height: number
  readonly data: Float32Array
}

/** Interleaved 8-bit sRGB; of 4 channels the last is not looked at. */
export interface Raster {
  readonly width: number
  readonly height: number
  readonly channels: 3 | 4
  readonly pixels: Uint8Array | Uint8ClampedArray
}

export const planeOf = (
  width: number,
  height: number,
  data: Float32Array = new Float32Array(width * height),
): Plane => ({
  width,
  height,
  data,
})

/** Brightness, weights of ITU-R BT.601. */
export function toGray({ width, height, channels, pixels }: Raster): Plane {
  const data = new Float32Array(width * height)
  for (let i = 0, p = 0; i < data.length; i++, p += channels) {
    data[i] = 0.299 * (pixels[p] ?? 0) + 0.587 * (pixels[p + 1] ?? 0) + 0.114 * (pixels[p + 2] ?? 0)
  }
  return { width, height, data }
}

interface Taps {
  readonly size: number
  readonly first: Int32Array
  readonly weights: Float32Array
}

/** For each new pixel the old ones it is made of: their mean by area where it shrinks, else the two nearest. */
function taps(from: number, to: number): Taps {
  const step = from / to
  const size = step > 1 ? Math.ceil(step) + 1 : 2
  const first = new Int32Array(to)
  const weights = new Float32Array(to * size)
  for (let i = 0; i < to; i++) {
    if (step > 1) {
      const start = Math.floor(i * step)
      first[i] = start
      for (let k = 0; k < size; k++) {
        const covered = Math.min((i + 1) * step, start + k + 1) - Math.max(i * step, start + k)
        weights[i * size + k] = Math.max(0, covered) / step
      }
    } else {
      const centre = Math.min(from - 1, Math.max(0, (i + 0.5) * step - 0.5))
      const start = Math.min(Math.floor(centre), Math.max(0, from - 2))
      first[i] = start
      weights[i * size] = 1 - (centre - start)
      weights[i * size + 1] = centre - start
    }
  }
  return { size, first, weights }
}

/** Interleaved samples at another size. */
export function resizeSamples(
  source: ArrayLike<number>,
  [width, height, channels]: readonly [number, number, number],
  toWidth: number,
  toHeight: number,
): Float32Array {
  const across = taps(width, toWidth)
  const down = taps(height, toHeight)
  const out = new Float32Array(toWidth * toHeight * channels)
  const stride = width * channels
  const row = new Float32Array(stride)
  for (let y = 0; y < toHeight; y++) {
    row.fill(0)
    for (let k = 0; k < down.size; k++) {
      const weight = down.weights[y * down.size + k] ?? 0
      if (weight === 0) continue
      const start = ((down.first[y] ?? 0) + k) * stride
      for (let i = 0; i < stride; i++) row[i] = (row[i] ?? 0) + weight * (source[start + i] ?? 0)
    }
    for (let c = 0; c < channels; c++) {
      for (let x = 0, to = y * toWidth * channels + c; x < toWidth; x++, to += channels) {
        let from = (across.first[x] ?? 0) * channels + c
        let sum = 0
        for (let k = x * across.size; k < (x + 1) * across.size; k++, from += channels) {
          const weight = across.weights[k] ?? 0
          // Beyond the last pixel there is nothing, and its weight is 0.
          if (weight > 0) sum += weight * (row[from] ?? 0)
        }
        out[to] = sum
      }
    }
  }
  return out
}

export const resize = (plane: Plane, width: number, height: number): Plane =>
  plane.width === width && plane.height === height
    ? plane
    : planeOf(width, height, resizeSamples(plane.data, [plane.width, plane.height, 1], width, height))

/** Whole grey levels again, as a file would hold them. */
export function resizeRaster({ width, height, channels, pixels }: Raster, toWidth: number, toHeight: number): Raster {
  const samples = resizeSamples(pixels, [width, height, channels], toWidth, toHeight)
  const out = new Uint8Array(samples.length)
  for (let i = 0; i < out.length; i++) out[i] = Math.min(255, (samples[i] ?? 0) + 0.5)
  return { width: toWidth, height: toHeight, channels, pixels: out }
}

const mirrored = (i: number, size: number): number => {
  if (size === 1) return 0
  let at = i
  while (at < 0 || at >= size) at = at < 0 ? -at : 2 * (size - 1) - at
  return at
}

/** Convolution with a symmetric kernel along both directions; `kernel[0]` is its middle. */
export function convolve({ width, height, data }: Plane, kernel: Float32Array): Plane {
  const reach = kernel.length - 1
  const rows = new Float32Array(data.length)
  const line = new Float32Array(width + 2 * reach)
  for (let y = 0; y < height; y++) {
    const start = y * width
    for (let x = 0; x < reach; x++) {
      line[x] = data[start + mirrored(x - reach, width)] ?? 0
      line[reach + width + x] = data[start + mirrored(width + x, width)] ?? 0
    }
    line.set(data.subarray(start, start + width), reach)
    // A pass for each tap: short loops over whole rows are what the compiler is good at.
    for (let x = 0; x < width; x++) rows[start + x] = (kernel[0] ?? 0) * (line[x + reach] ?? 0)
    for (let k = 1; k <= reach; k++) {
      const weight = kernel[k] ?? 0
      for (let x = 0, i = start; x < width; x++, i++) {
        rows[i] = (rows[i] ?? 0) + weight * ((line[x + reach - k] ?? 0) + (line[x + reach + k] ?? 0))
      }
    }
  }
  const out = new Float32Array(data.length)
  for (let y = 0; y < height; y++) {
    const to = y * width
    for (let k = 0; k <= reach; k++) {
      const weight = kernel[k] ?? 0
      const above = mirrored(y - k, height) * width
      const below = mirrored(y + k, height) * width
      if (k === 0) for (let x = 0; x < width; x++) out[to + x] = weight * (rows[above + x] ?? 0)
      else
        for (let x = 0; x < width; x++)
          out[to + x] = (out[to + x] ?? 0) + weight * ((rows[above + x] ?? 0) + (rows[below + x] ?? 0))
    }
  }
  return { width, height, data: out }
}

export function gauss(plane: Plane, sigma: number): Plane {
  const kernel = Float32Array.from({ length: Math.ceil(3.5 * sigma) + 1 }, (_, k) =>
    Math.exp(-(k * k) / (2 * sigma * sigma)),
  )
  const sum = kernel.reduce((total, weight, k) => total + (k === 0 ? weight : 2 * weight), 0)
  return convolve(
    plane,
    kernel.map((weight) => weight / sum),
  )
}

/** Mean over a square of `size` (odd) pixels, cut at the frame; its cost does not depend on the size. */
export function boxMean({ width, height, data }: Plane, size: number): Plane {
  const reach = (size - 1) / 2
  const rows = new Float32Array(data.length)
  for (let y = 0; y < height; y++) {
    const start = y * width
    let sum = 0
    for (let x = 0; x < Math.min(reach, width); x++) sum += data[start + x] ?? 0
    for (let x = 0; x < width; x++) {
      if (x + reach < width) sum += data[start + x + reach] ?? 0
      if (x - reach > 0) sum -= data[start + x - reach - 1] ?? 0
      rows[start + x] = sum / (Math.min(width - 1, x + reach) - Math.max(0, x - reach) + 1)
    }
  }
  const out = new Float32Array(data.length)
  const sums = new Float64Array(width)
  const add = (y: number, sign: 1 | -1): void => {
    for (let x = 0; x < width; x++) sums[x] = (sums[x] ?? 0) + sign * (rows[y * width + x] ?? 0)
  }
  for (let y = 0; y < Math.min(reach, height); y++) add(y, 1)
  for (let y = 0; y < height; y++) {
    if (y + reach < height) add(y + reach, 1)
    if (y - reach > 0) add(y - reach - 1, -1)
    const count = Math.min(height - 1, y + reach) - Math.max(0, y - reach) + 1
    for (let x = 0; x < width; x++) out[y * width + x] = (sums[x] ?? 0) / count
  }
  return { width, height, data: out }
}

/** Largest value in a square of `2 * reach + 1` pixels, cut at the frame. */
export function maxFilter({ width, height, data }: Plane, reach: number): Plane {
  const rows = new Float32Array(data.length)
  const out = new Float32Array(data.length)
  for (let y = 0; y < height; y++) slideMax(data, rows, y * width, 1, width, reach)
  for (let x = 0; x < width; x++) slideMax(rows, out, x, width, height, reach)
  return { width, height, data: out }
}

export function minFilter(plane: Plane, reach: number): Plane {
  const negated = maxFilter({ ...plane, data: plane.data.map((value) => -value) }, reach)
  for (let i = 0; i < negated.data.length; i++) negated.data[i] = -(negated.data[i] ?? 0)
  return negated
}

/** Running maximum by a queue of candidates that fall: each value enters and leaves it once. */
function slideMax(
  from: Float32Array,
  to: Float32Array,
  start: number,
  step: number,
  count: number,
  reach: number,
): void {
  const queue = new Int32Array(count)
  let head = 0
  let tail = 0
  for (let i = 0; i < count + reach; i++) {
    if (i < count) {
      const value = from[start + i * step] ?? 0
      while (tail > head && (from[start + (queue[tail - 1] ?? 0) * step] ?? 0) <= value) tail--
      queue[tail++] = i
    }
    const centre = i - reach
    if (centre < 0) continue
    while ((queue[head] ?? 0) < centre - reach) head++
    to[start + centre * step] = from[start + (queue[head] ?? 0) * step] ?? 0
  }
}

/** Central differences, of the nearest pixels at the frame. */
export function gradients({ width, height, data }: Plane): { dx: Float32Array; dy: Float32Array } {
  const dx = new Float32Array(data.length)
  const dy = new Float32Array(data.length)
  for (let y = 0; y < height; y++) {
    const above = Math.max(0, y - 1) * width
    const below = Math.min(height - 1, y + 1) * width
    const start = y * width
    for (let x = 0, i = start; x < width; x++, i++) dy[i] = ((data[below + x] ?? 0) - (data[above + x] ?? 0)) / 2
    for (let i = start + 1; i < start + width - 1; i++) dx[i] = ((data[i + 1] ?? 0) - (data[i - 1] ?? 0)) / 2
    const end = start + width - 1
    dx[start] = ((data[Math.min(end, start + 1)] ?? 0) - (data[start] ?? 0)) / 2
    dx[end] = ((data[end] ?? 0) - (data[Math.max(start, end - 1)] ?? 0)) / 2
  }
  return { dx, dy }
}

export function median(values: ArrayLike<number>): number {
  if (values.length === 0) return 0
  const sorted = Float32Array.from(values).sort()
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2
}

export const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

export function largest(values: Float32Array): number {
  let most = Number.NEGATIVE_INFINITY
  for (let i = 0; i < values.length; i++) if ((values[i] ?? 0) > most) most = values[i] ?? 0
  return most
}
