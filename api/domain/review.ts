import type { BoundingBox } from './box.ts'
import { type DefectType, type Severity, severityRank, type VerdictCode } from './vocabulary.ts'

export const REVIEW_KINDS = ['confirm', 'correct', 'unsure', 'void', 'reinstate'] as const
export type ReviewKind = (typeof REVIEW_KINDS)[number]

/** One of the defects that a person sees on a part. */
export interface ReviewedDefect {
  defect_type: DefectType
  severity: Severity
  bounding_box: BoundingBox | null
}

/** A review as it is shown: what the person said, and all that stands after it. */
export interface ReviewBody {
  id: string
  /** 1, 2, 3 ... of its analysis. */
  number: number
  kind: ReviewKind
  /** review: unsure; null: nobody has judged the part. */
  verdict: VerdictCode | null
  defect_detected: boolean | null
  defect_type: DefectType | null
  severity: Severity | null
  bounding_box: BoundingBox | null
  /** All defects, the worst first; the fields above repeat it. */
  defects: ReviewedDefect[]
  /** Where the one that came with the photo was wrong. */
  product_sku: string | null
  voided: boolean
  comment: string | null
  person: string
  /** ISO 8601. */
  reviewed_at: string
}

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
