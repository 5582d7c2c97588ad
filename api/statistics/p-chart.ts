/**
 * The p chart: a control chart of the fraction defective, in subgroups of different sizes.
 *
 * Source: NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.3.2 "Proportions control charts"; the same in D. C. Montgomery,
 * Introduction to Statistical Quality Control, chapter 7.2 (variable sample size). The limits rest on the normal approximation of
 * the binomial distribution, which is rough where a subgroup expects few defects; `MIN_EXPECTED` says from where on they are trusted.
 */

/** Standard errors between the centre line and a limit. */
const SIGMAS = 3

/** Expected defects (n times p-bar) of a subgroup, from which on its limits are a fair approximation. */
export const MIN_EXPECTED = 5

export interface Subgroup {
  inspected: number
  defects: number
}

export interface PlottedPoint {
  /** defects / inspected; null of nothing inspected, as are the limits. */
  rate: number | null
  lower: number | null
  upper: number | null
  /** On which side of its limits the point lies; null: between them, or there is none. */
  outside: 'above' | 'below' | null
}

/** p-bar: all defects over all inspected, so that large subgroups weigh more. Null of nothing inspected. */
export function pBar(subgroups: readonly Subgroup[]): number | null {
  const inspected = subgroups.reduce((sum, group) => sum + group.inspected, 0)
  const defects = subgroups.reduce((sum, group) => sum + group.defects, 0)
  return inspected === 0 ? null : defects / inspected
}

/** p-bar -+ 3 sqrt(p-bar (1 - p-bar) / n), clipped to what a fraction can be. */
export function limitsOf(centre: number, inspected: number): { lower: number; upper: number } {
  // More defects than units were told of: there is no spread of a fraction above one.
  const spread = SIGMAS * Math.sqrt(Math.max(0, centre * (1 - centre)) / inspected)
  return { lower: Math.max(0, centre - spread), upper: Math.max(centre, Math.min(1, centre + spread)) }
}

/** A point of the chart. `centre` is p-bar of the range itself or of a baseline; null: there is none, and so no limits. */
export function plot({ inspected, defects }: Subgroup, centre: number | null): PlottedPoint {
  if (inspected === 0) return { rate: null, lower: null, upper: null, outside: null }
  const rate = defects / inspected
  if (centre === null) return { rate, lower: null, upper: null, outside: null }
  const limits = limitsOf(centre, inspected)
  return { rate, ...limits, outside: rate > limits.upper ? 'above' : rate < limits.lower ? 'below' : null }
}
