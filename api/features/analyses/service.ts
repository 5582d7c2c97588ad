import type { AnalysisRow } from '../../../drizzle/schema.ts'
import type { Analyzer } from '../../analyzers/analyzer.ts'
import type { Db, Transaction } from '../../database/database.ts'
import type { PhotoFields, UprightImage } from '../../domain/photo.ts'
import type { PhotoLimits } from '../../domain/photo-limits.ts'
import type { AnalyzerResult } from '../../domain/verdict.ts'
import type { DefectType } from '../../domain/vocabulary.ts'
import { type PhotoGate, retake } from '../../images/photo-gate/gate.ts'
import type { ImagePipeline, PreparedImage } from '../../images/pipeline.ts'
import type { ImageStore } from '../../images/store.ts'
import { fingerprintOf } from '../../platform/idempotency/fingerprint.ts'
import type { OneAtATime } from '../../platform/idempotency/one-at-a-time.ts'
import type { Budgets, Spend } from '../../platform/limits/budgets.ts'
import type { Metrics } from '../../platform/observability/metrics.ts'
import { inSpan } from '../../platform/observability/spans.ts'
import type { Outbox } from '../events/outbox.ts'
import { drawnForCheck } from '../reviews/random-check.ts'
import { findByRef, findDuplicate, insertAnalysis } from './rows.ts'
import { type VerdictRules, verdictColumns } from './verdict-columns.ts'

export interface Photo extends PhotoFields {
  bytes: Buffer
}

/** A picture that lies in the image store. */
export interface StoredPicture {
  key: string
  upright: UprightImage
  /** Of the original bytes, hex. */
  sha256: string
}

export interface Verdict {
  row: AnalysisRow
  /** True where the stored answer was given. */
  duplicate: boolean
}

export interface AnalysisServiceDeps {
  db: Db
  pipeline: ImagePipeline
  store: ImageStore
  analyzer: Analyzer
  /** Null: every photo is analysed. */
  gate: PhotoGate | null
  /** What a photo of the product, from the station, must measure. */
  photoLimits: (productSku: string, station: string | undefined) => Promise<PhotoLimits>
  metrics: Metrics
  outbox: Outbox
  budgets: Budgets
  oneAtATime: OneAtATime
  rulesOf: (productSku: string) => Promise<VerdictRules>
  /** Percent of photos that a person checks, whatever the verdict. */
  reviewSample: number
}

/** Names the claims of photos among those of requests. */
const CLAIM = 'photo'

interface KeepOptions {
  /** performance.now() */
  startedAt: number
  ingestId?: string | undefined
  requestRef?: string | undefined
  /** Written in the same transaction as the row. */
  alongside?: (tx: Transaction, row: AnalysisRow) => Promise<unknown>
}

export type AnalysisService = ReturnType<typeof analysisService>

/** What the dashboard says of one analysis. */
function measure(metrics: Metrics, row: AnalysisRow): void {
  const total = row.latencyMs ?? 0
  metrics.count('analyses')
  metrics.record('totalTime', total)
  metrics.record('ownTime', Math.max(0, total - (row.modelLatencyMs ?? 0)))
  if (row.confidence !== null) metrics.record('confidence', row.confidence)
  if (!row.defectDetected || row.tolerated || row.voided) return
  metrics.count('defects')
  metrics.countByType(row.defectType as DefectType)
}

