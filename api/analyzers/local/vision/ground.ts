import type { Raster } from './plane.ts'
import { median, robustSpread } from './statistics.ts'

type Terms = readonly [number, number, number, number, number, number]

/** Terms of the background's brightness at x, y in -1..1: a quadratic models the falloff of a lamp well. */
const terms = (x: number, y: number): Terms => [1, x, y, x * x, x * y, y * y]
/**
 * Rounds of least squares. Before each, samples beyond OUTLIER robust deviations are dropped (at first, from their
 * median).
 */
const ROUNDS = 4
const OUTLIER = 3

const dot = (a: Terms, b: Terms): number =>
  a[0] * b[0] + a[1] * b[1] + a[2] * b[2] + a[3] * b[3] + a[4] * b[4] + a[5] * b[5]

/** Solves A c = b by Gauss-Jordan elimination with pivoting; a direction without data gets 0. */
const solve = (a: readonly (readonly number[])[], b: readonly number[]): number[] => {
  const rows = a.map((row, i) => [...row, b[i] ?? 0])
  const size = b.length
  for (let pivot = 0; pivot < size; pivot++) {
    let best = pivot
    for (let i = pivot; i < size; i++) {
      if (Math.abs(rows[i]?.[pivot] ?? 0) > Math.abs(rows[best]?.[pivot] ?? 0)) best = i
    }
    const chosen = rows[best] ?? []
    const head = chosen[pivot] ?? 0
    if (Math.abs(head) < 1e-9) continue
    const scaled = chosen.map((value) => value / head)
    rows[best] = rows[pivot] ?? []
    rows[pivot] = scaled
    rows.forEach((row, i) => {
      const factor = row[pivot] ?? 0
      if (i !== pivot && factor !== 0) rows[i] = row.map((value, k) => value - factor * (scaled[k] ?? 0))
    })
  }
  return rows.map((row) => row[size] ?? 0)
}

/** The background's colour without the part: for red, green and blue the factors of 1, x, y, x^2, xy, y^2. */
export type Ground = readonly [Terms, Terms, Terms]

/**
 * Fits the background to the given pixels, such as those along the frame. A part among them is dropped as an outlier.
 */
export const fitGround = ({ width, height, rgb }: Raster, samples: readonly number[]): Ground => {
  const places = samples.map((i) => terms((2 * (i % width)) / width - 1, (2 * Math.floor(i / width)) / height - 1))
  const fitChannel = (channel: number): Terms => {
    const values = samples.map((i) => rgb[3 * i + channel] ?? 0)
    let coefficients: Terms = [median(values), 0, 0, 0, 0, 0]
    for (let round = 0; round < ROUNDS; round++) {
      const residuals = places.map((t, n) => (values[n] ?? 0) - dot(t, coefficients))
      const { middle, deviation } = robustSpread(residuals)
      const kept = residuals.map((residual) => Math.abs(residual - middle) <= OUTLIER * Math.max(1, deviation))
      const a = Array.from({ length: 6 }, () => [0, 0, 0, 0, 0, 0])
      const b = [0, 0, 0, 0, 0, 0]
      places.forEach((t, n) => {
        if (!kept[n]) return
        for (let i = 0; i < 6; i++) {
          const row = a[i] ?? []
          for (let k = 0; k < 6; k++) row[k] = (row[k] ?? 0) + (t[i] ?? 0) * (t[k] ?? 0)
          b[i] = (b[i] ?? 0) + (t[i] ?? 0) * (values[n] ?? 0)
        }
      })
      const [c0 = 0, cx = 0, cy = 0, cxx = 0, cxy = 0, cyy = 0] = solve(a, b)
      coefficients = [c0, cx, cy, cxx, cxy, cyy]
    }
    return coefficients
  }
  return [fitChannel(0), fitChannel(1), fitChannel(2)]
}

/** The factors along a row, y in -1..1: brightness is [0] + [1] x + [2] x^2. */
export const groundRow = (channel: Terms, y: number): [number, number, number] => [
  channel[0] + channel[2] * y + channel[5] * y * y,
  channel[1] + channel[4] * y,
  channel[3],
]
