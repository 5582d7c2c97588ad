import type { Analysis, Effective } from '../api/types.ts'
import type { Messages } from '../texts/en/index.ts'

/** True where the part could not be judged, and nobody has judged it since. */
export const isUnjudged = ({ effective, review_reason: reason }: Analysis, word: Effective = effective): boolean =>
  word.verdict === 'review' && (reason === 'photo_unusable' || reason === 'product_not_recognised')

/** What there is on the part, in words: the defect, no defect, or that it cannot be told. */
export function verdictName(
  analysis: Analysis,
  { shared, vocabulary }: Pick<Messages, 'shared' | 'vocabulary'>,
  word: Effective = analysis.effective,
): string {
  const { review_reason: reason } = analysis
  if (word.defect_detected) return vocabulary.defectTypes[word.defect_type]
  return isUnjudged(analysis, word) && reason ? vocabulary.reviewReasons[reason] : shared.noDefect
}
