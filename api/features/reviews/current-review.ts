import type { analyses } from '../../../drizzle/schema.ts'
import type { Product } from '../../config/config.ts'
import type { BoundingBox } from '../../domain/box.ts'
import type { ReviewBody } from '../../domain/review.ts'
import { defectsOf, type ReviewedDefect, type StoredReview, worstFirst } from '../../domain/review.ts'
import { badField, ProblemError } from '../../platform/http/problem.ts'
import { humanJudgement, type Judgement, modelJudgement } from './effective.ts'
import type { NewReviewBody } from './schemas.ts'

type Row = typeof analyses.$inferSelect

/** All that people have said of an analysis, as it stands. */
export type CurrentReview = Pick<
  ReviewBody,
  'verdict' | 'defect_detected' | 'defect_type' | 'severity' | 'bounding_box' | 'defects' | 'product_sku' | 'voided'
>
type Verdict = Omit<CurrentReview, 'product_sku' | 'voided'>

/** What says which defect it is, where there is one only. */
const SINGLE_FIELDS = ['defect_type', 'severity', 'bounding_box'] as const
const DEFECT_FIELDS = ['defect_detected', ...SINGLE_FIELDS, 'defects'] as const
const NO_DEFECT = {
  defect_detected: false,
  defect_type: 'unknown',
  severity: 'cosmetic',
  bounding_box: null,
  defects: [] as never[],
} as const
const NOT_JUDGED = {
  defect_detected: null,
  defect_type: null,
  severity: null,
  bounding_box: null,
  defects: [] as never[],
} as const

/** What stands once `said` is added to the row's reviews. Throws a 400 that names the field, or a 409. */
export function reviewAfter(row: Row, said: NewReviewBody, products: readonly Product[]): CurrentReview {
  const { kind } = said
  if (kind !== 'correct') {
    const misplaced = DEFECT_FIELDS.find((field) => said[field] !== undefined)
    if (misplaced) throw badField(misplaced, `belongs to kind correct, not ${kind}`)
    if (kind !== 'confirm' && said.verdict) throw badField('verdict', `belongs to kind confirm or correct, not ${kind}`)
  }
  if (kind === 'void' || kind === 'reinstate') {
    if (said.product_sku !== undefined) throw badField('product_sku', `belongs to another kind than ${kind}`)
    if (row.voided === (kind === 'void')) {
      throw new ProblemError(409, 'nothing-to-do', row.voided ? 'It is void already' : 'It is not void')
    }
    return { ...verdictOf(row.review), product_sku: row.correctedSku, voided: kind === 'void' }
  }
  const product_sku = said.product_sku === undefined ? row.correctedSku : correctedSku(row, said.product_sku, products)
  return { ...verdictAfter(row, said), product_sku, voided: row.voided }
}

/** As people have left it. */
function verdictOf(review: StoredReview | null): Verdict {
  if (!review) return { verdict: null, ...NOT_JUDGED }
  const { verdict, defect_detected, defect_type, severity, bounding_box } = review
  return { verdict, defect_detected, defect_type, severity, bounding_box, defects: defectsOf(review) }
}

/** Null where it is the one that came with the photo. */
function correctedSku(row: Row, said: string, products: readonly Product[]): string | null {
  const sku = said.trim().toUpperCase()
  if (sku === row.productSku) return null
  if (products.some(({ code }) => code === sku)) return sku
  throw badField('product_sku', `is not a known product; known are ${products.map(({ code }) => code).join(', ')}`)
}

function verdictAfter(row: Row, said: NewReviewBody): Verdict {
  if (said.kind === 'unsure') return { verdict: 'review', ...NOT_JUDGED }
  if (said.kind === 'confirm') {
    const verdict = row.defectDetected && !row.tolerated ? 'ng' : 'ok'
    if (said.verdict && said.verdict !== verdict) {
      throw badField(
        'verdict',
        `is not the model's, which found ${verdict === 'ng' ? 'a defect' : 'none that counts'}; use correct`,
      )
    }
    return { verdict, ...modelJudgement(row) }
  }
  if (said.verdict) return { verdict: said.verdict, ...correction(row, said) }
  if (said.product_sku === undefined || DEFECT_FIELDS.some((field) => said[field] !== undefined)) {
    throw badField('verdict', 'is missing: say ok or ng')
  }
  return verdictOf(row.review)
}

/** What is left out stays as it stands: as a person said it, or the model. */
function correction(row: Row, said: NewReviewBody): Judgement {
  const { verdict, defect_detected = verdict === 'ng' } = said
  if (verdict === 'ng' && !defect_detected) throw badField('defect_detected', 'must be true for ng')
  if (!defect_detected) {
    const misplaced = ([...SINGLE_FIELDS, 'defects'] as const).find((field) => said[field] != null)
    if (misplaced) throw badField(misplaced, 'belongs to a defect, and there is none')
    return NO_DEFECT
  }
  const known = humanJudgement(row.review) ?? modelJudgement(row)
  const defects = worstFirst(said.defects ? listed(said) : singleOrKnown(known, said))
  const [worst] = defects
  if (!worst) throw badField('defect_type', 'is missing: which defect is it?')
  if (verdict === 'ok' && worst.severity !== 'cosmetic') {
    throw badField('severity', 'must be cosmetic where a part with a defect is ok; else it is ng')
  }
  if (said.bounding_box) refuseOutside(row, said.bounding_box, 'bounding_box')
  for (const [index, { bounding_box: box }] of (said.defects ?? []).entries()) {
    if (box) refuseOutside(row, box, `defects[${index}].bounding_box`)
  }
  return { defect_detected, ...worst, defects }
}

function listed({ defects = [], ...said }: NewReviewBody): ReviewedDefect[] {
  const doubled = SINGLE_FIELDS.find((field) => said[field] !== undefined)
  if (doubled) throw badField(doubled, 'is said twice: leave it out, as defects says it')
  return defects.map(({ bounding_box = null, ...defect }) => ({ ...defect, bounding_box }))
}

/** The one defect that the single fields name; without them, all stay. */
function singleOrKnown(known: Judgement, said: NewReviewBody): ReviewedDefect[] {
  if (SINGLE_FIELDS.every((field) => said[field] === undefined)) return known.defects
  const defect_type = said.defect_type ?? (known.defect_detected ? known.defect_type : undefined)
  const severity = said.severity ?? (known.defect_detected ? known.severity : undefined)
  if (!defect_type) throw badField('defect_type', 'is missing: which defect is it?')
  if (!severity) throw badField('severity', 'is missing: how severe is it?')
  return [
    { defect_type, severity, bounding_box: said.bounding_box === undefined ? known.bounding_box : said.bounding_box },
  ]
}

function refuseOutside({ imageWidth, imageHeight }: Row, box: BoundingBox, field: string): void {
  if (box.x + box.width <= imageWidth && box.y + box.height <= imageHeight) return
  throw badField(field, `reaches out of the picture, which has ${imageWidth} x ${imageHeight} pixels`)
}
