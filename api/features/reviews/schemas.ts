import { type Static, Type } from 'typebox'
import type { BoundingBox } from '../../domain/box.ts'
import { REVIEW_KINDS } from '../../domain/review.ts'
import { Nullable } from '../../platform/http/schemas.ts'
import { BoundingBoxSchema } from '../analyses/bounding-box-schema.ts'
import { DefectTypeCode, SeverityCode, VerdictCodeSchema } from '../vocabulary/schemas.ts'

export const MAX_COMMENT = 2000
/** No side of a picture is longer. */
const MAX_PIXELS = 1_000_000

const Kind = Type.Enum([...REVIEW_KINDS], {
  description:
    'confirm: the model is right. correct: it is not, or the SKU is wrong. unsure: somebody else should look. void: a test shot or the like, counted nowhere. reinstate: not void after all',
})

/** One of the defects that a person sees on a part. */
export const ReviewedDefectSchema = Type.Object(
  { defect_type: DefectTypeCode, severity: SeverityCode, bounding_box: Nullable(BoundingBoxSchema) },
  { description: 'A defect as a person has named it' },
)

/** A review as it is shown: what the person said, and all that stands after it. */
export const Review = Type.Object(
  {
    id: Type.String({ format: 'uuid', description: 'For "after" of the next review' }),
    number: Type.Integer({ description: '1, 2, 3 ... of its analysis' }),
    kind: Kind,
    verdict: Nullable(VerdictCodeSchema, {
      description: "The people's verdict as it stands; review: unsure; null: nobody has judged the part",
    }),
    defect_detected: Nullable(Type.Boolean()),
    defect_type: Nullable(DefectTypeCode),
    severity: Nullable(SeverityCode),
    bounding_box: Nullable(BoundingBoxSchema),
    defects: Type.Array(ReviewedDefectSchema, {
      description:
        'All defects, the worst first: the fields above repeat it. Empty where there is none or nobody has judged',
    }),
    product_sku: Nullable(Type.String({ description: 'Where the one that came with the photo was wrong' })),
    voided: Type.Boolean(),
    comment: Nullable(Type.String({ description: 'As typed: text, never markup' })),
    person: Type.String(),
    reviewed_at: Type.String({ format: 'date-time' }),
  },
  { $id: 'Review' },
)

/** What counts of an analysis: the model's word, or a person's where there is one. */
export const Effective = Type.Object(
  {
    verdict: VerdictCodeSchema,
    defect_detected: Type.Boolean(),
    defect_type: DefectTypeCode,
    severity: SeverityCode,
    product_sku: Type.String(),
    source: Type.Enum(['model', 'human'], {
      description:
        "human: a person has confirmed or corrected it. An unsure person makes the verdict review; the rest stays the model's",
    }),
    voided: Type.Boolean({ description: 'True: counted nowhere' }),
  },
  { $id: 'Effective' },
)
export type EffectiveBody = Static<typeof Effective>

/** One schema with two types, and not a union, whose faults would be named twice. */
const BoxOrNull = Type.Unsafe<BoundingBox | null>({
  type: ['object', 'null'],
  properties: {
    x: Type.Integer({ minimum: 0, maximum: MAX_PIXELS }),
    y: Type.Integer({ minimum: 0, maximum: MAX_PIXELS }),
    width: Type.Integer({ minimum: 1, maximum: MAX_PIXELS }),
    height: Type.Integer({ minimum: 1, maximum: MAX_PIXELS }),
  },
  required: ['x', 'y', 'width', 'height'],
  additionalProperties: false,
  description:
    'Pixels of the upright image, inside it; null: no box. Left out: it stays as it is, and there is none in defects',
})

/** More defects than anybody marks on one part. */
export const MAX_DEFECTS = 50

const Defects = Type.Array(
  Type.Object(
    { defect_type: DefectTypeCode, severity: SeverityCode, bounding_box: Type.Optional(BoxOrNull) },
    { additionalProperties: false },
  ),
  {
    minItems: 1,
    maxItems: MAX_DEFECTS,
    description:
      'All defects of the part, in any order, in place of defect_type, severity and bounding_box. With none of these four, the defects stay as they are; with the single fields, that one defect is all there is',
  },
)

export const Person = Type.String({
  pattern: '\\S',
  maxLength: 100,
  description: 'Who it is. Only of a call by a bare key: in a session its name counts',
})

export const NewReview = Type.Object(
  {
    kind: Kind,
    verdict: Type.Optional(
      Type.Enum(['ok', 'ng'], {
        description: "Of correct. With confirm it may be left out; a verdict that is not the model's is refused there",
      }),
    ),
    defect_detected: Type.Optional(
      Type.Boolean({
        description: 'Of correct; true for ng. With ok only a cosmetic defect, within tolerance, may be there',
      }),
    ),
    defect_type: Type.Optional(DefectTypeCode),
    severity: Type.Optional(SeverityCode),
    bounding_box: Type.Optional(BoxOrNull),
    defects: Type.Optional(Defects),
    product_sku: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 50,
        description:
          'The right SKU, with confirm, correct or unsure. Alone with correct, it leaves the verdict as it is',
      }),
    ),
    comment: Type.Optional(Type.String({ maxLength: MAX_COMMENT })),
    person: Type.Optional(Person),
    after: Type.Optional(
      Type.Unsafe<string | null>({
        type: ['string', 'null'],
        format: 'uuid',
        description: 'The newest review that the person saw, null for none: a newer one is a 409 that says whose it is',
      }),
    ),
  },
  { additionalProperties: false },
)
export type NewReviewBody = Static<typeof NewReview>
