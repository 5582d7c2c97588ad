import type { AnalyzerResult } from '../analyzer/analyzer.ts'
import { type DefectType, type Severity, USUAL_CAUSES } from '../vocabulary/vocabulary.ts'

/** The flat fields repeat the worst finding; a good part has the vocabulary's neutral values. */
export function verdictColumns(result: AnalyzerResult, reviewBelow: number) {
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
