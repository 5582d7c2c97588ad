import type { Facility } from '../../api/vocabulary/vocabulary.ts'
import type { Random } from '../../fixtures/sample-parts/random.ts'
import { chance, whole } from './draw.ts'

const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000
/** Asia/Shanghai and Asia/Hong_Kong alike, all the year. */
const UTC_OFFSET_MS = 8 * HOUR_MS

/**
 * Inspected units for each part that a camera photographs: the lines photograph all suspects and a sample of the rest. At 100,000
 * photos of some 64,000 parts in 90 days that is the plant's million units a month.
 */
export const UNITS_PER_PART = 48

export type Shift = 'day' | 'night'

/** What one line makes of one product in one shift. */
export interface Run {
  facility: Facility
  /** YYYY-MM-DD in the facility's time zone: the day on which the shift begins. */
  day: string
  /** 0 is Sunday. */
  weekday: number
  /** Before the last day. */
  daysAgo: number
  shift: Shift
  line: string
  sku: string
  /** Milliseconds since 1970. */
  from: number
  to: number
  /** Share of the plant's output, of any sum. */
  weight: number
}

interface Line {
  facility: Facility
  line: string
  shifts: readonly Shift[]
  /** Weight on a weekday. */
  products: readonly (readonly [sku: string, weight: number])[]
}

const BOTH = ['day', 'night'] as const
const LINES: readonly Line[] = [
  { facility: 'yangjiang', line: 'line-1', shifts: BOTH, products: [['WK-KN-200', 18]] },
  {
    facility: 'yangjiang',
    line: 'line-2',
    shifts: BOTH,
    products: [
      ['WK-KN-200', 13],
      ['WK-KN-150', 4],
    ],
  },
  { facility: 'yangjiang', line: 'line-3', shifts: BOTH, products: [['WK-KN-150', 17]] },
  { facility: 'yangjiang', line: 'line-4', shifts: BOTH, products: [['WK-KN-100', 16]] },
  { facility: 'yangjiang', line: 'line-5', shifts: BOTH, products: [['WK-SC-200', 13]] },
  {
    facility: 'yangjiang',
    line: 'line-6',
    shifts: BOTH,
    products: [
      ['WK-CI-200', 7],
      ['WK-CI-280', 5],
    ],
  },
  {
    facility: 'shenzhen',
    line: 'lab',
    shifts: ['day'],
    products: [
      ['WK-KN-200', 2.4],
      ['WK-SC-200', 1],
      ['WK-CI-280', 0.8],
    ],
  },
  { facility: 'hongkong', line: 'showroom', shifts: ['day'], products: [['WK-KN-200', 0.9]] },
]

/** The production plants rest on Sunday but for two lines' worth of work; the offices rest on both days. */
const weekdayFactor = (facility: Facility, weekday: number): number => {
  if (facility !== 'yangjiang') return weekday === 0 || weekday === 6 ? 0 : 1
  return [0.3, 1.05, 1, 1, 1, 0.97, 0.85][weekday] ?? 1
}

/** All runs of the last `days` days of the plant's calendar that have begun before `until`, in order of time. */
export function runsOf(random: Random, days: number, until: Date): Run[] {
  const localMidnight = Math.floor((until.getTime() + UTC_OFFSET_MS) / DAY_MS) * DAY_MS
  const runs: Run[] = []
  for (let daysAgo = days - 1; daysAgo >= 0; daysAgo--) {
    const date = new Date(localMidnight - daysAgo * DAY_MS)
    for (const shift of BOTH) {
      const begins = date.getTime() - UTC_OFFSET_MS + (shift === 'day' ? 8 : 20) * HOUR_MS
      const ends = Math.min(begins + 12 * HOUR_MS, until.getTime())
      if (begins >= ends) continue
      for (const { facility, line, shifts, products } of LINES) {
        const factor = weekdayFactor(facility, date.getUTCDay()) * (shift === 'day' ? 1 : 0.8)
        if (factor === 0 || !shifts.includes(shift)) continue
        // A line stands now and then, for maintenance or want of orders.
        if (chance(random, 0.03)) continue
        for (const [sku, weight] of products) {
          runs.push({
            facility,
            day: date.toISOString().slice(0, 10),
            weekday: date.getUTCDay(),
            daysAgo,
            shift,
            line,
            sku,
            from: begins,
            to: ends,
            weight: weight * factor * random.between(0.85, 1.15) * ((ends - begins) / (12 * HOUR_MS)),
          })
        }
      }
    }
  }
  return runs
}

/** What the people of the line write on the part. */
export function metadataOf(random: Random, { day, shift, line, sku }: Run, part: number) {
  const short = day.slice(2).replaceAll('-', '')
  const number = line.replace('line-', '')
  const mark = `${number.slice(0, 3).toUpperCase()}${shift === 'day' ? 'D' : 'N'}`
  return {
    partId: `P${short}-${mark}-${sku.slice(3, 5)}${sku.slice(6)}-${String(part).padStart(4, '0')}`,
    station: `${line}-cam-${whole(random, 1, 3)}`,
    lineId: line,
    shift,
    lot: `${short}-${mark}`,
    operator: `W-${1000 + ((number.charCodeAt(0) * 7) % 40) * 10 + (shift === 'day' ? 0 : 5) + whole(random, 0, 3)}`,
  }
}
