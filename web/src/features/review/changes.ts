import type { Analysis, BoundingBox, DefectType, Review, ReviewedDefect, Severity, Verdict } from '../../api/types.ts'

/** What counted after a review; before the first one, the model's word. */
interface Standing {
  verdict: Verdict
  type: DefectType | null
  severity: Severity | null
  box: BoundingBox | null
  /** Where there are several; else the three above say it. */
  defects: readonly ReviewedDefect[]
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
  const defects = detected
    ? said.defects.map(({ defect_type, severity, bounding_box }) => ({ defect_type, severity, bounding_box }))
    : []
  return {
    verdict: review?.verdict ?? analysis.verdict,
    type: detected ? said.defect_type : null,
    severity: detected ? said.severity : null,
    box: detected ? said.bounding_box : null,
    defects,
    sku,
  }
}

/** What says the defect, where there is one at most before and after. */
const ONE = ['verdict', 'type', 'severity', 'box', 'sku'] as const
const SEVERAL = ['verdict', 'defects', 'sku'] as const

/** What a review changed; `before` is the one that was the newest then. */
export function changesOf(review: Review, before: Review | undefined, analysis: Analysis): Change[] {
  const from = standingAfter(before, analysis)
  const to = standingAfter(review, analysis)
  const fields = Math.max(from.defects.length, to.defects.length) > 1 ? SEVERAL : ONE
  return fields
    .filter((field: keyof Standing) => JSON.stringify(from[field]) !== JSON.stringify(to[field]))
    .map((field) => ({ field, from: from[field], to: to[field] }) as Change)
}
