import type { Analysis } from '../api/types.ts'
import type { Messages } from '../texts/en/index.ts'

/** True where the part could not be judged, and nobody has judged it since. */
export const isUnjudged = ({ effective, review_reason: reason }: Analysis): boolean =>
  effective.verdict === 'review' && (reason === 'photo_unusable' || reason === 'product_not_recognised')

/** What there is on the part, in words: the defect, no defect, or that it cannot be told. */
export function verdictName(
  analysis: Analysis,
  { shared, vocabulary }: Pick<Messages, 'shared' | 'vocabulary'>,
): string {
  const { effective, review_reason: reason } = analysis
  if (effective.defect_detected) return vocabulary.defectTypes[effective.defect_type]
  return isUnjudged(analysis) && reason ? vocabulary.reviewReasons[reason] : shared.noDefect
}
