import type pg from 'pg'
import type { AnalysisRow } from '../../api/analyses/service.ts'
import type { Product } from '../../api/config.ts'
import type { ReviewRow } from '../../api/reviews/reviewed.ts'
import { analyses, dailyUsage, inspectedUnits, reviews } from '../../drizzle/schema.ts'
import { createRandom, type Random } from '../../fixtures/sample-parts/random.ts'
import { insertRows } from './bulk.ts'
import { reviewsOf } from './people.ts'
import { DEMO_CALLER, PHOTOS_PER_PART, photosOf } from './photos.ts'
import type { Album } from './pictures.ts'
import { type Run, runsOf, UNITS_PER_PART } from './plant.ts'

const AT_ONCE = 1000

export interface FillOptions {
  /** Photos. */
  count: number
  days: number
  /** The newest moment. */
  until: Date
  /** The same seed and moment, the same rows. */
  seed: number
  reviewBelow: number
  reviewSample: number
  products: readonly Product[]
}

export interface Filled {
  photos: number
  parts: number
  defects: number
  defectiveParts: number
  reviews: number
  units: number
  /** Keys of the pictures shown. */
  pictures: Set<string>
}

interface Batch {
  analyses: AnalysisRow[]
  reviews: ReviewRow[]
}

/** All photos in order of time, with what people said of them, in batches. Adds to `filled`. */
function* batchesOf(
  random: Random,
  runs: readonly Run[],
  album: Album,
  options: FillOptions,
  filled: Filled,
): Generator<Batch> {
  const perWeight = options.count / runs.reduce((sum, { weight }) => sum + weight, 0)
  const defective = new Set<string>()
  const parts = new Set<string>()
  let batch: Batch = { analyses: [], reviews: [] }
  let planned = 0
  for (const run of runs) {
    planned += run.weight * perWeight
    for (const photo of photosOf(run, Math.round(planned) - filled.photos, { random, album, ...options })) {
      batch.reviews.push(...reviewsOf(random, photo, options))
      batch.analyses.push(photo.row)
      filled.photos++
      filled.pictures.add(photo.row.imageS3Key)
      parts.add(photo.row.partId ?? '')
      if (photo.row.defectDetected) filled.defects++
      if (photo.truth) defective.add(photo.row.partId ?? '')
      if (batch.analyses.length === AT_ONCE) {
        yield batch
        batch = { analyses: [], reviews: [] }
      }
    }
  }
  filled.parts = parts.size
  filled.defectiveParts = defective.size
  yield batch
}

type UnitsRow = typeof inspectedUnits.$inferSelect

/** What the foreman enters at the end of a shift. */
const unitsOf = (runs: readonly Run[], { count, until }: FillOptions): UnitsRow[] => {
  const perWeight = (count / runs.reduce((sum, { weight }) => sum + weight, 0) / PHOTOS_PER_PART) * UNITS_PER_PART
  return runs.map((run) => ({
    facility: run.facility,
    day: run.day,
    shift: run.shift,
    lineId: run.line,
    productSku: run.sku,
    units: Math.round(run.weight * perWeight),
    person: '陈伟',
    caller: DEMO_CALLER,
    updatedAt: new Date(Math.min(run.to, until.getTime())),
  }))
}

type UsageRow = typeof dailyUsage.$inferSelect

function addUsage(usage: Map<string, UsageRow>, rows: readonly AnalysisRow[]): void {
  for (const { timestamp, inputTokens, outputTokens, costUsd } of rows) {
    const day = timestamp.toISOString().slice(0, 10)
    const used = usage.get(day) ?? { day, caller: DEMO_CALLER, analyses: 0, tokens: 0, costUsd: 0 }
    used.analyses++
    used.tokens += inputTokens + outputTokens
    used.costUsd += costUsd ?? 0
    usage.set(day, used)
  }
}

/** Adds to what the day has; the row "*" is that of all callers. */
const ADD_USAGE = `on conflict (day, caller) do update set analyses = daily_usage.analyses + excluded.analyses,
  tokens = daily_usage.tokens + excluded.tokens, cost_usd = daily_usage.cost_usd + excluded.cost_usd`

/** Writes all rows within the transaction of `client`; `progress` is told the photos so far. */
export async function fill(
  client: pg.ClientBase,
  album: Album,
  options: FillOptions,
  progress: (photos: number) => void,
): Promise<Filled> {
  const random = createRandom(options.seed)
  const runs = runsOf(random, options.days, options.until)
  const filled: Filled = {
    photos: 0,
    parts: 0,
    defects: 0,
    defectiveParts: 0,
    reviews: 0,
    units: 0,
    pictures: new Set(),
  }
  const usage = new Map<string, UsageRow>()
  for (const batch of batchesOf(random, runs, album, options, filled)) {
    await insertRows(client, analyses, batch.analyses)
    await insertRows(client, reviews, batch.reviews)
    filled.reviews += batch.reviews.length
    addUsage(usage, batch.analyses)
    progress(filled.photos)
  }
  const units = unitsOf(runs, options)
  filled.units = units.reduce((sum, row) => sum + row.units, 0)
  // What people have entered for the same shift stays.
  await insertRows(client, inspectedUnits, units, 'on conflict do nothing')
  const own = [...usage.values()].map((row) => ({ ...row, costUsd: Number(row.costUsd.toFixed(6)) }))
  await insertRows(client, dailyUsage, [...own, ...own.map((row) => ({ ...row, caller: '*' }))], ADD_USAGE)
  return filled
}
