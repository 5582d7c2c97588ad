import { type Static, Type } from 'typebox'
import { Nullable } from '../../platform/http/schemas.ts'
import { analysisFilters } from '../analyses/schemas.ts'
import { DefectTypeCode } from '../vocabulary/schemas.ts'

const { from, to, facility, product_sku } = analysisFilters

export const QualityQuery = Type.Object({
  from,
  to,
  facility,
  product_sku,
  model_version: Type.Optional(Type.String({ maxLength: 100 })),
})
export type QualityFilters = Static<typeof QualityQuery>

const Share = (description: string) => Nullable(Type.Number({ minimum: 0, maximum: 1 }), { description })
/** Wilson's score interval (E. B. Wilson, J. Am. Stat. Assoc. 22 (1927) 209-212): holds for few cases, and for shares near 0 and 1. */
const Interval = Nullable(
  Type.Object({ low: Type.Number({ minimum: 0, maximum: 1 }), high: Type.Number({ minimum: 0, maximum: 1 }) }),
  { description: "95 % confidence interval of the share (Wilson's score interval); null of none" },
)
const scores = {
  precision: Share('true_positives / (true_positives + false_positives); null where that is 0 / 0'),
  precision_interval: Interval,
  recall: Share('true_positives / (true_positives + false_negatives); null where that is 0 / 0'),
  recall_interval: Interval,
}
const TypeOrNone = Nullable(DefectTypeCode, { description: 'Null: no defect' })

/** How far the model and people agree, of what people have judged. */
export const Quality = Type.Object({
  analyses: Type.Integer({
    description: 'All that the filters select, judged or not; void ones are left out everywhere',
  }),
  judged: Type.Integer({ description: 'Of these, confirmed or corrected by a person: all figures below are of them' }),
  unsure: Type.Integer({ description: 'Of these, left open by a person; in none of the figures below' }),
  share_judged: Share('judged / analyses; null of none'),
  detection: Type.Object(
    {
      true_positives: Type.Integer({ description: 'Model and person: a defect' }),
      false_positives: Type.Integer({ description: 'Model: a defect; person: none' }),
      false_negatives: Type.Integer({ description: 'Model: none; person: a defect' }),
      true_negatives: Type.Integer({ description: 'Model and person: none' }),
      ...scores,
      agreement: Share('(true_positives + true_negatives) / judged; null of none'),
      agreement_interval: Interval,
    },
    {
      description:
        'A defect against none, whatever its type. By what the model found, also where its verdict was review',
    },
  ),
  recall_estimate: Type.Object(
    {
      sample: Type.Integer({ description: 'Photos that were drawn at random (REVIEW_SAMPLE), whatever the verdict' }),
      judged: Type.Integer({ description: 'Of these, confirmed or corrected by a person: what the estimate rests on' }),
      defects: Type.Integer({ description: 'Of the judged, those with a defect by the person' }),
      found: Type.Integer({ description: 'Of these defects, those that the model found' }),
      recall: Share('found / defects; null of none'),
      interval: Interval,
    },
    {
      description:
        'The honest recall, as far as the sample is judged: detection.recall is of what people chose to look at, which are suspects first',
    },
  ),
  by_defect_type: Type.Array(
    Type.Object({
      defect_type: DefectTypeCode,
      true_positives: Type.Integer({ description: 'Model and person: this type' }),
      false_positives: Type.Integer({ description: 'Model: this type; person: another or no defect' }),
      false_negatives: Type.Integer({ description: 'Person: this type; model: another or no defect' }),
      ...scores,
    }),
    {
      description:
        'Types that the model or a person named, the most frequent first. One type an analysis: the worst defect',
    },
  ),
  confusion: Type.Array(Type.Object({ model: TypeOrNone, person: TypeOrNone, count: Type.Integer() }), {
    description:
      'What the model said against what the person said, the most frequent first; pairs that do not occur are left out',
  }),
  calibration: Type.Array(
    Type.Object({
      from: Type.Number({ description: 'Confidence, inclusive' }),
      to: Type.Number({ description: 'Exclusive; 1 is in the last bin' }),
      count: Type.Integer(),
      confirmed: Type.Integer({
        description: 'The person agrees on defect or none, and on the type of a defect; severity and box do not count',
      }),
      share_confirmed: Share('confirmed / count; null of none'),
      interval: Interval,
      mean_confidence: Share('Of the bin; null of none'),
    }),
    { description: 'Ten bins of confidence. Where the confidence is honest, share_confirmed is near mean_confidence' },
  ),
  model_versions: Type.Array(Type.Object({ model_version: Type.String(), judged: Type.Integer() }), {
    description: 'Of all that the other filters select, the most judged first',
  }),
})
export type QualityBody = Static<typeof Quality>
export type IntervalBody = Static<typeof Interval>
