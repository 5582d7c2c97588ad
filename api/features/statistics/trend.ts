import { TARGET_DEFECT_RATE_PERCENT } from '../../domain/vocabulary.ts'
import type { CountRow } from './counts.ts'
import type { Measured } from './measures.ts'
import { MIN_EXPECTED, pBar, plot } from './p-chart.ts'
import type { Period } from './period.ts'
import { asPercent, type Counts, NONE, perUnits } from './rates.ts'
import { rulesAt, signalsOf } from './run-rules.ts'
import type { FrozenBaselineBody, StatisticsBody } from './schemas.ts'
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
  /** What the centre line can be of. */
  centreLine: {
    asked: StatisticsBody['trend']['baseline']
    range: Counts
    previous: Counts
    frozen: FrozenBaselineBody | null
  }
  /** Of the filters. */
  shift: string | undefined
}

/** The p chart of the range, and what each point cost. */
export function trendOf({ rows, units, measured, period, centreLine, shift }: TrendParts): StatisticsBody['trend'] {
  const slots = slotsOf(
    rows.filter((row) => row.current && row.dimension === 'bucket'),
    units,
    period,
    shift,
  )
  const { starts, to, dayOf } = period
  const { asked, frozen } = centreLine
  const baseline = asked === 'frozen' && !frozen ? 'range' : asked
  const centre = pBar([(baseline === 'frozen' ? frozen : centreLine[baseline]) ?? NONE])
  const points = slots.map((slot) => ({ slot, ...plot(slot, centre) }))
  const judged = points.filter(({ z }) => z !== null)
  const signals = signalsOf(judged.map(({ z }) => z ?? 0))
  const placeOf = (number: number) => {
    const point = judged[number]
    return point ? points.indexOf(point) : -1
  }
  return {
    centre_percent: asPercent(centre),
    target_percent: TARGET_DEFECT_RATE_PERCENT,
    baseline,
    frozen,
    small_samples: judged.filter(({ slot }) => slot.inspected * (centre ?? 0) < MIN_EXPECTED).length,
    not_judged: points.filter(({ slot, z }) => slot.inspected > 0 && z === null).length,
    signals: signals.map(({ rule, first, last, direction }) => ({
      rule,
      first: placeOf(first),
      last: placeOf(last),
      length: last - first + 1,
      direction,
    })),
    points: points.map((point) => {
      const { slot, rate, lower, upper, z, outside } = point
      const start = starts[slot.bucket] ?? to
      const end = starts[slot.bucket + 1] ?? to
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
        judged: z !== null,
        lower_percent: asPercent(lower),
        upper_percent: asPercent(upper),
        z: z === null ? null : Number(z.toFixed(4)),
        outside,
        rules: rulesAt(signals, judged.indexOf(point)),
        photos,
        cost_usd,
      }
    }),
  }
}
