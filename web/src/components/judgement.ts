import type { Analysis, Review } from '../api/types.ts'

const sameVerdict = (a: Review, b: Review | undefined): boolean =>
  a.verdict === (b?.verdict ?? null) &&
  a.defect_type === (b?.defect_type ?? null) &&
  a.severity === (b?.severity ?? null) &&
  JSON.stringify(a.bounding_box) === JSON.stringify(b?.bounding_box ?? null)

/**
 * The review that the people's verdict comes from: the newest one may only have voided the photo or corrected its SKU.
 * `reviews` has the newest first. Null: nobody has judged the part.
 */
export function judgementOf(reviews: readonly Review[]): Review | null {
  const newest = reviews[0]
  if (!newest?.verdict) return null
  const judged = reviews.find((review, index) => {
    if (review.kind === 'confirm' || review.kind === 'unsure') return true
    return review.kind === 'correct' && !sameVerdict(review, reviews[index + 1])
  })
  return judged ?? newest
}

/** Whether a person has said the same as the model. */
export const isConfirmed = ({ effective, ...model }: Analysis): boolean =>
  effective.source === 'human' &&
  effective.defect_detected === model.defect_detected &&
  effective.defect_type === model.defect_type
