import { sql } from 'drizzle-orm'
import type { Transaction } from '../../database/database.ts'
import type { Facility } from '../../domain/vocabulary.ts'
import { badField } from '../../platform/http/problem.ts'
import { dayIn, plusDays } from '../shifts/clock.ts'
import type { Schedule } from '../shifts/schedule.ts'
import { clockOf, type Schedules } from '../shifts/settings.ts'
import { type BUCKETS, PERIOD_DAYS, type StatisticsFilters } from './schemas.ts'

const DAY_MS = 86_400_000
const MAX_DAYS = 400
const MAX_FINE_DAYS = 14
/** Years of one digit are no dates of PostgreSQL. */
export const EARLIEST = new Date('2000-01-01T00:00:00Z')

export interface Range {
  from: Date
  to: Date
}

export interface Period extends Range {
  previous: Range
  bucket: (typeof BUCKETS)[number]
  /** When each bucket begins; the first at `from`. */
  starts: Date[]
  /** It goes on until now: what is running counts so far. */
  open: boolean
  /** The day of a time: of its shift, where the period is one of shifts. */
  dayOf(at: Date): string
  timeZone: string
  timeZoneOf: Facility
  schedules: Schedules
}

type Asked = Pick<StatisticsFilters, 'facility' | 'period' | 'from' | 'to' | 'basis' | 'bucket' | 'shift'>

function bucketOf({ bucket, basis }: Asked, days: number): Period['bucket'] {
  const chosen = bucket ?? (days <= 2 ? 'hour' : days <= 92 ? 'day' : 'week')
  const fine = chosen === 'hour' || chosen === 'shift'
  if (fine && basis === 'unit') return 'day'
  if (fine && days > MAX_FINE_DAYS) throw badField('bucket', `${chosen} goes with at most ${MAX_FINE_DAYS} days`)
  return chosen
}

function rangeOf({ period, from, to }: Asked, now: Date): { from: Date | null; to: Date; days: number } {
  if (!from) {
    if (to) throw badField('from', 'is missing: to goes with it')
    return { from: null, to: now, days: PERIOD_DAYS[period ?? '30d'] }
  }
  if (period) throw badField('period', 'goes without from: leave out one of them')
  const range = { from: new Date(from), to: to ? new Date(Math.min(Date.parse(to), now.getTime())) : now }
  if (range.from < EARLIEST) throw badField('from', `must not be before ${EARLIEST.toISOString().slice(0, 10)}`)
  if (range.from >= now) throw badField('from', 'must be in the past')
  const days = (range.to.getTime() - range.from.getTime()) / DAY_MS
  // Not a number where the clock reads 23:59:60.
  if (!(days > 0)) throw badField('to', 'must be later than from')
  if (days > MAX_DAYS) throw badField('to', `must be at most ${MAX_DAYS} days after from`)
  return { ...range, days }
}

/** A border at midnight is that of the days' shifts: the night of the last day is whole, and that of the day before the first is out. */
function ofShifts({ from, to }: Range, schedule: Schedule, now: Date): Range {
  const border = schedule.borderOf(from)
  const end = new Date(Math.min(schedule.borderOf(to).getTime(), now.getTime()))
  if (border < end) return { from: border, to: end }
  // Before the night has ended, today is the day on which it began.
  return { from: to >= now ? schedule.startOf(plusDays(dayIn(from, schedule.timeZone), -1)) : from, to: end }
}

/** The range that is asked for, its buckets and the period before. Throws a 400 that names the field. */
export async function periodOf(tx: Transaction, asked: Asked, schedules: Schedules, now: Date): Promise<Period> {
  const { code, timeZone } = clockOf(asked.facility)
  const { from, to, days } = rangeOf(asked, now)
  const bucket = bucketOf(asked, days)
  const step = bucket === 'shift' ? 'day' : bucket
  const local = sql`${to.toISOString()}::timestamptz at time zone ${timeZone}`
  const begin = from
    ? sql`${from.toISOString()}::timestamptz at time zone ${timeZone}`
    : sql`date_trunc('day', ${local}) - make_interval(days => ${days - 1})`
  // On the local clock, so that a bucket is right also where the clocks change.
  const millis = (clock: string) => sql.raw(`(extract(epoch from ${clock} at time zone zone) * 1000)::float8`)
  const { rows } = await tx.execute<{ first: number; starts: number[] }>(sql`
    select ${millis('begin')} as first, array(
      select ${millis('start')} from generate_series(date_trunc(${step}, begin), "end", ${`1 ${step}`}::interval) as start
    ) as starts
    from (select ${begin} as begin, ${local} as "end", ${timeZone}::text as zone) as asked`)
  const first = new Date(rows[0]?.first ?? Number.NaN)
  const later = (rows[0]?.starts ?? []).map((start) => new Date(start))
  const byShift = asked.basis === 'unit' || bucket === 'shift' || (asked.shift && schedules.knows(asked.shift))
  const schedule = schedules.of(code)
  const calendar = { from: first, to }
  const range = byShift ? ofShifts(calendar, schedule, now) : calendar
  const borders =
    bucket === 'shift'
      ? schedule
          .daysBetween(range.from, range.to)
          .flatMap((day) => schedule.shiftsOf(day).flatMap(({ from, to }) => [from, to]))
      : byShift
        ? later.map(schedule.borderOf)
        : later
  const inside = borders.filter(
    (at, index) => at > range.from && at < range.to && at > (borders[index - 1] ?? range.from),
  )
  const earlier = Math.ceil(days) * DAY_MS
  return {
    ...range,
    previous: { from: new Date(range.from.getTime() - earlier), to: new Date(range.to.getTime() - earlier) },
    bucket,
    starts: [range.from, ...inside],
    open: range.to >= now,
    dayOf: byShift ? schedule.dayOf : (at) => dayIn(at, timeZone),
    timeZone,
    timeZoneOf: code,
    schedules,
  }
}
