import { and, eq, type SQL, sql } from 'drizzle-orm'
import { analyses, photoTallies } from '../../../drizzle/schema.ts'
import type { Transaction } from '../../database/database.ts'
import { effectiveSku } from '../analyses/queries.ts'
import { columnsOf, judged } from '../reviews/verdict-source.ts'
import type { Period, Range } from './period.ts'
import type { StatisticsFilters } from './schemas.ts'
import { asked, FIRST_BUCKET, FIRST_PLACE, placeOf } from './selection.ts'

const DAY_MS = 86_400_000
const WEEK = 7
/** The tallies' days are those of UTC+8, as all facilities' are. */
const CLOCK_MS = 8 * 3_600_000
/** 1 January 1970 was a Thursday. */
const FIRST_MONDAY = 4
/** With more pieces than that it is faster to read all photos once. */
const MOST_PIECES = 16

/** A day or a week of the tallies that lies in one bucket. */
interface Span {
  days: 1 | typeof WEEK
  /** The first day. */
  start: string
  /** As placeOf() counts. */
  place: number
}

/** How a period is put together: of whole weeks and days, which are counted, and of pieces, whose photos are read. */
export interface Pieces {
  spans: readonly Span[]
  rest: readonly Range[]
}

const dateOf = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10)

const startOf = (day: number): Date => new Date(day * DAY_MS - CLOCK_MS)
const dayFrom = (at: Date): number => Math.ceil((at.getTime() + CLOCK_MS) / DAY_MS)

/** The first day of the tallies that begins then or later. */
export const firstWholeDay = (at: Date): { day: string; startsAt: Date } => ({
  day: dateOf(dayFrom(at)),
  startsAt: startOf(dayFrom(at)),
})

function* spansBetween(first: number, end: number, place: number): Generator<Span> {
  for (let day = first; day < end; ) {
    const days = (day - FIRST_MONDAY) % WEEK === 0 && day + WEEK <= end ? WEEK : 1
    yield { days, start: dateOf(day), place }
    day += days
  }
}

/** The parts of the period that are told apart, each with its place. */
function* placesOf({ previous, starts, to }: Period): Generator<Range & { place: number }> {
  yield { ...previous, place: 1 }
  for (const [bucket, from] of starts.entries())
    yield { from, to: starts[bucket + 1] ?? to, place: FIRST_PLACE + bucket }
}

/** All to be read. */
export const unspanned = ({ previous, from, to }: Period): Pieces => ({ spans: [], rest: [previous, { from, to }] })

/** The fewest spans that make up the period. Filters by shift need the photos themselves: a day has several. */
export function piecesOf(period: Period, { shift }: Pick<StatisticsFilters, 'shift'>): Pieces {
  if (shift !== undefined) return unspanned(period)
  const spans: Span[] = []
  const rest: Range[] = []
  for (const { from, to, place } of placesOf(period)) {
    const first = dayFrom(from)
    const end = Math.floor((to.getTime() + CLOCK_MS) / DAY_MS)
    if (first >= end) {
      rest.push({ from, to })
      continue
    }
    spans.push(...spansBetween(first, end, place))
    if (startOf(first) > from) rest.push({ from, to: startOf(first) })
    if (startOf(end) < to) rest.push({ from: startOf(end), to })
  }
  return rest.length > MOST_PIECES ? unspanned(period) : { spans, rest }
}

/** The spans as a table. */
export const spanTable = ({ spans }: Pieces): SQL => sql`unnest(
  ${sql.param(spans.map(({ days }) => days))}::smallint[], ${sql.param(spans.map(({ start }) => start))}::date[],
  ${sql.param(spans.map(({ place }) => place))}::int[]
) as span (days, start, place)`

/** The cells of the tallies that the filters ask for. */
function askedTallies(filters: StatisticsFilters): SQL | undefined {
  const { facility, product_sku, line_id, station, analyzer, model_version } = filters
  const is = <T>(column: Parameters<typeof eq>[0], value: T | undefined) =>
    value === undefined ? undefined : eq(column, value)
  return and(
    sql`true`,
    is(photoTallies.facility, facility),
    is(photoTallies.productSku, product_sku?.trim().toUpperCase()),
    is(photoTallies.lineId, line_id),
    is(photoTallies.station, station),
    is(photoTallies.analyzer, analyzer),
    is(photoTallies.modelVersion, model_version),
  )
}

