import type { AnalyzerResult } from '../../domain/verdict.ts'
import { type DefectType, type ReviewReason, type Severity, USUAL_CAUSES } from '../../domain/vocabulary.ts'

/** Why a person must look; null: nobody need. */
function reasonOf(result: AnalyzerResult, reviewBelow: number): ReviewReason | null {
  if (result.unjudged) return result.unjudged
  if (result.repaired) return 'answer_repaired'
  return result.confidence < reviewBelow ? 'low_confidence' : null
}

/** By what an answer becomes a verdict on a product. */
export interface VerdictRules {
  /** Less confidence goes to a person. */
  reviewBelow: number
  cosmeticIsDefect: boolean
}

/** The flat fields repeat the worst finding; a good part has the vocabulary's neutral values. */
export function verdictColumns(result: AnalyzerResult, { reviewBelow, cosmeticIsDefect }: VerdictRules) {
  const worst = result.findings[0]
  const detected = worst !== undefined
  const reviewReason = reasonOf(result, reviewBelow)
  const defectType: DefectType = worst?.defect_type ?? 'unknown'
  const severity: Severity = worst?.severity ?? 'cosmetic'
  const tolerated = detected && severity === 'cosmetic' && !cosmeticIsDefect
  return {
    defectDetected: detected,
    defectType,
    severity,
    tolerated,
    verdict: reviewReason ? ('review' as const) : detected && !tolerated ? ('ng' as const) : ('ok' as const),
    reviewReason,
    photoFaults: result.photo_faults ?? null,
    // No estimate, where there is nothing to be estimated: it would be held against the analyzer.
    confidence: result.unjudged ? null : result.confidence,
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
