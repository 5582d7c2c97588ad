import { severityRank } from '../../domain/vocabulary.ts'
import type { ReviewBody } from './schemas.ts'

export type ReviewedDefect = ReviewBody['defects'][number]
/** A review as analyses.review holds it; one from before there were several defects has no list. */
export type StoredReview = Omit<ReviewBody, 'defects'> & Partial<Pick<ReviewBody, 'defects'>>

/** The worst first, else in the order given. */
export const worstFirst = <Defect extends Pick<ReviewedDefect, 'severity'>>(defects: readonly Defect[]): Defect[] =>
  defects.toSorted((a, b) => severityRank(a.severity) - severityRank(b.severity))

/** All defects of a review: of one from before there were several, the one that its single fields name. */
export function defectsOf({ defects, ...single }: StoredReview): ReviewedDefect[] {
  if (defects) return defects
  const { defect_detected, defect_type, severity, bounding_box } = single
  return defect_detected && defect_type && severity ? [{ defect_type, severity, bounding_box }] : []
}

export const fullReview = (review: StoredReview): ReviewBody => ({ ...review, defects: defectsOf(review) })
