/**
 * The p chart: a control chart of the fraction defective, in subgroups of different sizes.
 *
 * Source: NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.3.2 "Proportions control charts"; the same in D. C. Montgomery,
 * Introduction to Statistical Quality Control, chapter 7.2 (variable sample size). The limits rest on the normal approximation of
 * the binomial distribution, which is rough where a subgroup expects few defects; `MIN_EXPECTED` says from where on they are trusted.
 * Which subgroups are not judged at all: ASTM MNL7, Manual on Presentation of Data and Control Chart Analysis, on the chart for p. It
 * calls the chart unreliable where n is less than 25 or the expected number is less than 1.
 */

/** Standard errors between the centre line and a limit. */
export const SIGMAS = 3

/** Expected defects (n times p-bar) of a subgroup, from which on its limits are a fair approximation. */
export const MIN_EXPECTED = 5

/** A subgroup that is smaller, or expects fewer defects (or good ones), is shown and not judged. */
const LEAST_INSPECTED = 25
const LEAST_EXPECTED = 1

export interface Subgroup {
  inspected: number
  defects: number
}

export interface PlottedPoint {
  /** defects / inspected; null of nothing inspected. */
  rate: number | null
  /** Limits and z are null where the point is not judged. */
  lower: number | null
  upper: number | null
  /** Distance from the centre line in standard errors: what makes subgroups of different sizes comparable. */
  z: number | null
  /** On which side of its limits the point lies; null: between them, or there is none. */
  outside: 'above' | 'below' | null
}

/** p-bar: all defects over all inspected, so that large subgroups weigh more. Null of nothing inspected. */
export function pBar(subgroups: readonly Subgroup[]): number | null {
  const inspected = subgroups.reduce((sum, group) => sum + group.inspected, 0)
  const defects = subgroups.reduce((sum, group) => sum + group.defects, 0)
  return inspected === 0 ? null : defects / inspected
}

/** Whether limits say anything of a subgroup of this size. */
export const isJudged = (centre: number, inspected: number): boolean =>
  inspected >= LEAST_INSPECTED && inspected * Math.min(centre, 1 - centre) >= LEAST_EXPECTED

const standardError = (centre: number, inspected: number): number => Math.sqrt((centre * (1 - centre)) / inspected)

/** p-bar -+ 3 sqrt(p-bar (1 - p-bar) / n), clipped to what a fraction can be. */
export function limitsOf(centre: number, inspected: number): { lower: number; upper: number } {
  const spread = SIGMAS * standardError(centre, inspected)
  return { lower: Math.max(0, centre - spread), upper: Math.min(1, centre + spread) }
}

/** A point of the chart. `centre` is p-bar of the range itself or of a baseline; null: there is none, and so no limits. */
export function plot({ inspected, defects }: Subgroup, centre: number | null): PlottedPoint {
  const rate = inspected === 0 ? null : defects / inspected
  if (rate === null || centre === null || !isJudged(centre, inspected)) {
    return { rate, lower: null, upper: null, z: null, outside: null }
  }
  const { lower, upper } = limitsOf(centre, inspected)
  const z = (rate - centre) / standardError(centre, inspected)
  return { rate, lower, upper, z, outside: z > SIGMAS ? 'above' : z < -SIGMAS ? 'below' : null }
}
