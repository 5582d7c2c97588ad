import type { analyses } from '../../drizzle/schema.ts'
import type { DefectType, Severity } from '../vocabulary/vocabulary.ts'
import type { EffectiveBody, ReviewBody } from './schemas.ts'

type Row = Pick<
  typeof analyses.$inferSelect,
  'verdict' | 'defectDetected' | 'defectType' | 'severity' | 'boundingBox' | 'productSku' | 'review' | 'voided'
>

/** What is said of a part: by the model, or by a person. */
export type Judgement = Pick<EffectiveBody, 'defect_detected' | 'defect_type' | 'severity'> &
  Pick<ReviewBody, 'bounding_box'>

/** The model's word. */
export const modelJudgement = (row: Row): Judgement => ({
  defect_detected: row.defectDetected,
  defect_type: (row.defectType ?? 'unknown') as DefectType,
  severity: (row.severity ?? 'cosmetic') as Severity,
  bounding_box: row.boundingBox,
})

/** A person's word, where one has confirmed or corrected; else null. */
export function humanJudgement(review: ReviewBody | null): Judgement | null {
  if (!review) return null
  const { defect_detected, defect_type, severity, bounding_box } = review
  if (defect_detected === null || defect_type === null || severity === null) return null
  return { defect_detected, defect_type, severity, bounding_box }
}

/** What counts of an analysis. */
export function effectiveOf(row: Row): EffectiveBody {
  const human = humanJudgement(row.review)
  const { defect_detected, defect_type, severity } = human ?? modelJudgement(row)
  return {
    verdict: row.review?.verdict ?? row.verdict,
    defect_detected,
    defect_type,
    severity,
    product_sku: row.review?.product_sku ?? row.productSku,
    source: human ? 'human' : 'model',
    voided: row.voided,
  }
}
