import type { BoundingBox } from './box.ts'
import type { PhotoFault } from './photo-limits.ts'
import type { AffectedArea, DefectType, Ishikawa, ProductionStage, Severity, UnjudgedReason } from './vocabulary.ts'

/** One defect that was found on the picture. */
export interface Finding {
  defect_type: DefectType
  severity: Severity
  /** 0..1, the analyzer's own estimate; not a calibrated probability. */
  confidence: number
  bounding_box: BoundingBox | null
  affected_area: AffectedArea
  description: string
}

/** What an analyzer says of one picture. Texts are in the language asked for. */
export interface AnalyzerResult {
  /** The worst first; empty for a good part. */
  findings: Finding[]
  /** Of the overall verdict, 0..1. */
  confidence: number
  description: string
  affected_area: AffectedArea
  probable_stage: ProductionStage | null
  root_cause: string
  five_why_chain: string[]
  contributing_factors: string[]
  ishikawa_analysis: Ishikawa | null
  corrective_actions: string[]
  preventive_actions: string[]
  /** True where the answer broke a rule (box outside the picture, reversed corners ...) and was mended: a person must look. */
  repaired: boolean
  /** Why the part on the picture could not be judged; then the verdict is never OK. */
  unjudged?: UnjudgedReason | undefined
  /** What was measured of an unusable photo. */
  photo_faults?: PhotoFault[]
  model_version: string
  /** Null for an analyzer that has no prompt. */
  prompt_version: string | null
  /** What the model was run with (deployment, effort, image detail ...), stored with the result. */
  model_settings: Record<string, string | number>
  tokens: { input: number; output: number; reasoning: number }
  /** US dollars by the configured price; null where no price is known. */
  cost_usd: number | null
  /** Milliseconds spent waiting for the model, all calls and retries; 0 for the local analyzer. */
  model_latency_ms: number
}

/** Of an answer that finds nothing to explain. */
export const NO_EXPLANATION = {
  probable_stage: null,
  root_cause: '',
  five_why_chain: [],
  contributing_factors: [],
  ishikawa_analysis: null,
  corrective_actions: [],
  preventive_actions: [],
}
