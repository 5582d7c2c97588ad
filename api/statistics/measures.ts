import { sql } from 'drizzle-orm'
import { analyses } from '../../drizzle/schema.ts'
import type { Transaction } from '../database/database.ts'
import { judged } from '../reviews/truth.ts'
import { toRetake, waiting } from '../reviews/waiting.ts'
import type { Period } from './period.ts'
import type { StatisticsFilters } from './schemas.ts'
import { chosen, FIRST_BUCKET, placeOf, selected } from './selection.ts'

/** Borders of the bins of time, in milliseconds: the guide's goal (2 s) and alarm (3 s) are among them. */
const LATENCY_BORDERS = [500, 1000, 2000, 3000, 5000, 8000, 12_000, 20_000, 30_000]
const CONFIDENCE_BINS = 10

/** What the analyzer did, of all photos, whoever judged them. */
export interface Measures {
  photos: number
  human_confirmed: number
  waiting_for_review: number
  photos_to_retake: number
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

interface Row {
  dimension: 'period' | 'bucket' | 'confidence' | 'latency'
  current: boolean
  /** Of the bucket or the bin. */
  number: number | null
  photos: number
  confirmed: number
  waiting: number
  confidence: number | null
  latency: number | null
  cost: number | null
  priced: number
}

const rounded = (value: number | null | undefined, decimals: number): number | null =>
  value === null || value === undefined ? null : Number(value.toFixed(decimals))

function measuresOf(row: Row | undefined, percentiles: readonly number[] | undefined, retake = 0): Measures {
  return {
    photos: row?.photos ?? 0,
    human_confirmed: row?.confirmed ?? 0,
    waiting_for_review: row?.waiting ?? 0,
    photos_to_retake: retake,
    mean_confidence: rounded(row?.confidence, 4),
    mean_latency_ms: rounded(row?.latency, 0),
    median_latency_ms: percentiles?.[0] ?? null,
    p95_latency_ms: percentiles?.[1] ?? null,
    cost_usd: rounded(row?.cost, 6),
    cost_per_photo_usd: row?.priced ? rounded((row.cost ?? 0) / row.priced, 6) : null,
  }
}

/** Confidence, time, cost and the state of review: exact percentiles need a pass of their own, and photos to retake are in none of it. */
export async function measure(tx: Transaction, filters: StatisticsFilters, period: Period): Promise<Measured> {
  const { confidence, latencyMs, costUsd } = analyses
  const { rows } = await tx.execute<Row & Record<string, unknown>>(sql`
    with cells (place, confidence, latency, photos, confirmed, waiting, rated, sure, took, priced, cost) as materialized (
      select ${placeOf(period)}, least(floor(${confidence} * ${CONFIDENCE_BINS}::int), ${CONFIDENCE_BINS - 1}::int)::int,
        width_bucket(${latencyMs}, ${`{${LATENCY_BORDERS.join(',')}}`}::int[]), count(*),
        count(*) filter (where ${judged}),
        count(*) filter (where ${waiting}),
        count(${confidence}), sum(${confidence}), sum(${latencyMs}), count(${costUsd}), sum(${costUsd})
      from ${analyses} where ${selected(filters, period)} group by 1, 2, 3
    ),
    known as (select *, place >= ${FIRST_BUCKET} as current from cells)
    select case when grouping(place) = 0 then 'bucket' when grouping(confidence) = 0 then 'confidence'
        when grouping(latency) = 0 then 'latency' else 'period' end as dimension,
      current, coalesce(place - ${FIRST_BUCKET}, confidence, latency) as number, sum(photos)::int as photos,
      sum(confirmed)::int as confirmed, sum(waiting)::int as waiting, (sum(sure) / nullif(sum(rated), 0))::float8 as confidence,
      (sum(took) / sum(photos))::float8 as latency, sum(cost)::float8 as cost, sum(priced)::int as priced
    from known group by grouping sets ((current), (current, place), (current, confidence), (current, latency))`)
  const percentiles = await tx.execute<{ current: boolean; found: number[] }>(sql`
    select current, percentile_disc(array[0.5, 0.95]) within group (order by latency) as found
    from (
      select ${placeOf(period)} >= ${FIRST_BUCKET} as current, ${latencyMs} as latency
      from ${analyses} where ${selected(filters, period)}
    ) as photos group by 1`)
  const retakes = await tx.execute<{ current: boolean; photos: number }>(sql`
    select ${placeOf(period)} >= ${FIRST_BUCKET} as current, count(*)::int as photos
    from ${analyses} where ${chosen(filters, period)} and ${toRetake} group by 1`)

  const of = (dimension: Row['dimension']) => rows.filter((row) => row.dimension === dimension && row.current)
  const whole = (current: boolean) =>
    measuresOf(
      rows.find((row) => row.dimension === 'period' && row.current === current),
      percentiles.rows.find((row) => row.current === current)?.found,
      retakes.rows.find((row) => row.current === current)?.photos,
    )
  const countOf = (dimension: Row['dimension'], number: number) =>
    of(dimension).find((row) => row.number === number)?.photos ?? 0
  return {
    current: whole(true),
    previous: whole(false),
    buckets: new Map(
      of('bucket').map(({ number, photos, cost }) => [number ?? 0, { photos, cost_usd: rounded(cost, 6) }]),
    ),
    confidence: Array.from({ length: CONFIDENCE_BINS }, (_, bin) => ({
      from: bin / CONFIDENCE_BINS,
      to: (bin + 1) / CONFIDENCE_BINS,
      count: countOf('confidence', bin),
    })),
    latency: [0, ...LATENCY_BORDERS].map((from, bin) => ({
      from,
      to: LATENCY_BORDERS[bin] ?? null,
      count: countOf('latency', bin),
    })),
  }
}
