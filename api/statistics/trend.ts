import { TARGET_DEFECT_RATE_PERCENT } from '../vocabulary/vocabulary.ts'
import type { CountRow } from './counts.ts'
import type { Measured } from './measures.ts'
import { MIN_EXPECTED, plot } from './p-chart.ts'
import type { Period } from './period.ts'
import { asPercent, type Counts, NONE, perUnits } from './rates.ts'
import type { StatisticsBody } from './schemas.ts'
import type { UnitRow } from './units.ts'

interface Slot extends Counts {
  bucket: number
  shift: string | null
}

/** The points of the trend in order: all buckets, but of bucket shift the hours between shifts and other shifts where there is nothing. */
function slotsOf(
  rows: readonly CountRow[],
  units: readonly UnitRow[] | null,
  { bucket, starts, schedules, timeZoneOf }: Period,
  asked: string | undefined,
): Slot[] {
  const schedule = schedules.of(timeZoneOf)
  const all = starts.map((start, number) => {
    const found = rows.find((row) => row.bucket === number) ?? NONE
    const entered = (units ?? []).filter((row) => row.bucket === number).reduce((sum, row) => sum + row.units, 0)
    const shift = bucket === 'shift' ? (schedule.shiftAt(start)?.name ?? null) : null
    return { bucket: number, shift, ...(units ? perUnits(found, entered) : found) }
  })
  if (bucket !== 'shift') return all
  return all.filter(({ shift, inspected }) => inspected > 0 || (shift !== null && (!asked || shift === asked)))
}

interface TrendParts {
  rows: readonly CountRow[]
  /** Of basis unit, else null. */
  units: readonly UnitRow[] | null
  measured: Measured['buckets']
  period: Period
  /** p-bar */
  centre: number | null
  baseline: 'range' | 'previous'
  /** Of the filters. */
  shift: string | undefined
}

/** The p chart of the range, and what each point cost. */
export function trendOf({
  rows,
  units,
  measured,
  period,
  centre,
  baseline,
  shift,
}: TrendParts): StatisticsBody['trend'] {
  const slots = slotsOf(
    rows.filter((row) => row.current && row.dimension === 'bucket'),
    units,
    period,
    shift,
  )
  const { starts, to, dayOf } = period
  return {
    centre_percent: asPercent(centre),
    target_percent: TARGET_DEFECT_RATE_PERCENT,
    baseline,
    small_samples: slots.filter(({ inspected }) => inspected > 0 && inspected * (centre ?? 0) < MIN_EXPECTED).length,
    points: slots.map((slot) => {
      const start = starts[slot.bucket] ?? to
      const end = starts[slot.bucket + 1] ?? to
      const { rate, lower, upper, outside } = plot(slot, centre)
      const { photos, cost_usd } = measured.get(slot.bucket) ?? { photos: 0, cost_usd: null }
      return {
        start: start.toISOString(),
        end: end.toISOString(),
        day: dayOf(start),
        last_day: dayOf(new Date(end.getTime() - 1)),
        shift: slot.shift,
        inspected: slot.inspected,
        defects: slot.defects,
        defect_rate_percent: asPercent(rate),
        lower_percent: asPercent(lower),
        upper_percent: asPercent(upper),
        outside,
        photos,
        cost_usd,
      }
    }),
  }
}
