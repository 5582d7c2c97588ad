import { eq, type SQL, sql } from 'drizzle-orm'
import { analyses, measureTallies } from '../../../drizzle/schema.ts'
import type { Transaction } from '../../database/database.ts'
import type { Period } from './period.ts'
import type { StatisticsFilters } from './schemas.ts'
import { asked, FIRST_BUCKET, placeOf } from './selection.ts'
import { photosOfRest, piecesOf, spanTable, unspanned } from './tallied.ts'

/** How many photos have a confidence in that tenth, or took as long as that step of times. */
export interface Step {
  current: boolean
  measure: 'confidence' | 'latency'
  /** Tenths from 0; milliseconds from which on the step goes. */
  bin: number
  photos: number
}

/** The filters that the tallies of steps know. */
const isTallied = ({ facility, period, from, to, basis, truth, bucket, baseline, ...others }: StatisticsFilters) =>
  Object.values(others).every((value) => value === undefined)

/** The photos of the period, and of that before, by confidence and by time; the steps in rising order. */
export async function stepsOf(tx: Transaction, filters: StatisticsFilters, period: Period): Promise<Step[]> {
  const { confidence, latencyMs } = analyses
  const tally = measureTallies
  const pieces = isTallied(filters) ? piecesOf(period, filters) : unspanned(period)
  const { rows } = await tx.execute<Step & Record<string, unknown>>(sql`
    with photo as (
      select ${placeOf(period)} >= ${FIRST_BUCKET} as current, ${confidence} as confidence, ${latencyMs} as latency
      from ${photosOfRest(filters, period, pieces)}
    )
    select current, measure, bin, sum(photos)::int as photos
    from (
      select place >= ${FIRST_BUCKET} as current, ${tally.measure}, ${tally.bin}, ${tally.photos}
      from ${spanTable(pieces)} join ${tally} on (${tally.days}, ${tally.start}) = (span.days, span.start)
      where ${filters.facility ? eq(tally.facility, filters.facility) : sql`true`}
      union all
      select current, 'confidence', least(floor(confidence * 10), 9)::int, count(*) from photo where confidence is not null group by 1, 3
      union all
      select current, 'latency', latency_step(latency), count(*) from photo group by 1, 3
    ) as part
    group by 1, 2, 3 having sum(photos) > 0 order by 3`)
  return rows
}

const SHARES = [0.5, 0.95] as const

/**
 * Exact percentiles (the first value that the share does not exceed): the steps tell between which times each lies and how many photos are
 * below, so that only the few of that step are read.
 */
export async function percentilesOf(
  tx: Transaction,
  filters: StatisticsFilters,
  period: Period,
  { current, steps }: { current: boolean; steps: readonly Step[] },
): Promise<number[]> {
  const latencies = steps.filter(({ measure }) => measure === 'latency')
  const all = latencies.reduce((sum, { photos }) => sum + photos, 0)
  if (all === 0) return []
  const { from, to } = current ? period : period.previous
  const found = SHARES.map((share): SQL => {
    let rank = Math.max(1, Math.ceil(share * all))
    const step = latencies.find(({ photos }) => {
      if (rank <= photos) return true
      rank -= photos
      return false
    })
    return sql`(select ${analyses.latencyMs} from ${analyses}
      where ${analyses.latencyMs} >= ${step?.bin} and ${analyses.timestamp} >= ${from.toISOString()} and ${analyses.timestamp} < ${to.toISOString()} and ${asked(filters, period)}
      order by ${analyses.latencyMs} offset ${rank - 1} limit 1)`
  })
  const { rows } = await tx.execute<{ found: number[] }>(sql`select array[${sql.join(found, sql`, `)}] as found`)
  return rows[0]?.found ?? []
}
