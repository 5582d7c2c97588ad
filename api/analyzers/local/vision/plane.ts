import type { BoundingBox } from '../../../domain/box.ts'

/** One value per pixel, row by row. */
export interface Plane {
  readonly width: number
  readonly height: number
  readonly data: Float32Array
}

/** One flag per pixel: 1 is inside. */
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

/** Computes a plane pixel by pixel from 0-based indices. */
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

/** Indices of the inside pixels, ascending. */
export const indicesInside = (mask: Mask): Int32Array => {
  const indices = new Int32Array(countInside(mask))
  let next = 0
  for (let i = 0; i < mask.data.length; i++) if (mask.data[i] === 1) indices[next++] = i
  return indices
}

/** Brightness 0..255, with the weights of ITU-R BT.601. */
export const toLuma = ({ width, height, rgb }: Raster): Plane =>
  mapPlane(
    width,
    height,
    (i) => 0.299 * (rgb[3 * i] ?? 0) + 0.587 * (rgb[3 * i + 1] ?? 0) + 0.114 * (rgb[3 * i + 2] ?? 0),
  )

/** Halves both sides (rounded up) with the mean of 2 x 2 pixels. */
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

/** Same size as the result of `halve`: inside if all of the 2 x 2 pixels are. */
export const halveMask = (mask: Mask): Mask => {
  const half = halve({ ...mask, data: Float32Array.from(mask.data) })
  return mapMask(half.width, half.height, (i) => half.data[i] === 1)
}

/** Swaps rows and columns. */
export const transpose = ({ width, height, data }: Plane): Plane =>
  mapPlane(height, width, (i) => data[(i % height) * width + Math.floor(i / height)] ?? 0)

export const transposeMask = ({ width, height, data }: Mask): Mask =>
  mapMask(height, width, (i) => data[(i % height) * width + Math.floor(i / height)] === 1)

/** The part of a plane inside a box. */
export const crop = ({ width, data }: Plane, box: BoundingBox): Plane =>
  mapPlane(
    box.width,
    box.height,
    (i) => data[(box.y + Math.floor(i / box.width)) * width + box.x + (i % box.width)] ?? 0,
  )

export const cropMask = ({ width, data }: Mask, box: BoundingBox): Mask =>
  mapMask(
    box.width,
    box.height,
    (i) => data[(box.y + Math.floor(i / box.width)) * width + box.x + (i % box.width)] === 1,
  )

/** The smallest box around the inside pixels, widened by `margin` pixels within the frame; null if there are none. */
export const boundsOf = (mask: Mask, margin: number): BoundingBox | null => {
  const { width, height } = mask
  let [left, right, top, bottom] = [width, -1, height, -1]
  for (const i of indicesInside(mask)) {
    const x = i % width
    const y = (i - x) / width
    left = Math.min(left, x)
    right = Math.max(right, x)
    top = Math.min(top, y)
    bottom = Math.max(bottom, y)
  }
  if (right < 0) return null
  const x = Math.max(0, left - margin)
  const y = Math.max(0, top - margin)
  return { x, y, width: Math.min(width, right + margin + 1) - x, height: Math.min(height, bottom + margin + 1) - y }
}