/** The photos of the pieces, as `from ... where ...`: each piece from the index. */
export const photosOfRest = (filters: StatisticsFilters, period: Period, { rest }: Pieces): SQL => sql`
  unnest(
    ${sql.param(rest.map(({ from }) => from.toISOString()))}::timestamptz[],
    ${sql.param(rest.map(({ to }) => to.toISOString()))}::timestamptz[]
  ) as piece (since, until) join ${analyses} on ${analyses.timestamp} >= since and ${analyses.timestamp} < until
  where ${asked(filters, period)}`

/** Sums over the photos of a bucket, of a product or of a line; of the last two for the period and the one before. */
export interface TalliedRow {
  dimension: 'period' | 'bucket' | 'sku' | 'line'
  current: boolean
  /** Of dimension bucket. */
  place: number
  value: string | null
  photos: number
  judged: number
  waiting: number
  finalPassed: number
  finalOpen: number
  aiPassed: number
  aiOpen: number
  humanPassed: number
  rated: number
  /** Of the confidences, in ten thousandths. */
  confidence: number
  latency: number
  priced: number
  /** In millionths of a dollar. */
  cost: number
}

/** Each sum: its name, its column of the tallies, and the same of photos. Whole numbers, which stay exact. */
const SUMS: [name: string, tally: SQL.Aliased | unknown, photos: SQL][] = [
  ['photos', photoTallies.photos, sql`count(*)`],
  ['judged', photoTallies.judged, sql`count(*) filter (where ${judged})`],
  ['waiting', photoTallies.waiting, sql`count(*) filter (where ${analyses.waiting})`],
  ['finalPassed', photoTallies.finalPassed, goodPhotos(analyses.finalDefect, sql`${analyses.finalVerdict} = 'ok'`)],
  ['finalOpen', photoTallies.finalOpen, goodPhotos(analyses.finalDefect, sql`${analyses.finalVerdict} <> 'ok'`)],
  ['aiPassed', photoTallies.aiPassed, goodPhotos(columnsOf('ai').defect, sql`${analyses.verdict} = 'ok'`)],
  ['aiOpen', photoTallies.aiOpen, goodPhotos(columnsOf('ai').defect, sql`${analyses.verdict} <> 'ok'`)],
  ['humanPassed', photoTallies.humanPassed, goodPhotos(analyses.finalDefect, judged)],
  ['rated', photoTallies.rated, sql`count(${analyses.confidence})`],
  ['confidence', photoTallies.confidenceSum, sql`coalesce(sum(${analyses.confidence} * 10000), 0)`],
  ['latency', photoTallies.latencySum, sql`sum(${analyses.latencyMs})`],
  ['priced', photoTallies.priced, sql`count(${analyses.costUsd})`],
  ['cost', photoTallies.costSum, sql`coalesce(sum(${analyses.costUsd} * 1000000), 0)`],
]

function goodPhotos(defect: unknown, where: SQL): SQL {
  return sql`count(*) filter (where not ${defect} and ${where})`
}

/** The sums of the period and of the one before, by all that charts tell apart. */
export async function tally(tx: Transaction, filters: StatisticsFilters, period: Period): Promise<TalliedRow[]> {
  const pieces = piecesOf(period, filters)
  const list = (of: (sum: (typeof SUMS)[number]) => SQL) => sql.join(SUMS.map(of), sql`, `)
  const { rows } = await tx.execute<TalliedRow & Record<string, unknown>>(sql`
    with part (place, current, sku, line, ${list(([name]) => sql.identifier(name) as unknown as SQL)}) as (
      select place, place >= ${FIRST_BUCKET}, ${photoTallies.productSku}, ${photoTallies.lineId}, ${list(([, column]) => sql`${column}`)}
      from ${spanTable(pieces)} join ${photoTallies} on (${photoTallies.days}, ${photoTallies.start}) = (span.days, span.start)
      where ${askedTallies(filters)}
      union all
      select ${placeOf(period)}, ${placeOf(period)} >= ${FIRST_BUCKET}, ${effectiveSku}, ${analyses.lineId}, ${list(([, , photos]) => photos)}
      from ${photosOfRest(filters, period, pieces)} group by 1, 2, 3, 4
    )
    select case when grouping(place) = 0 then 'bucket' when grouping(sku) = 0 then 'sku' when grouping(line) = 0 then 'line'
        else 'period' end as dimension,
      current, coalesce(place, ${FIRST_BUCKET}) as place, coalesce(sku, line) as value,
      ${list(([name]) => sql`sum(${sql.identifier(name)})::float8 as ${sql.identifier(name)}`)}
    from part group by grouping sets ((current), (current, place), (current, sku), (current, line)) having sum(photos) > 0`)
  return rows
}
