/**
 * Run rules of a control chart: patterns that chance seldom makes.
 *
 * Source: L. S. Nelson, "The Shewhart Control Chart: Tests for Special Causes", Journal of Quality Technology 16 (1984), tests 1 to 4.
 * Subgroups of different sizes are compared by z, their distance from the centre line in standard errors (Montgomery, Introduction to
 * Statistical Quality Control, chapter 7.3, the standardised control chart).
 */
import { SIGMAS } from './p-chart.ts'

/** How many points in a row make each rule. */
const LENGTHS = { 1: 1, 2: 9, 3: 6, 4: 14 } as const
export type RunRule = keyof typeof LENGTHS
export const RUN_RULES: readonly RunRule[] = [1, 2, 3, 4]

/** Points in a row that follow a rule, by their places in the series; a run may be longer than the rule asks for. */
export interface Signal {
  rule: RunRule
  first: number
  last: number
  /** Where the points lie (rules 1 and 2) or go (rule 3); null of rule 4. */
  direction: 'up' | 'down' | null
}

const directionOf = (sign: number) => (sign > 0 ? 'up' : 'down')

/** How many points up to each place follow the rule in a row. */
function lengthsOf(rule: RunRule, zs: readonly number[]): number[] {
  const sides = zs.map((z) => (rule === 1 && Math.abs(z) <= SIGMAS ? 0 : Math.sign(z)))
  const steps = zs.map((z, place) => Math.sign(z - (zs[place - 1] ?? z)))
  const lengths: number[] = []
  zs.forEach((_, place) => {
    const before = lengths[place - 1] ?? 0
    const side = sides[place] ?? 0
    const step = steps[place] ?? 0
    const stepBefore = steps[place - 1] ?? 0
    const length = {
      1: side === 0 ? 0 : 1,
      2: side === 0 ? 0 : side === sides[place - 1] ? before + 1 : 1,
      3: step === 0 ? 1 : step === stepBefore ? before + 1 : 2,
      4: step === 0 ? 1 : step === -stepBefore ? before + 1 : 2,
    }[rule]
    lengths.push(length)
  })
  return lengths
}

/** All signals of a series of z values, in order of time. Points that are not judged are left out beforehand. */
export function signalsOf(zs: readonly number[]): Signal[] {
  const found = RUN_RULES.flatMap((rule) => {
    const lengths = lengthsOf(rule, zs)
    return lengths.flatMap((length, last): Signal[] => {
      const goesOn = rule !== 1 && (lengths[last + 1] ?? 0) > length
      if (length < LENGTHS[rule] || goesOn) return []
      const end = zs[last] ?? 0
      const way = rule === 3 ? end - (zs[last - 1] ?? 0) : end
      return [{ rule, first: last - length + 1, last, direction: rule === 4 ? null : directionOf(way) }]
    })
  })
  return found.toSorted((a, b) => a.last - b.last || a.rule - b.rule)
}

/** The rules that a point completes or goes on with. */
export const rulesAt = (signals: readonly Signal[], place: number): RunRule[] =>
  signals.filter(({ rule, first, last }) => place >= first + LENGTHS[rule] - 1 && place <= last).map(({ rule }) => rule)
