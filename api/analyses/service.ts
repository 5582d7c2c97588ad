import { randomBytes } from 'node:crypto'
import { and, desc, eq } from 'drizzle-orm'
import { analyses } from '../../drizzle/schema.ts'
import type { Analyzer, AnalyzerResult } from '../analyzer/analyzer.ts'
import type { Db } from '../database/database.ts'
import type { ImagePipeline, PreparedImage } from '../images/pipeline.ts'
import type { ImageSet, ImageStore } from '../images/store.ts'
import { makeThumbnail } from '../images/thumbnail.ts'
import { type DefectType, type Facility, type Language, type Severity, USUAL_CAUSES } from '../vocabulary/vocabulary.ts'
import { cleanJson } from './text.ts'

export type AnalysisRow = typeof analyses.$inferSelect

/** One photo and what the client said of it; texts are trimmed, codes are in the vocabulary's form. */
export interface Photo {
  bytes: Buffer
  fileName: string | null
  productSku: string
  facility: Facility
  language: Language
  productionData: Record<string, unknown> | null
  metadata: Partial<Record<'partId' | 'station' | 'lineId' | 'shift' | 'lot' | 'operator' | 'eventId', string>>
  /** True: do not answer from the store. */
  reanalyze: boolean
  /** Caller.id: duplicates are answered to the same caller only. */
  caller: string
}

export interface AnalysisServiceDeps {
  db: Db
  pipeline: ImagePipeline
  store: ImageStore
  analyzer: Analyzer
  /** Verdicts of less confidence go to a person. */
  reviewBelow: number
}

export type AnalysisService = ReturnType<typeof analysisService>

/** DEF-YYYYMMDD-XXXXXXXX: the UTC date and eight random hex digits. */
export const newDefectId = (now: Date): string =>
  `DEF-${now.toISOString().slice(0, 10).replaceAll('-', '')}-${randomBytes(4).toString('hex').toUpperCase()}`

/** The flat fields repeat the worst finding; a good part has the vocabulary's neutral values. */
function verdictColumns(result: AnalyzerResult, reviewBelow: number) {
  const worst = result.findings[0]
  const detected = worst !== undefined
  const unsure = result.repaired || result.confidence < reviewBelow
  const defectType: DefectType = worst?.defect_type ?? 'unknown'
  const severity: Severity = worst?.severity ?? 'cosmetic'
  return {
    defectDetected: detected,
    defectType,
    severity,
    verdict: unsure ? ('review' as const) : detected ? ('ng' as const) : ('ok' as const),
    confidence: result.confidence,
    description: result.description,
    affectedArea: worst?.affected_area ?? result.affected_area,
    boundingBox: worst?.bounding_box ?? null,
    defects: result.findings,
    probableStage: detected ? (result.probable_stage ?? USUAL_CAUSES[defectType]?.[0]?.stage ?? null) : null,
    rootCause: result.root_cause,
    fiveWhyChain: result.five_why_chain,
    contributingFactors: result.contributing_factors,
    ishikawaAnalysis: result.ishikawa_analysis,
    correctiveActions: result.corrective_actions,
    preventiveActions: result.preventive_actions,
  }
}

/** Turns photos into stored verdicts. */
export function analysisService({ db, pipeline, store, analyzer, reviewBelow }: AnalysisServiceDeps) {
  async function findDuplicate(photo: Photo, sha256: string): Promise<AnalysisRow | undefined> {
    const [row] = await db
      .select()
      .from(analyses)
      .where(
        and(
          eq(analyses.imageSha256, sha256),
          eq(analyses.productSku, photo.productSku),
          eq(analyses.facility, photo.facility),
          eq(analyses.language, photo.language),
          eq(analyses.caller, photo.caller),
          // What the local analyzer said is no answer once the model is there.
          eq(analyses.analyzer, analyzer.kind),
        ),
      )
      .orderBy(desc(analyses.timestamp))
      .limit(1)
    return row
  }

  async function insert(values: Omit<typeof analyses.$inferInsert, 'defectId'>): Promise<AnalysisRow> {
    for (let attempt = 0; attempt < 5; attempt++) {
      const [row] = await db
        .insert(analyses)
        .values({ ...cleanJson(values), defectId: newDefectId(values.timestamp) })
        .onConflictDoNothing({ target: analyses.defectId })
        .returning()
      if (row) return row
    }
    throw new Error('five defect ids in a row were taken')
  }

  async function keep(photo: Photo, image: PreparedImage & ImageSet, result: AnalyzerResult, startedAt: number) {
    const timestamp = new Date()
    // The picture first: a row is never without its image. A crash in between leaves a picture for the sweep.
    const imageS3Key = await store.put(image, timestamp)
    const { metadata } = photo
    return insert({
      timestamp,
      facility: photo.facility,
      productSku: photo.productSku,
      language: photo.language,
      productionData: photo.productionData,
      ...metadata,
      fileName: photo.fileName,
      caller: photo.caller,
      ...verdictColumns(result, reviewBelow),
      imageS3Key,
      imageSha256: image.sha256,
      imageWidth: image.upright.width,
      imageHeight: image.upright.height,
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
    })
  }

  return {
    /**
     * Prepares, analyses and stores one photo; answers the stored result for the same bytes, unless asked not to.
     * Throws ImageError or AnalyzerError, and then nothing is stored.
     */
    async analyze(photo: Photo, signal: AbortSignal): Promise<{ row: AnalysisRow; duplicate: boolean }> {
      const startedAt = performance.now()
      const image = await pipeline.prepare(photo.bytes, signal)
      const known = photo.reanalyze ? undefined : await findDuplicate(photo, image.sha256)
      if (known) return { row: known, duplicate: true }
      const [result, thumbnail] = await Promise.all([
        analyzer.analyze({
          image: image.upright,
          productSku: photo.productSku,
          facility: photo.facility,
          ...(photo.productionData ? { productionData: photo.productionData } : {}),
          language: photo.language,
          signal,
        }),
        makeThumbnail(image.upright),
      ])
      return { row: await keep(photo, { ...image, thumbnail }, result, startedAt), duplicate: false }
    },
  }
}
