import type { Analysis, BoundingBox, DefectType, Review, Severity, Verdict } from '../../api/types.ts'

/** What counted after a review; before the first one, the model's word. */
interface Standing {
  verdict: Verdict
  type: DefectType | null
  severity: Severity | null
  box: BoundingBox | null
  sku: string
}

export type Change = {
  [Field in keyof Standing]: { field: Field; from: Standing[Field]; to: Standing[Field] }
}[keyof Standing]

function standingAfter(review: Review | undefined, analysis: Analysis): Standing {
  const sku = review?.product_sku ?? analysis.product_sku
  // Of an unsure person, all but the verdict stays the model's.
  const said = review?.defect_detected === null || review === undefined ? analysis : review
  const detected = said.defect_detected === true
  return {
    verdict: review?.verdict ?? analysis.verdict,
    type: detected ? said.defect_type : null,
    severity: detected ? said.severity : null,
    box: said.bounding_box,
    sku,
  }
}

const FIELDS = ['verdict', 'type', 'severity', 'box', 'sku'] as const

/** What a review changed; `before` is the one that was the newest then. */
export function changesOf(review: Review, before: Review | undefined, analysis: Analysis): Change[] {
  const from = standingAfter(before, analysis)
  const to = standingAfter(review, analysis)
  return FIELDS.filter((field) => JSON.stringify(from[field]) !== JSON.stringify(to[field])).map(
    (field) => ({ field, from: from[field], to: to[field] }) as Change,
  )
}
