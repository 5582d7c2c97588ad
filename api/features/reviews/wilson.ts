import type { IntervalBody } from './quality-schemas.ts'

/** Four decimals; null of nothing. */
export const ratio = (part: number, whole: number): number | null =>
  whole === 0 ? null : Number((part / whole).toFixed(4))

/** Of the normal distribution, for 95 %. */
const Z = 1.959964

/** Wilson's score interval of a share; null of none. */
export function interval(part: number, whole: number): IntervalBody {
  if (whole === 0) return null
  const share = part / whole
  const scale = 1 + Z ** 2 / whole
  const middle = (share + Z ** 2 / (2 * whole)) / scale
  const half = (Z / scale) * Math.sqrt((share * (1 - share)) / whole + Z ** 2 / (4 * whole ** 2))
  const rounded = (value: number) => Number(Math.min(1, Math.max(0, value)).toFixed(4))
  return { low: rounded(middle - half), high: rounded(middle + half) }
}
