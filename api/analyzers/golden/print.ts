import { boxMean, gauss, maxFilter, minFilter, type Plane, planeOf, resize } from './plane.ts'

/*
 * Sharp prints, stamped and cut parts: good ones agree in brightness but for what alignment leaves at their outlines. What counts is what
 * no golden has within two pixels, and what all goldens have that is missing within two pixels.
 */

/** Long side at which brightness is compared, pixels; the sizes below are pixels of it. */
const EDGE = 1130
const BLUR = 1.5
const REACH = 2
const WINDOW = 5
const BORDER = 8
/** Grey levels: goldens that differ by more are no sharp prints, and less is no defect. */
export const MOST_BETWEEN_GOLDENS = 15
export const LEAST_THRESHOLD = 30

/** The photo's brightness in the reference's light. */
export function brightness(photo: Plane, reference?: Plane): Plane {
  const share = Math.min(1, EDGE / Math.max(photo.width, photo.height))
  const small = resize(photo, Math.round(photo.width * share), Math.round(photo.height * share))
  const plane = gauss(small, BLUR)
  if (!reference) return plane
  let fit = { gain: 1, offset: 0 }
  for (let round = 0; round < 4; round++) fit = line(plane.data, reference.data, fit, round > 0)
  for (let i = 0; i < plane.data.length; i++) plane.data[i] = fit.gain * (plane.data[i] ?? 0) + fit.offset
  return plane
}

/** Least squares on every 7th pixel; after the first round what differs much weighs little. */
function line(
  photo: Float32Array,
  reference: Float32Array,
  { gain, offset }: { gain: number; offset: number },
  isWeighted: boolean,
): { gain: number; offset: number } {
  const limit = 10
  let [n, sumP, sumR, pp, pr] = [0, 0, 0, 0, 0]
  for (let i = 0; i < photo.length; i += 7) {
    const [p, r] = [photo[i] ?? 0, reference[i] ?? 0]
    const weight = isWeighted ? 1 / Math.max(1, Math.abs(r - gain * p - offset) / limit) : 1
    n += weight
    sumP += weight * p
    sumR += weight * r
    pp += weight * p * p
    pr += weight * p * r
  }
  const slope = Math.min(2, Math.max(0.5, (n * pr - sumP * sumR) / (n * pp - sumP * sumP + 1e-6)))
  return { gain: slope, offset: (sumR - slope * sumP) / n }
}

/** Grey levels beyond what the goldens have, `low` to `high`; nothing along the frame. */
export function beyond(photo: Plane, low: Float32Array, high: Float32Array): Plane {
  const { width, height, data } = photo
  const lowest = minFilter(planeOf(width, height, low), REACH).data
  const highest = maxFilter(planeOf(width, height, high), REACH).data
  const darkest = minFilter(photo, REACH).data
  const lightest = maxFilter(photo, REACH).data
  const out = planeOf(width, height)
  for (let y = BORDER; y < height - BORDER; y++) {
    for (let i = y * width + BORDER; i < (y + 1) * width - BORDER; i++) {
      const value = data[i] ?? 0
      const added = Math.max((lowest[i] ?? 0) - value, value - (highest[i] ?? 0))
      const missing = Math.max((low[i] ?? 0) - (lightest[i] ?? 0), (darkest[i] ?? 0) - (high[i] ?? 0))
      out.data[i] = Math.max(0, added, missing)
    }
  }
  return boxMean(out, WINDOW)
}
