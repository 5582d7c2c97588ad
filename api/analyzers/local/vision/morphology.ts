import { createPlane, type Mask, mapMask, type Plane } from './plane.ts'

const FAR = 1e12

/** Squared distances to the nearest seed along a line: lower envelope of parabolas. */
const transformLine = (f: Float64Array, count: number, out: Float64Array, v: Int32Array, z: Float64Array): void => {
  let k = 0
  v[0] = 0
  z[0] = -FAR
  z[1] = FAR
  const crossing = (q: number, p: number): number => ((f[q] ?? 0) + q * q - ((f[p] ?? 0) + p * p)) / (2 * q - 2 * p)
  for (let q = 1; q < count; q++) {
    let s = crossing(q, v[k] ?? 0)
    while (k > 0 && s <= (z[k] ?? 0)) {
      k--
      s = crossing(q, v[k] ?? 0)
    }
    k++
    v[k] = q
    z[k] = s
    z[k + 1] = FAR
  }
  k = 0
  for (let q = 0; q < count; q++) {
    while ((z[k + 1] ?? FAR) < q) k++
    const p = v[k] ?? 0
    out[q] = (q - p) ** 2 + (f[p] ?? 0)
  }
}

/**
 * Exact squared Euclidean distance of every pixel to the nearest pixel whose mask value is `target` (Felzenszwalb and
 * Huttenlocher, 2012). Very large if there is none.
 */
export const squaredDistance = ({ width, height, data }: Mask, target: 0 | 1): Plane => {
  const plane = createPlane(width, height)
  const longest = Math.max(width, height)
  const f = new Float64Array(longest)
  const out = new Float64Array(longest)
  const v = new Int32Array(longest)
  const z = new Float64Array(longest + 1)
  for (let x = 0; x < width; x++) {
    for (let y = 0; y < height; y++) f[y] = data[y * width + x] === target ? 0 : FAR
    transformLine(f, height, out, v, z)
    for (let y = 0; y < height; y++) plane.data[y * width + x] = out[y] ?? 0
  }
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) f[x] = plane.data[y * width + x] ?? 0
    transformLine(f, width, out, v, z)
    for (let x = 0; x < width; x++) plane.data[y * width + x] = out[x] ?? 0
  }
  return plane
}

/** Dilates the mask by a disc. */
export const dilate = (mask: Mask, radius: number): Mask => {
  const distance = squaredDistance(mask, 1)
  return mapMask(mask.width, mask.height, (i) => (distance.data[i] ?? FAR) <= radius ** 2)
}

/** Erodes the mask by a disc, but not from the frame. */
export const erode = (mask: Mask, radius: number): Mask => {
  const distance = squaredDistance(mask, 0)
  return mapMask(mask.width, mask.height, (i) => (distance.data[i] ?? 0) > radius ** 2)
}

/** Closes gaps that are too narrow for a disc. */
export const close = (mask: Mask, radius: number): Mask => erode(dilate(mask, radius), radius)
