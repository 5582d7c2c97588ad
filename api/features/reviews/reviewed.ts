import type { AnalysisRow, reviews } from '../../../drizzle/schema.ts'
import type { Product } from '../../config/config.ts'
import type { ReviewBody } from '../../domain/review.ts'
import { fullReview } from '../../domain/review.ts'
import { reviewAfter } from './current-review.ts'
import type { NewReviewBody } from './schemas.ts'

export type ReviewRow = typeof reviews.$inferSelect

/** Who reviews, when, and under which id. */
export type ReviewOrigin = Pick<ReviewRow, 'id' | 'person' | 'caller' | 'createdAt' | 'requestRef'>

/** A row of reviews as it goes over the wire. */
export const showReview = ({ defects, ...row }: ReviewRow): ReviewBody =>
  fullReview({
    id: row.id,
    number: row.number,
    kind: row.kind,
    verdict: row.verdict,
    defect_detected: row.defectDetected,
    defect_type: row.defectType,
    severity: row.severity,
    bounding_box: row.boundingBox,
    ...(defects && { defects }),
    product_sku: row.productSku,
    voided: row.voided,
    comment: row.comment,
    person: row.person,
    reviewed_at: row.createdAt.toISOString(),
  })

/** The new row of reviews, and the columns of the analysis that are written with it. Throws what reviewAfter() throws. */
export function reviewed(analysis: AnalysisRow, said: NewReviewBody, by: ReviewOrigin, products: readonly Product[]) {
  const current = reviewAfter(analysis, said, products)
  const row: ReviewRow = {
    id: by.id,
    analysisId: analysis.id,
    number: (analysis.review?.number ?? 0) + 1,
    kind: said.kind,
    verdict: current.verdict,
    defectDetected: current.defect_detected,
    defectType: current.defect_type,
    severity: current.severity,
    boundingBox: current.bounding_box,
    defects: current.defects,
    productSku: current.product_sku,
    voided: current.voided,
    comment: said.comment?.trim() || null,
    person: by.person,
    caller: by.caller,
    createdAt: by.createdAt,
    requestRef: by.requestRef,
  }
  const columns = {
    review: showReview(row),
    reviewedVerdict: current.verdict,
    reviewedType: current.defect_detected ? current.defect_type : null,
    correctedSku: current.product_sku,
    voided: current.voided,
  }
  return { row, columns }
}
