import { sql } from 'drizzle-orm'
import { analyses, photoTallies } from '../../drizzle/schema.ts'
import type { Transaction } from '../database/database.ts'
import { judged } from '../reviews/truth.ts'
import type { Period } from './period.ts'
import type { StatisticsFilters } from './schemas.ts'
import { FIRST_PLACE, placeOf } from './selection.ts'
import { percentilesOf, type Step, stepsOf } from './steps.ts'
import { askedTallies, photosOfRest, piecesOf, spanTable } from './tallied.ts'

/** Borders of the bins of time, in milliseconds: the guide's goal (2 s) and alarm (3 s) are among them. */
const LATENCY_BORDERS = [500, 1000, 2000, 3000, 5000, 8000, 12_000, 20_000, 30_000]
const CONFIDENCE_BINS = 10

/** What the analyzer did, of all photos, whoever judged them. */
export interface Measures {
  photos: number
  human_confirmed: number
  waiting_for_review: number
  mean_confidence: number | null
  mean_latency_ms: number | null
  median_latency_ms: number | null
  p95_latency_ms: number | null
  cost_usd: number | null
  cost_per_photo_usd: number | null
}

interface Bin {
  from: number
  to: number | null
  count: number
}

export interface Measured {
  current: Measures
  previous: Measures
  /** By the number of the bucket, from 0. */
  buckets: Map<number, { photos: number; cost_usd: number | null }>
  confidence: Bin[]
  latency: Bin[]
}

/** Sums over photos of a bucket, or of the period before. */
interface Sums {
  place: number
  photos: number
  confirmed: number
  waiting: number
  rated: number
  /** Of the confidences, in ten thousandths. */
  confidence: number
  latency: number
  priced: number
  /** In millionths of a dollar. */
  cost: number
}

const rounded = (value: number | null | undefined, decimals: number): number | null =>
  value === null || value === undefined ? null : Number(value.toFixed(decimals))

const SUMMED = ['photos', 'confirmed', 'waiting', 'rated', 'confidence', 'latency', 'priced', 'cost'] as const

/** All of them together. Whole numbers, which stay exact. */
function total(all: readonly Sums[]): Omit<Sums, 'place'> {
  const sum = (name: (typeof SUMMED)[number]) => all.reduce((so, row) => so + row[name], 0)
  return Object.fromEntries(SUMMED.map((name) => [name, sum(name)])) as Omit<Sums, 'place'>
}

const dollars = ({ priced, cost }: Pick<Sums, 'priced' | 'cost'>): number | null => (priced === 0 ? null : cost / 1e6)

function measuresOf(all: readonly Sums[], percentiles: readonly number[]): Measures {
  const { photos, confirmed, waiting, rated, confidence, latency, priced, cost } = total(all)
  return {
    photos,
    human_confirmed: confirmed,
    waiting_for_review: waiting,
    mean_confidence: rounded(rated === 0 ? null : confidence / (1e4 * rated), 4),
    mean_latency_ms: rounded(photos === 0 ? null : latency / photos, 0),
    median_latency_ms: percentiles[0] ?? null,
    p95_latency_ms: percentiles[1] ?? null,
    cost_usd: rounded(dollars({ priced, cost }), 6),
    cost_per_photo_usd: priced === 0 ? null : rounded(cost / 1e6 / priced, 6),
  }
}

async function sumsOf(tx: Transaction, filters: StatisticsFilters, period: Period): Promise<Sums[]> {
  const { confidence, latencyMs, costUsd, finalVerdict } = analyses
  const tally = photoTallies
  const pieces = piecesOf(period, filters)
  const { rows } = await tx.execute<Sums & Record<string, unknown>>(sql`
    select place, sum(photos)::float8 as photos, sum(confirmed)::float8 as confirmed, sum(waiting)::float8 as waiting,
      sum(rated)::float8 as rated, sum(confidence)::float8 as confidence, sum(latency)::float8 as latency,
      sum(priced)::float8 as priced, sum(cost)::float8 as cost
    from (
      select place, ${tally.photos}, ${tally.judged} as confirmed, ${tally.waiting}, ${tally.rated}, ${tally.confidenceSum} as confidence,
        ${tally.latencySum} as latency, ${tally.priced}, ${tally.costSum} as cost
      from ${spanTable(pieces)} join ${tally} on (${tally.days}, ${tally.start}) = (span.days, span.start)
      where ${askedTallies(filters)}
      union all
      select ${placeOf(period)}, count(*), count(*) filter (where ${judged}), count(*) filter (where ${finalVerdict} = 'review'),
        count(${confidence}), coalesce(sum(${confidence} * 10000), 0), sum(${latencyMs}), count(${costUsd}),
        coalesce(sum(${costUsd} * 1000000), 0)
      from ${photosOfRest(filters, period, pieces)} group by 1
    ) as part
    group by place having sum(photos) > 0`)
  return rows
}

/** Confidence, time, cost and the state of review. */
export async function measure(tx: Transaction, filters: StatisticsFilters, period: Period): Promise<Measured> {
  const sums = await sumsOf(tx, filters, period)
  const steps = await stepsOf(tx, filters, period)
  const isCurrent = ({ place }: Sums) => place >= FIRST_PLACE
  const percentiles = async (current: boolean) =>
    percentilesOf(tx, filters, period, { current, steps: steps.filter((row) => row.current === current) })
  const of = (measure: Step['measure']) => steps.filter((row) => row.current && row.measure === measure)
  const photosBetween = (all: readonly Step[], from: number, to: number) =>
    all.filter(({ bin }) => bin >= from && bin < to).reduce((sum, { photos }) => sum + photos, 0)
  return {
    current: measuresOf(sums.filter(isCurrent), await percentiles(true)),
    previous: measuresOf(
      sums.filter((row) => !isCurrent(row)),
      await percentiles(false),
    ),
    buckets: new Map(
      sums
        .filter(isCurrent)
        .map((row) => [row.place - FIRST_PLACE, { photos: row.photos, cost_usd: rounded(dollars(row), 6) }]),
    ),
    confidence: Array.from({ length: CONFIDENCE_BINS }, (_, bin) => ({
      from: bin / CONFIDENCE_BINS,
      to: (bin + 1) / CONFIDENCE_BINS,
      count: photosBetween(of('confidence'), bin, bin + 1),
    })),
    latency: [0, ...LATENCY_BORDERS].map((from, bin) => ({
      from,
      to: LATENCY_BORDERS[bin] ?? null,
      count: photosBetween(of('latency'), from, LATENCY_BORDERS[bin] ?? Number.POSITIVE_INFINITY),
    })),
  }
}
