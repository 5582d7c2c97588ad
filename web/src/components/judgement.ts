import type { Analysis, Review } from '../api/types.ts'

const sameVerdict = (a: Review, b: Review | undefined): boolean =>
  a.verdict === (b?.verdict ?? null) && JSON.stringify(a.defects) === JSON.stringify(b?.defects ?? [])

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

/** What the analyzer says of the part, where it must decide: cosmetic flaws that the product lets pass are none. */
export const analyzersWord = ({ defect_detected, tolerated }: Analysis): 'ok' | 'ng' =>
  defect_detected && !tolerated ? 'ng' : 'ok'

/** Whether a person has said the same as the model, of each defect. */
export const isConfirmed = ({ effective, review, ...model }: Analysis): boolean =>
  effective.source === 'human' &&
  effective.defect_detected === model.defect_detected &&
  String(review?.defects.map(({ defect_type }) => defect_type)) ===
    String(model.defects.map(({ defect_type }) => defect_type))
