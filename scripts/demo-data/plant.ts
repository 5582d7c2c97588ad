import type { Facility } from '../../api/domain/vocabulary.ts'
import type { Random } from '../../fixtures/sample-parts/random.ts'
import { chance } from './random.ts'

const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000
/** Asia/Shanghai and Asia/Hong_Kong, all year. */
const UTC_OFFSET_MS = 8 * HOUR_MS
/** Inspected units per photographed part: every suspect is photographed, and a sample of the rest. About a million units a month. */
export const UNITS_PER_PART = 48

/** What one line makes of one product in one shift. Times are milliseconds since 1970. */
export interface Run {
  facility: Facility
  /** The facility's day on which the shift begins, YYYY-MM-DD. */
  day: string
  /** 0 is Sunday. */
  weekday: number
  daysAgo: number
  shift: 'day' | 'night'
  line: string
  sku: string
  from: number
  to: number
  /** Share of the plant's output, of any sum. */
  weight: number
}

/** Products with their weights on a weekday. */
const LINES: readonly { facility: Facility; line: string; products: Record<string, number> }[] = [
  { facility: 'yangjiang', line: 'line-1', products: { 'WK-KN-200': 18 } },
  { facility: 'yangjiang', line: 'line-2', products: { 'WK-KN-200': 13, 'WK-KN-150': 4 } },
  { facility: 'yangjiang', line: 'line-3', products: { 'WK-KN-150': 17 } },
  { facility: 'yangjiang', line: 'line-4', products: { 'WK-KN-100': 16 } },
  { facility: 'yangjiang', line: 'line-5', products: { 'WK-SC-200': 13 } },
  { facility: 'yangjiang', line: 'line-6', products: { 'WK-CI-200': 7, 'WK-CI-280': 5 } },
  { facility: 'shenzhen', line: 'lab', products: { 'WK-KN-200': 2.4, 'WK-SC-200': 1, 'WK-CI-280': 0.8 } },
  { facility: 'hongkong', line: 'showroom', products: { 'WK-KN-200': 0.9 } },
]

/** The plant works less at night and on Sunday; the offices are closed at night and at the weekend. */
function activity(facility: Facility, weekday: number, shift: Run['shift']): number {
  if (facility === 'yangjiang') return (weekday === 0 ? 0.3 : 1) * (shift === 'day' ? 1 : 0.8)
  return shift === 'night' || weekday === 0 || weekday === 6 ? 0 : 1
}

/** All runs of the last `days` days that began before `until`, in order of time. */
export function runsOf(random: Random, days: number, until: Date): Run[] {
  const midnight = Math.floor((until.getTime() + UTC_OFFSET_MS) / DAY_MS) * DAY_MS
  return Array.from({ length: days * 2 }, (_, index) => index).flatMap((index) => {
    const shift = index % 2 === 0 ? 'day' : 'night'
    const daysAgo = days - 1 - Math.floor(index / 2)
    const date = new Date(midnight - daysAgo * DAY_MS)
    const [day, weekday] = [date.toISOString().slice(0, 10), date.getUTCDay()]
    const from = date.getTime() - UTC_OFFSET_MS + (shift === 'day' ? 8 : 20) * HOUR_MS
    const to = Math.min(from + 12 * HOUR_MS, until.getTime())
    return LINES.flatMap(({ facility, line, products }): Run[] => {
      const share = (activity(facility, weekday, shift) * (to - from)) / (12 * HOUR_MS)
      if (share <= 0 || chance(random, 0.03)) return []
      const shared = { facility, day, weekday, daysAgo, shift, line, from, to } as const
      return Object.entries(products).map(([sku, weight]) => ({
        ...shared,
        sku,
        weight: weight * share * random.between(0.85, 1.15),
      }))
    })
  })
}

/** The quench chamber leaks for seven days in the middle of the time, which spoils knives and scissors. */
export function isBadWeek(
  { facility, daysAgo, sku }: Pick<Run, 'facility' | 'daysAgo' | 'sku'>,
  days: number,
): boolean {
  const first = Math.floor(days * 0.42)
  const during = daysAgo >= first && daysAgo < first + Math.min(7, days / 4)
  return during && facility === 'yangjiang' && !sku.startsWith('WK-CI')
}
