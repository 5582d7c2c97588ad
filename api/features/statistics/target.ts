import type { Db, Transaction } from '../../database/database.ts'
import { TARGET_DEFECT_RATE_PERCENT } from '../../domain/vocabulary.ts'
import type { Schedules } from '../shifts/settings.ts'
import { type CountRow, countParts } from './counts.ts'
import { EARLIEST, type Period, periodOf, type Range } from './period.ts'
import { percent } from './rates.ts'
import type { StatisticsFilters, TargetCheckBody } from './schemas.ts'
import { cutsNumbers, enteredSpans, type Span, sumUnits, totalOf } from './units.ts'

const notJudged = (reason: TargetCheckBody['reason'], units = 0): TargetCheckBody => ({
  status: 'not_judged',
  reason,
  units,
  defects: 0,
  rate_percent: null,
  target_percent: TARGET_DEFECT_RATE_PERCENT,
})

interface Known {
  filters: StatisticsFilters
  /** Of basis unit. */
  period: Period
  entered: readonly Span[]
  /** Inspected units of the filters and of the days and shifts in the period. */
  units: number
  /** Counted by inspected units; left out: still to be counted. */
  rows?: readonly CountRow[] | undefined
}

/** The defect rate against the target, which is one of inspected units: photos, often of suspects only, are not compared with it. */
export async function checkTarget(tx: Transaction, known: Known): Promise<TargetCheckBody> {
  const { filters, period, entered, units } = known
  if (cutsNumbers(entered, period)) return notJudged('part_of_day', units)
  if (units === 0) return notJudged('no_units')
  const rows = known.rows ?? (await countParts(tx, { ...filters, basis: 'unit' }, period, entered))
  const found = rows.find(({ current, dimension }) => current && dimension === 'period')
  if (found && found.uncovered > 0) return notJudged('missing_units', units)
  const defects = found?.defects ?? 0
  const rate = percent(defects, units)
  return {
    ...notJudged(null, units),
    status: (rate ?? 0) <= TARGET_DEFECT_RATE_PERCENT ? 'met' : 'missed',
    defects,
    rate_percent: rate,
  }
}

/** The same of stored results on their own. */
export function storedTarget(
  db: Db,
  schedules: Schedules,
  { from, to, ...filters }: Omit<StatisticsFilters, 'from' | 'to'> & Range,
  now = new Date(),
): Promise<TargetCheckBody> {
  if (from < EARLIEST || from >= now) return Promise.resolve(notJudged('no_units'))
  return db.transaction(
    async (tx) => {
      const range = { from: from.toISOString(), to: to.toISOString() }
      const period = await periodOf(tx, { ...filters, ...range, basis: 'unit' }, schedules, now)
      const entered = await enteredSpans(tx, filters, period)
      const units = totalOf(await sumUnits(tx, filters, period, entered, period))
      return checkTarget(tx, { filters, period, entered, units })
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  )
}
