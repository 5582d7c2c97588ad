import { sql } from 'drizzle-orm'
import type { Db } from '../../database/database.ts'
import type { Schedules } from '../shifts/settings.ts'
import { frozenFor } from './baselines.ts'
import { breakdownsOf } from './breakdowns.ts'
import { type CountRow, countParts, countPhotos } from './counts.ts'
import { type Measures, measure } from './measures.ts'
import { periodOf, type Range } from './period.ts'
import { type Counts, NONE, percent, perUnits } from './rates.ts'
import type { FiguresBody, StatisticsBody, StatisticsFilters } from './schemas.ts'
import { tally } from './tallied.ts'
import { checkTarget } from './target.ts'
import { trendOf } from './trend.ts'
import { enteredSpans, sumUnits, totalOf } from './units.ts'

function figuresOf(range: Range, counts: Counts, rows: readonly CountRow[], measures: Measures): FiguresBody {
  const { inspected, defects, passed } = counts
  return {
    from: range.from.toISOString(),
    to: range.to.toISOString(),
    inspected,
    defects,
    defect_rate_percent: percent(defects, inspected),
    first_pass_yield_percent: percent(passed, inspected),
    critical: rows.find(({ dimension, value }) => dimension === 'severity' && value === 'critical')?.defects ?? 0,
    ...measures,
  }
}

/**
 * With PostgreSQL's own 4 MB parts are not counted in memory, but sorted on the disk first. The tallies are in memory, so a page of them costs
 * little; and machine code takes longer to make than these queries take.
 */
const SETTINGS = sql`select set_config('work_mem', '32MB', true), set_config('random_page_cost', '1.1', true), set_config('jit', 'off', true)`

/** All figures of the dashboard, of one state of the database. Throws a 400 where the range is not one. */
export function storedStatistics(
  db: Db,
  schedules: Schedules,
  filters: StatisticsFilters,
  now = new Date(),
): Promise<StatisticsBody> {
  const { basis = 'photo', truth = 'final', baseline = 'frozen' } = filters
  return db.transaction(
    async (tx) => {
      await tx.execute(SETTINGS)
      const period = await periodOf(tx, filters, schedules, now)
      // Numbers are entered by the days of the shifts, whatever is counted.
      const byUnits = basis === 'unit' ? period : await periodOf(tx, { ...filters, basis: 'unit' }, schedules, now)
      const entered = await enteredSpans(tx, filters, byUnits)
      const tallied = await tally(tx, filters, period)
      const rows =
        basis === 'photo'
          ? await countPhotos(tx, filters, period, tallied)
          : await countParts(tx, filters, period, entered)
      const measured = await measure(tx, filters, period, tallied)
      const units = await sumUnits(tx, filters, byUnits, entered, byUnits)
      const unitsBefore = await sumUnits(tx, filters, byUnits, entered, byUnits.previous)

      const denominators = basis === 'unit' ? units : null
      const current = rows.filter((row) => row.current)
      const before = rows.filter((row) => !row.current)
      const totals = (of: readonly CountRow[], entered: number): Counts => {
        const found = of.find(({ dimension }) => dimension === 'period') ?? NONE
        return denominators ? perUnits(found, entered) : found
      }
      const whole = totals(current, totalOf(units))
      const wholeBefore = totals(before, totalOf(unitsBefore))
      return {
        as_of: now.toISOString(),
        from: period.from.toISOString(),
        to: period.to.toISOString(),
        time_zone: period.timeZone,
        time_zone_of: period.timeZoneOf,
        bucket: period.bucket,
        basis,
        truth,
        figures: figuresOf(period, whole, current, measured.current),
        target: await checkTarget(tx, {
          filters,
          period: byUnits,
          entered,
          units: totalOf(units),
          rows: denominators ? rows : undefined,
        }),
        previous: figuresOf(period.previous, wholeBefore, before, measured.previous),
        trend: trendOf({
          rows,
          units: denominators,
          measured: measured.buckets,
          period,
          centreLine: { asked: baseline, range: whole, previous: wholeBefore, frozen: await frozenFor(tx, filters) },
          shift: filters.shift,
        }),
        ...breakdownsOf(rows, denominators),
        confidence: measured.confidence,
        latency_ms: measured.latency,
        units: {
          total: totalOf(units),
          missing_days: current
            .filter(({ dimension, uncovered }) => dimension === 'day' && uncovered > 0)
            .flatMap(({ value }) => value ?? [])
            .toSorted(),
        },
      }
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  )
}