/** Turns photos into stored verdicts. */
export function analysisService({
  db,
  pipeline,
  store,
  analyzer,
  gate,
  photoLimits,
  metrics,
  outbox,
  budgets,
  oneAtATime,
  rulesOf,
  reviewSample,
}: AnalysisServiceDeps) {
  let inFlight = 0
  let preparing = 0

  async function ask(
    photo: PhotoFields,
    image: UprightImage,
    signal: AbortSignal,
    spend: Spend,
    raster?: PreparedImage['raster'],
  ): Promise<AnalyzerResult> {
    const limits = gate && (await photoLimits(photo.productSku, photo.metadata.station))
    const faults = limits ? await gate.faults(image, limits, raster) : []
    if (faults.length > 0) return retake(faults, photo.language)
    const result = await analyzer.analyze({
      image,
      productSku: photo.productSku,
      facility: photo.facility,
      ...(photo.productionData ? { productionData: photo.productionData } : {}),
      language: photo.language,
      signal,
    })
    await spend(result.tokens.input + result.tokens.output, result.cost_usd)
    return result
  }

  /** Writes the row, and in the same transaction its event and what `alongside` adds. */
  async function keep(
    photo: PhotoFields,
    picture: StoredPicture,
    result: AnalyzerResult,
    { startedAt, ingestId, requestRef, alongside }: KeepOptions,
  ): Promise<AnalysisRow> {
    const values = {
      timestamp: new Date(),
      facility: photo.facility,
      productSku: photo.productSku,
      language: photo.language,
      productionData: photo.productionData,
      ...photo.metadata,
      fileName: photo.fileName,
      caller: photo.caller,
      voided: photo.testShot ?? false,
      randomCheck: drawnForCheck(reviewSample),
      ...verdictColumns(result, await rulesOf(photo.productSku)),
      imageS3Key: picture.key,
      imageSha256: picture.sha256,
      imageWidth: picture.upright.width,
      imageHeight: picture.upright.height,
      analyzer: analyzer.kind,
      modelVersion: result.model_version,
      promptVersion: result.prompt_version,
      modelSettings: result.model_settings,
      inputTokens: result.tokens.input,
      outputTokens: result.tokens.output,
      reasoningTokens: result.tokens.reasoning,
      costUsd: result.cost_usd,
      modelLatencyMs: Math.round(result.model_latency_ms),
      latencyMs: Math.round(performance.now() - startedAt),
      ingestId,
      requestRef,
    }
    const announced = !values.voided && outbox.announces(values)
    // A single statement needs no transaction of its own.
    if (!announced && !alongside) return insertAnalysis(db, values)
    return db.transaction(async (tx) => {
      const row = await insertAnalysis(tx, values)
      if (announced) await outbox.record(tx, row)
      await alongside?.(tx, row)
      return row
    })
  }

  /** Refuses before the decode what the analyzer would refuse after it. */
  async function prepare(bytes: Buffer, signal: AbortSignal): Promise<PreparedImage> {
    analyzer.admit(preparing)
    preparing++
    try {
      return await pipeline.prepare(bytes, signal)
    } finally {
      preparing--
    }
  }

  /** What `analyse` makes, within the budgets, and counted. */
  async function countedVerdict(photo: PhotoFields, analyse: (spend: Spend) => Promise<AnalysisRow>): Promise<Verdict> {
    const row = await budgets.within(photo.caller, analyse)
    measure(metrics, row)
    return { row, duplicate: false }
  }

  /** The stored answer for the same bytes, unless a new one is wanted; else a new one. Of requests at the same time one makes it. */
  async function recallOr(
    photo: PhotoFields,
    sha256: string,
    signal: AbortSignal,
    analyse: (spend: Spend) => Promise<AnalysisRow>,
  ): Promise<Verdict> {
    if (photo.reanalyze) return countedVerdict(photo, analyse)
    const { caller, productSku, facility, language } = photo
    const key = fingerprintOf({ sha256, productSku, facility, language, analyzer: analyzer.kind })
    return oneAtATime({ caller, route: CLAIM, key }, signal, async () => {
      const known = await findDuplicate(db, photo, sha256, analyzer.kind)
      return known ? { row: known, duplicate: true } : countedVerdict(photo, analyse)
    })
  }

  async function analyzeOrRecall(photo: Photo, signal: AbortSignal, requestRef?: string): Promise<Verdict> {
    const startedAt = performance.now()
    const made = requestRef === undefined ? undefined : await findByRef(db, requestRef)
    if (made) return { row: made, duplicate: false }
    const image = await prepare(photo.bytes, signal)
    return recallOr(photo, image.sha256, signal, async (spend) => {
      const [result, thumbnail] = await Promise.all([
        ask(photo, image.upright, signal, spend, image.raster),
        image.thumbnail(),
      ])
      // The picture first: a row is never without its image. A crash in between leaves a picture for the sweep.
      const key = await store.put({ ...image, thumbnail }, new Date())
      return keep(photo, { ...image, key }, result, { startedAt, requestRef })
    })
  }

  async function analyzeStored(
    photo: PhotoFields,
    picture: StoredPicture,
    signal: AbortSignal,
    options: Omit<KeepOptions, 'startedAt'>,
  ): Promise<Verdict> {
    const startedAt = performance.now()
    return recallOr(photo, picture.sha256, signal, async (spend) => {
      const result = await ask(photo, picture.upright, signal, spend)
      return keep(photo, picture, result, { ...options, startedAt })
    })
  }

  async function counted<T>(work: Promise<T>): Promise<T> {
    inFlight++
    try {
      return await work
    } finally {
      inFlight--
    }
  }

  return {
    /** Analyses that run or wait here now. */
    inFlight: (): number => inFlight,

    /** Throws AnalyzerError 'overloaded' where there is no room for one more. */
    admit: (): void => analyzer.admit(preparing),

    /**
     * Prepares, analyses and stores one photo; answers the stored result for the same bytes, unless asked not to, and for
     * a `requestRef` that has one already. Throws ImageError, AnalyzerError or a 429 problem (a daily
     * budget is spent), and then nothing is stored.
     */
    analyze: (photo: Photo, signal: AbortSignal, requestRef?: string): Promise<Verdict> =>
      counted(inSpan('analyze photo', {}, () => analyzeOrRecall(photo, signal, requestRef))),

    /** The same for a picture that is stored already. A duplicate writes nothing, so `alongside` does not run then. */
    analyzeStored: (
      photo: PhotoFields,
      picture: StoredPicture,
      signal: AbortSignal,
      options: Omit<KeepOptions, 'startedAt'>,
    ): Promise<Verdict> => counted(inSpan('analyze photo', {}, () => analyzeStored(photo, picture, signal, options))),
  }
}
