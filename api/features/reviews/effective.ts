import type { analyses } from '../../../drizzle/schema.ts'
import type { VerdictSource } from '../../domain/chart-scope.ts'
import type { ReviewBody } from '../../domain/review.ts'
import { defectsOf, type StoredReview } from '../../domain/review.ts'
import type { DefectType, Severity } from '../../domain/vocabulary.ts'
import type { EffectiveBody } from './schemas.ts'

type Row = Pick<
  typeof analyses.$inferSelect,
  'verdict' | 'defectDetected' | 'defectType' | 'severity' | 'boundingBox' | 'productSku' | 'review' | 'voided'
>

/** What is said of a part: by the model, or by a person. */
export type Judgement = Pick<EffectiveBody, 'defect_detected' | 'defect_type' | 'severity'> &
  Pick<ReviewBody, 'bounding_box' | 'defects'>

const modelWord = (row: Row) => ({
  defect_detected: row.defectDetected,
  defect_type: (row.defectType ?? 'unknown') as DefectType,
  severity: (row.severity ?? 'cosmetic') as Severity,
})

/** The model's word, with all its findings. */
export function modelJudgement(row: Row & Pick<typeof analyses.$inferSelect, 'defects'>): Judgement {
  const defects = row.defects.map(({ defect_type, severity, bounding_box }) => ({
    defect_type,
    severity,
    bounding_box,
  }))
  return { ...modelWord(row), bounding_box: row.boundingBox, defects }
}

/** A person's word, where one has confirmed or corrected; else null. */
export function humanJudgement(review: StoredReview | null): Judgement | null {
  if (!review) return null
  const { defect_detected, defect_type, severity, bounding_box } = review
  if (defect_detected === null || defect_type === null || severity === null) return null
  return { defect_detected, defect_type, severity, bounding_box, defects: defectsOf(review) }
}

/** The same in code as verdict-source.ts has it in SQL: whether it counts as a defect, voided or not. */
export const countsAsDefect = (
  row: Pick<typeof analyses.$inferSelect, 'defectDetected' | 'finalDefect' | 'tolerated'>,
  truth: VerdictSource,
): boolean => (truth === 'ai' ? row.defectDetected && !row.tolerated : (row.finalDefect ?? false))

/** What counts of an analysis. */
export function effectiveOf(row: Row): EffectiveBody {
  const human = humanJudgement(row.review)
  const { defect_detected, defect_type, severity } = human ?? modelWord(row)
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
