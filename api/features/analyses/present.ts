import type { AnalysisRow } from '../../../drizzle/schema.ts'
import type { SignedUrls } from '../../auth/signed-urls.ts'
import { fullReview } from '../../domain/review.ts'
import type { AffectedArea, DefectType, Facility, ProductionStage, Severity } from '../../domain/vocabulary.ts'
import { effectiveOf } from '../reviews/effective.ts'
import type { AnalysisBody } from './schemas.ts'

/** A row as it goes over the wire. Codes were checked when the row was written. */
export function presentAnalysis(
  row: AnalysisRow,
  { signedUrls, origin, duplicate = false }: { signedUrls: SignedUrls; origin: string; duplicate?: boolean },
): AnalysisBody {
  return {
    defect_id: row.defectId,
    timestamp: row.timestamp.toISOString(),
    facility: row.facility as Facility,
    product_sku: row.productSku,
    defect_detected: row.defectDetected,
    defect_type: (row.defectType ?? 'unknown') as DefectType,
    severity: (row.severity ?? 'cosmetic') as Severity,
    confidence: row.confidence ?? 0,
    description: row.description ?? '',
    affected_area: (row.affectedArea ?? 'overall') as AffectedArea,
    bounding_box: row.boundingBox,
    probable_stage: row.probableStage as ProductionStage | null,
    root_cause: row.rootCause ?? '',
    five_why_chain: row.fiveWhyChain ?? [],
    contributing_factors: row.contributingFactors,
    ishikawa_analysis: row.ishikawaAnalysis,
    corrective_actions: row.correctiveActions ?? [],
    preventive_actions: row.preventiveActions,
    reasoning_tokens_used: row.reasoningTokens,
    model_version: row.modelVersion ?? '',
    defects: row.defects,
    verdict: row.verdict,
    review_reason: row.reviewReason,
    photo_faults: row.photoFaults ?? [],
    review: row.review && fullReview(row.review),
    effective: effectiveOf(row),
    tolerated: row.tolerated,
    random_check: row.randomCheck,
    explanation: row.explanation,
    image_url: signedUrls.url(origin, row.defectId, 'full'),
    thumbnail_url: signedUrls.url(origin, row.defectId, 'thumbnail'),
    image_width: row.imageWidth,
    image_height: row.imageHeight,
    language: row.language,
    duplicate,
    analyzer: row.analyzer,
    prompt_version: row.promptVersion,
    latency_ms: row.latencyMs,
    model_latency_ms: row.modelLatencyMs,
    input_tokens: row.inputTokens,
    output_tokens: row.outputTokens,
    cost_usd: row.costUsd,
    production_data: row.productionData,
    part_id: row.partId,
    station: row.station,
    line_id: row.lineId,
    shift: row.shift,
    lot: row.lot,
    operator: row.operator,
    event_id: row.eventId,
    file_name: row.fileName,
  }
}
