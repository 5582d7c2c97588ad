import { sql } from 'drizzle-orm'
import { analyses } from '../../../drizzle/schema.ts'
import type { Transaction } from '../../database/database.ts'
import type { Period } from './period.ts'
import type { StatisticsFilters } from './schemas.ts'
import { FIRST_BUCKET, FIRST_PLACE, placeOf, selectedRetakes } from './selection.ts'
import { percentilesOf, type Step, stepsOf } from './steps.ts'
import type { TalliedRow } from './tallied.ts'

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

const rounded = (value: number | null | undefined, decimals: number): number | null =>
  value === null || value === undefined ? null : Number(value.toFixed(decimals))

type Cost = Pick<TalliedRow, 'priced' | 'cost'>

const dollars = ({ priced, cost }: Cost): number | null => (priced === 0 ? null : cost / 1e6)

function measuresOf(row: TalliedRow | undefined, percentiles: readonly number[], retakes = 0): Measures {
  const { photos = 0, rated = 0, priced = 0 } = row ?? {}
  return {
    photos,
    human_confirmed: row?.judged ?? 0,
    waiting_for_review: row?.waiting ?? 0,
    photos_to_retake: retakes,
    mean_confidence: rounded(row && rated > 0 ? row.confidence / (1e4 * rated) : null, 4),
    mean_latency_ms: rounded(row && row.latency / photos, 0),
    median_latency_ms: percentiles[0] ?? null,
    p95_latency_ms: percentiles[1] ?? null,
    cost_usd: rounded(row && dollars(row), 6),
    cost_per_photo_usd: rounded(row && priced > 0 ? row.cost / 1e6 / priced : null, 6),
  }
}

/** Confidence, time, cost and the state of review. */
export async function measure(
  tx: Transaction,
  filters: StatisticsFilters,
  period: Period,
  tallied: readonly TalliedRow[],
): Promise<Measured> {
  const steps = await stepsOf(tx, filters, period)
  const { rows: retakes } = await tx.execute<{ current: boolean; photos: number }>(sql`
    select ${placeOf(period)} >= ${FIRST_BUCKET} as current, count(*)::int as photos
    from ${analyses} where ${selectedRetakes(filters, period)} group by 1`)
  const whole = async (current: boolean) =>
    measuresOf(
      tallied.find((row) => row.dimension === 'period' && row.current === current),
      await percentilesOf(tx, filters, period, { current, steps: steps.filter((row) => row.current === current) }),
      retakes.find((row) => row.current === current)?.photos,
    )
  const of = (measure: Step['measure']) => steps.filter((row) => row.current && row.measure === measure)
  const photosBetween = (all: readonly Step[], from: number, to: number) =>
    all.filter(({ bin }) => bin >= from && bin < to).reduce((sum, { photos }) => sum + photos, 0)
  return {
    current: await whole(true),
    previous: await whole(false),
    buckets: new Map(
      tallied
        .filter(({ dimension, current }) => dimension === 'bucket' && current)
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
