import type { AnalysisRow, reviews } from '../../../drizzle/schema.ts'
import type { Product } from '../../config/config.ts'
import type { ReviewBody } from '../../domain/review.ts'
import { fullReview } from '../../domain/review.ts'
import type { NewReviewBody } from './schemas.ts'
import { standingAfter } from './standing.ts'

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

/** The new row of reviews, and the columns of the analysis that are written with it. Throws what standingAfter() throws. */
export function reviewed(analysis: AnalysisRow, said: NewReviewBody, by: ReviewOrigin, products: readonly Product[]) {
  const standing = standingAfter(analysis, said, products)
  const row: ReviewRow = {
    id: by.id,
    analysisId: analysis.id,
    number: (analysis.review?.number ?? 0) + 1,
    kind: said.kind,
    verdict: standing.verdict,
    defectDetected: standing.defect_detected,
    defectType: standing.defect_type,
    severity: standing.severity,
    boundingBox: standing.bounding_box,
    defects: standing.defects,
    productSku: standing.product_sku,
    voided: standing.voided,
    comment: said.comment?.trim() || null,
    person: by.person,
    caller: by.caller,
    createdAt: by.createdAt,
    requestRef: by.requestRef,
  }
  const columns = {
    review: showReview(row),
    reviewedVerdict: standing.verdict,
    reviewedType: standing.defect_detected ? standing.defect_type : null,
    correctedSku: standing.product_sku,
    voided: standing.voided,
  }
  return { row, columns }
}
