import { TARGET_DEFECT_RATE_PERCENT } from '../vocabulary/vocabulary.ts'
import type { CountRow } from './counts.ts'
import type { Measured } from './measures.ts'
import { MIN_EXPECTED, pBar, plot } from './p-chart.ts'
import { dayIn, type Period } from './period.ts'
import { asPercent, type Counts, NONE, perUnits } from './rates.ts'
import { rulesAt, signalsOf } from './run-rules.ts'
import type { FrozenBaselineBody, StatisticsBody } from './schemas.ts'
import type { UnitRow } from './units.ts'

interface Slot extends Counts {
  bucket: number
  shift: string | null
}

/** The points of the trend in order: all buckets, or with bucket shift the shifts that each day has. */
function slotsOf(rows: readonly CountRow[], units: readonly UnitRow[] | null, { bucket, starts }: Period): Slot[] {
  if (bucket === 'shift') {
    return rows.toSorted((a, b) => a.bucket - b.bucket || (a.shift ?? '').localeCompare(b.shift ?? ''))
  }
  return starts.map((_, number) => {
    const inside = rows.filter((row) => row.bucket === number)
    const found = inside.reduce(
      (sum, row) => ({
        inspected: sum.inspected + row.inspected,
        defects: sum.defects + row.defects,
        passed: sum.passed + row.passed,
      }),
      NONE,
    )
    const entered = (units ?? []).filter((row) => row.bucket === number).reduce((sum, row) => sum + row.units, 0)
    return { bucket: number, shift: null, ...(units ? perUnits(found, entered) : found) }
  })
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
}

/** The p chart of the range, and what each point cost. */
export function trendOf({ rows, units, measured, period, centreLine }: TrendParts): StatisticsBody['trend'] {
  const slots = slotsOf(
    rows.filter((row) => row.current && row.dimension === 'bucket'),
    units,
    period,
  )
  const { starts, to, timeZone, bucket } = period
  const { asked, frozen } = centreLine
  const baseline = asked === 'frozen' && !frozen ? 'range' : asked
  const centre = pBar([(baseline === 'frozen' ? frozen : centreLine[baseline]) ?? NONE])
  const points = slots.map((slot) => ({ slot, ...plot(slot, centre) }))
  const judged = points.filter(({ z }) => z !== null)
  const signals = signalsOf(judged.map(({ z }) => z ?? 0))
  const placeOf = (number: number) => points.indexOf(judged[number])
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
      // Cost is not told by shift.
      const { photos, cost_usd } = (bucket !== 'shift' && measured.get(slot.bucket)) || { photos: 0, cost_usd: null }
      return {
        start: start.toISOString(),
        end: end.toISOString(),
        day: dayIn(start, timeZone),
        last_day: dayIn(new Date(end.getTime() - 1), timeZone),
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
