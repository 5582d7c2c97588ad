/** One value a pixel, row by row. */
export interface Plane {
  readonly width: number
  readonly height: number
  readonly data: Float32Array
}

/** One bit of truth a pixel: 1 is inside. */
export interface Mask {
  readonly width: number
  readonly height: number
  readonly data: Uint8Array
}

/** Interleaved 8-bit sRGB. */
export interface Raster {
  readonly width: number
  readonly height: number
  readonly rgb: Uint8Array
}

export const createPlane = (width: number, height: number): Plane => ({
  width,
  height,
  data: new Float32Array(width * height),
})

/** A plane computed pixel by pixel from 0-based indices. */
export const mapPlane = (width: number, height: number, at: (index: number) => number): Plane => {
  const plane = createPlane(width, height)
  for (let i = 0; i < plane.data.length; i++) plane.data[i] = at(i)
  return plane
}

export const mapMask = (width: number, height: number, at: (index: number) => boolean): Mask => {
  const data = new Uint8Array(width * height)
  for (let i = 0; i < data.length; i++) if (at(i)) data[i] = 1
  return { width, height, data }
}

export const countInside = (mask: Mask): number => {
  let count = 0
  for (let i = 0; i < mask.data.length; i++) count += mask.data[i] ?? 0
  return count
}

/** Indices of the pixels inside, ascending. */
export const indicesInside = (mask: Mask): Int32Array => {
  const indices = new Int32Array(countInside(mask))
  let next = 0
  for (let i = 0; i < mask.data.length; i++) if (mask.data[i] === 1) indices[next++] = i
  return indices
}

/** Brightness 0..255, weights of ITU-R BT.601. */
export const toLuma = ({ width, height, rgb }: Raster): Plane =>
  mapPlane(
    width,
    height,
    (i) => 0.299 * (rgb[3 * i] ?? 0) + 0.587 * (rgb[3 * i + 1] ?? 0) + 0.114 * (rgb[3 * i + 2] ?? 0),
  )

/** Halves both sides (rounded up) by the mean of 2 x 2 pixels. */
export const halve = ({ width, height, data }: Plane): Plane => {
  const halfWidth = Math.ceil(width / 2)
  const half = createPlane(halfWidth, Math.ceil(height / 2))
  for (let i = 0; i < half.data.length; i++) {
    const x = 2 * (i % halfWidth)
    const y = 2 * Math.floor(i / halfWidth)
    const right = Math.min(width - 1, x + 1)
    const below = Math.min(height - 1, y + 1)
    const sum =
      (data[y * width + x] ?? 0) +
      (data[y * width + right] ?? 0) +
      (data[below * width + x] ?? 0) +
      (data[below * width + right] ?? 0)
    half.data[i] = sum / 4
  }
  return half
}

/** Same size as `halve` gives: inside where all of the 2 x 2 pixels are. */
export const halveMask = (mask: Mask): Mask => {
  const half = halve({ ...mask, data: Float32Array.from(mask.data) })
  return mapMask(half.width, half.height, (i) => half.data[i] === 1)
}
