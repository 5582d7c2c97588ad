import type { BoundingBox } from './box.ts'
import type { PhotoFault } from './photo-limits.ts'
import type { AffectedArea, DefectType, Ishikawa, ProductionStage, Severity, UnjudgedReason } from './vocabulary.ts'

/** One defect found in the picture. */
export interface Finding {
  defect_type: DefectType
  severity: Severity
  /** From 0 to 1. The analyzer's own estimate, not a calibrated probability. */
  confidence: number
  bounding_box: BoundingBox | null
  affected_area: AffectedArea
  description: string
}

/** Result of analysing one picture. Texts are in the requested language. */
export interface AnalyzerResult {
  /** Worst first; empty for a good part. */
  findings: Finding[]
  /** Confidence in the overall verdict, from 0 to 1. */
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
  /** True if an invalid answer (box outside the picture, swapped corners ...) was repaired. A person must review it. */
  repaired: boolean
  /** Why the part could not be judged. The verdict is never OK if this is set. */
  unjudged?: UnjudgedReason | undefined
  /** Measured faults of an unusable photo. */
  photo_faults?: PhotoFault[]
  model_version: string
  /** Null if the analyzer has no prompt. */
  prompt_version: string | null
  /** Settings of the model call (deployment, effort, image detail ...), stored with the result. */
  model_settings: Record<string, string | number>
  tokens: { input: number; output: number; reasoning: number }
  /** US dollars at the configured price; null if no price is known. */
  cost_usd: number | null
  /** Milliseconds spent waiting for the model, including retries; 0 for the local analyzer. */
  model_latency_ms: number
}

/** Explanation fields of a result without findings. */
export const NO_EXPLANATION = {
  probable_stage: null,
  root_cause: '',
  five_why_chain: [],
  contributing_factors: [],
  ishikawa_analysis: null,
  corrective_actions: [],
  preventive_actions: [],
}
