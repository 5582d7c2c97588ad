import { sql } from 'drizzle-orm'
import type { Transaction } from '../database/database.ts'
import { badField } from '../http/problem.ts'
import { FACILITIES, type Facility } from '../vocabulary/vocabulary.ts'
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
  /** When each bucket begins; the first at `from`. With bucket shift, the days. */
  starts: Date[]
  timeZone: string
  timeZoneOf: Facility
}

type Asked = Pick<StatisticsFilters, 'facility' | 'period' | 'from' | 'to' | 'basis' | 'bucket'>

/** On whose clocks a day begins: of the facility that is asked for, or of where the parts are made. */
export const clockOf = (facility: Facility | undefined) =>
  FACILITIES.find(({ code, role }) => (facility ? code === facility : role === 'production')) ?? FACILITIES[0]

/** The date on the clocks of a zone, as 2026-11-23. */
export const dayIn = (at: Date, timeZone: string): string =>
  // Swedish writes dates as ISO 8601 does.
  new Intl.DateTimeFormat('sv-SE', { timeZone }).format(at)

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

/** The range that is asked for, its buckets and the period before. Throws a 400 that names the field. */
export async function periodOf(tx: Transaction, asked: Asked, now: Date): Promise<Period> {
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
  const later = (rows[0]?.starts ?? []).map((start) => new Date(start)).filter((start) => start > first && start < to)
  const shift = Math.ceil(days) * DAY_MS
  return {
    from: first,
    to,
    previous: { from: new Date(first.getTime() - shift), to: new Date(to.getTime() - shift) },
    bucket,
    starts: [first, ...later],
    timeZone,
    timeZoneOf: code,
  }
}
