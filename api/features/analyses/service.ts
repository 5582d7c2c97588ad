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
import type { RequestLock } from '../../platform/idempotency/request-lock.ts'
import type { Budgets, Reservation } from '../../platform/limits/budgets.ts'
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
  lock: RequestLock
  rulesOf: (productSku: string) => Promise<VerdictRules>
  /** Percent of photos that a person checks, whatever the verdict. */
  reviewSample: number
}

/** Names the locks of photos among those of requests. */
const LOCK = 'photo'

/** A picture to be judged, and stored or to be stored once it is. */
interface Source extends Pick<StoredPicture, 'upright' | 'sha256'> {
  /** For the photo gate, where it was made already. */
  raster?: PreparedImage['raster'] | undefined
  /** Resolves to the key in the image store. */
  store(): Promise<string>
}

interface PersistOptions {
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
  lock,
  rulesOf,
  reviewSample,
}: AnalysisServiceDeps) {
  let inFlight = 0
  let preparing = 0

  /** Asks the photo gate, then the analyzer, and charges what the model took to the budgets. */
  async function judge(
    photo: PhotoFields,
    { upright, raster }: Source,
    signal: AbortSignal,
    reservation: Reservation,
  ): Promise<AnalyzerResult> {
    const limits = gate && (await photoLimits(photo.productSku, photo.metadata.station))
    const faults = limits ? await gate.faults(upright, limits, raster) : []
    if (faults.length > 0) return retake(faults, photo.language)
    const result = await analyzer.analyze({
      image: upright,
      productSku: photo.productSku,
      facility: photo.facility,
      ...(photo.productionData ? { productionData: photo.productionData } : {}),
      language: photo.language,
      signal,
    })
    await reservation.spend(result.tokens.input + result.tokens.output, result.cost_usd)
    return result
  }

  /** Writes the row, and in the same transaction its event and what `alongside` adds. */
  async function persist(
    photo: PhotoFields,
    picture: StoredPicture,
    result: AnalyzerResult,
    startedAt: number,
    { ingestId, requestRef, alongside }: PersistOptions,
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
    const announced = !values.voided && outbox.shouldNotify(values)
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

  /** Of equal requests at the same time one gets the lock at once; the others wait, and then find its answer. */
  function lockPhoto(photo: PhotoFields, sha256: string, signal: AbortSignal): Promise<AsyncDisposable> {
    const { caller, productSku, facility, language } = photo
    const key = fingerprintOf({ sha256, productSku, facility, language, analyzer: analyzer.kind })
    return lock({ caller, route: LOCK, key }, signal)
  }

  /** The way of every photo from a decoded picture to a stored row. */
  async function verdictOf(
    photo: PhotoFields,
    source: Source,
    signal: AbortSignal,
    startedAt: number,
    options: PersistOptions,
  ): Promise<Verdict> {
    await using _lock = photo.reanalyze ? null : await lockPhoto(photo, source.sha256, signal)
    const known = photo.reanalyze ? undefined : await findDuplicate(db, photo, source.sha256, analyzer.kind)
    if (known) return { row: known, duplicate: true }
    await using reservation = await budgets.reserve(photo.caller)
    const result = await judge(photo, source, signal, reservation)
    // The picture first: a row is never without its image. A crash in between leaves a picture for the sweep.
    const picture = { ...source, key: await source.store() }
    const row = await persist(photo, picture, result, startedAt, options)
    reservation.keep()
    measure(metrics, row)
    return { row, duplicate: false }
  }

  async function analyzeUpload(photo: Photo, signal: AbortSignal, requestRef?: string): Promise<Verdict> {
    const startedAt = performance.now()
    const made = requestRef === undefined ? undefined : await findByRef(db, requestRef)
    if (made) return { row: made, duplicate: false }
    const image = await prepare(photo.bytes, signal)
    const source: Source = {
      ...image,
      store: async () => store.put({ ...image, thumbnail: await image.thumbnail() }, new Date()),
    }
    return verdictOf(photo, source, signal, startedAt, { requestRef })
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
      counted(inSpan('analyze photo', {}, () => analyzeUpload(photo, signal, requestRef))),

    /** The same for a picture that is stored already. A duplicate writes nothing, so `alongside` does not run then. */
    analyzeStored: (
      photo: PhotoFields,
      picture: StoredPicture,
      signal: AbortSignal,
      options: PersistOptions,
    ): Promise<Verdict> =>
      counted(
        inSpan('analyze photo', {}, () =>
          verdictOf(photo, { ...picture, store: async () => picture.key }, signal, performance.now(), options),
        ),
      ),
  }
}
