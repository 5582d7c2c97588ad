import type { BoundingBox } from './box.ts'
import { type DefectType, type Severity, severityRank, type VerdictCode } from './vocabulary.ts'

export const REVIEW_KINDS = ['confirm', 'correct', 'unsure', 'void', 'reinstate'] as const
export type ReviewKind = (typeof REVIEW_KINDS)[number]

/** One defect that a reviewer sees on a part. */
export interface ReviewedDefect {
  defect_type: DefectType
  severity: Severity
  bounding_box: BoundingBox | null
}

/** A review as shown to clients: the reviewer's decision and the result it leads to. */
export interface ReviewBody {
  id: string
  /** Sequence number within its analysis, from 1. */
  number: number
  kind: ReviewKind
  /** review: the reviewer was unsure. Null: nobody has judged the part. */
  verdict: VerdictCode | null
  defect_detected: boolean | null
  defect_type: DefectType | null
  severity: Severity | null
  bounding_box: BoundingBox | null
  /** All defects, worst first; the single-defect fields above repeat the first. */
  defects: ReviewedDefect[]
  /** Corrects the SKU that was sent with the photo. */
  product_sku: string | null
  voided: boolean
  comment: string | null
  person: string
  /** ISO 8601. */
  reviewed_at: string
}

/** A review as stored in analyses.review. Reviews older than multiple defects have no list. */
export type StoredReview = Omit<ReviewBody, 'defects'> & Partial<Pick<ReviewBody, 'defects'>>

/** Worst first; otherwise the order is kept. */
export const worstFirst = <Defect extends Pick<ReviewedDefect, 'severity'>>(defects: readonly Defect[]): Defect[] =>
  defects.toSorted((a, b) => severityRank(a.severity) - severityRank(b.severity))

/** All defects of a review. Reviews without a list have the one defect of their single-defect fields. */
export function defectsOf({ defects, ...single }: StoredReview): ReviewedDefect[] {
  if (defects) return defects
  const { defect_detected, defect_type, severity, bounding_box } = single
  return defect_detected && defect_type && severity ? [{ defect_type, severity, bounding_box }] : []
}

export const fullReview = (review: StoredReview): ReviewBody => ({ ...review, defects: defectsOf(review) })
