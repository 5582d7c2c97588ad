import { type Static, Type } from 'typebox'
import { PHOTO_FAULTS } from '../../domain/photo-limits.ts'
import { VERDICTS } from '../../domain/vocabulary.ts'
import { Nullable, refTo } from '../../platform/http/schemas.ts'
import { Explanation } from '../explanations/schemas.ts'
import { Effective, Review } from '../reviews/schemas.ts'
import { VerdictSourceSchema } from '../reviews/verdict-source.ts'
import {
  AffectedAreaCode,
  DefectTypeCode,
  FacilityCode,
  IshikawaSchema,
  LanguageCode,
  ReviewReasonCode,
  SeverityCode,
  StageCode,
  VerdictCodeSchema,
} from '../vocabulary/schemas.ts'
import { BoundingBoxSchema } from './bounding-box-schema.ts'

export const FindingSchema = Type.Object({
  defect_type: DefectTypeCode,
  severity: SeverityCode,
  confidence: Type.Number({ minimum: 0, maximum: 1 }),
  bounding_box: Nullable(BoundingBoxSchema),
  affected_area: AffectedAreaCode,
  description: Type.String(),
})

const PhotoFaultSchema = Type.Object({
  code: Type.Enum([...PHOTO_FAULTS]),
  value: Type.Number({ description: 'As measured' }),
  limit: Type.Number({ description: 'That it missed, as it was then; GET /api/v1/photo-limits says what they are' }),
})

const optionalText = (description: string) => Type.Optional(Nullable(Type.String({ description })))

export const Analysis = Type.Object(
  {
    defect_id: Type.String({ examples: ['DEF-20261122-1A2B3C4D'] }),
    timestamp: Type.String({ format: 'date-time' }),
    facility: FacilityCode,
    product_sku: Type.String({ examples: ['WK-KN-200'] }),
    defect_detected: Type.Boolean(),
    defect_type: DefectTypeCode,
    severity: SeverityCode,
    confidence: Type.Number({ minimum: 0, maximum: 1, description: "The analyzer's own estimate, not a probability" }),
    description: Type.String(),
    affected_area: AffectedAreaCode,
    bounding_box: Nullable(BoundingBoxSchema),
    probable_stage: Nullable(StageCode),
    root_cause: Type.String(),
    five_why_chain: Type.Array(Type.String()),
    contributing_factors: Type.Array(Type.String()),
    ishikawa_analysis: Nullable(IshikawaSchema),
    corrective_actions: Type.Array(Type.String()),
    preventive_actions: Type.Array(Type.String()),
    reasoning_tokens_used: Type.Integer(),
    model_version: Type.String(),
    defects: Type.Array(FindingSchema, { description: 'All defects, the worst first' }),
    verdict: VerdictCodeSchema,
    review_reason: Nullable(ReviewReasonCode, {
      description:
        'Why the verdict is review. photo_unusable and product_not_recognised: the part could not be judged, and its confidence is 0. Null: another verdict, or a result of an earlier version',
    }),
    photo_faults: Type.Array(PhotoFaultSchema, {
      description: 'What was measured of a photo that cannot be judged; empty where it was not measured but seen',
    }),
    review: Nullable(refTo(Review), {
      description: 'The newest; null: none. The fields above stay what the model said',
    }),
    effective: refTo(Effective),
    tolerated: Type.Boolean({
      description:
        'True: cosmetic flaws alone, which the product lets pass: no defect unless a person says so, and the verdict is ok where the confidence allows it',
    }),
    random_check: Type.Boolean({
      description: 'True: drawn at random (REVIEW_SAMPLE) to be checked by a person, whatever the verdict',
    }),
    explanation: Nullable(refTo(Explanation), {
      description:
        'Causes and actions as a person has confirmed or rewritten them; null: those above are a draft of the analyzer',
    }),
    image_url: Type.String({ description: 'Signed, valid for an hour' }),
    thumbnail_url: Type.String({ description: 'Signed, valid for an hour; 320 pixels on the long edge' }),
    image_width: Type.Integer(),
    image_height: Type.Integer(),
    language: LanguageCode,
    duplicate: Type.Boolean({ description: 'True where the stored answer for the same picture was given' }),
    analyzer: Type.String({ description: 'azure or local' }),
    prompt_version: Nullable(Type.String()),
    latency_ms: Type.Integer({ description: 'Milliseconds, from the whole picture received to the result stored' }),
    model_latency_ms: Type.Integer(),
    input_tokens: Type.Integer(),
    output_tokens: Type.Integer(),
    cost_usd: Nullable(Type.Number()),
    production_data: Type.Optional(Nullable(Type.Record(Type.String(), Type.Unknown()))),
    part_id: optionalText('Several photos of one part share it'),
    station: optionalText('Station'),
    line_id: optionalText('Line'),
    shift: optionalText('Shift'),
    lot: optionalText('Lot'),
    operator: optionalText('Operator'),
    event_id: optionalText("The client's own id of the event"),
    file_name: optionalText('Name of the file as sent'),
  },
  { $id: 'Analysis' },
)
export type AnalysisBody = Static<typeof Analysis>

const metadata = (description: string) => Type.Optional(Type.String({ maxLength: 100, description }))

/** Text fields of a photo, of the form and of the JSON alike; trimmed and case-folded before they are checked. */
const photoFields = {
  language: Type.Optional(LanguageCode),
  production_data: Type.Optional(
    Type.Record(Type.String(), Type.Unknown(), { description: 'Process readings, at most 20,000 characters as JSON' }),
  ),
  part_id: metadata('Several photos of one part share it'),
  station: metadata('Station'),
  line_id: metadata('Line'),
  shift: metadata('Shift'),
  lot: metadata('Lot'),
  operator: metadata('Operator'),
  event_id: metadata("The client's own id of the event"),
  reanalyze: Type.Optional(Type.Boolean({ description: 'True: do not answer from the store' })),
  test_shot: Type.Optional(
    Type.Boolean({
      description: 'True: void from the start, as a sample photo is: shown, counted nowhere, announced to nobody',
    }),
  ),
}

const productSku = Type.String({ minLength: 1, maxLength: 50, description: 'See GET /api/v1/products' })

export const AnalyzeFields = Type.Object({ product_sku: productSku, facility: FacilityCode, ...photoFields })
export type AnalyzeFieldsBody = Static<typeof AnalyzeFields>

export const BatchFields = Type.Object({
  product_sku: productSku,
  facility: Type.Enum([...(FacilityCode.enum as ['hongkong', 'shenzhen', 'yangjiang'])], { default: 'yangjiang' }),
  ...photoFields,
})

export const AnalyzeJson = Type.Object({
  image: Type.String({ minLength: 1, description: 'The picture as base64 or as a data URL' }),
  product_sku: productSku,
  facility: FacilityCode,
  ...photoFields,
})

export const AnalyzeAnswer = Type.Object({ success: Type.Literal(true), analysis: refTo(Analysis) })

export const DefectIdParams = Type.Object({ defect_id: Type.String({ pattern: '^DEF-\\d{8}-[0-9A-F]{8}$' }) })

const exactly = (what: string) =>
  Type.Optional(Type.String({ maxLength: 100, description: `${what}, as it came with the photo` }))

/** What selects analyses, in the history and its CSV alike. */
export const analysisFilters = {
  from: Type.Optional(Type.String({ format: 'date-time', description: 'At or after' })),
  to: Type.Optional(Type.String({ format: 'date-time', description: 'Before' })),
  facility: Type.Optional(FacilityCode),
  product_sku: Type.Optional(Type.String({ maxLength: 50, description: 'As corrected, where it was' })),
  truth: Type.Optional(VerdictSourceSchema),
  defect_detected: Type.Optional(
    Type.Boolean({
      description:
        'Whether it counts as a defect by truth, by which defect_type, severity and probable_stage select, too. What a person lets pass with a cosmetic flaw does not',
    }),
  ),
  defect_type: Type.Optional(DefectTypeCode),
  severity: Type.Optional(SeverityCode),
  verdict: Type.Optional(Type.Enum([...VERDICTS], { description: "The analyzer's, whatever truth is" })),
  effective_verdict: Type.Optional(
    Type.Enum([...VERDICTS], { description: "A person's where there is one, else the model's" }),
  ),
  person_verdict: Type.Optional(
    Type.Enum([...VERDICTS, 'none'], {
      description: "The people's verdict as it stands; review: unsure; none: nobody has judged the part yet",
    }),
  ),
  reviewed: Type.Optional(Type.Boolean({ description: 'Whether there is any review, whatever it says' })),
  voided: Type.Optional(Type.Boolean({ description: 'Left out: both' })),
  waiting: Type.Optional(
    Type.Boolean({
      description:
        'Whether it waits for a person: the verdict is review and nobody has judged it, somebody was unsure, or it was drawn at random (REVIEW_SAMPLE) and nobody has judged it. Void ones and photos to retake do not',
    }),
  ),
  retake: Type.Optional(
    Type.Boolean({
      description:
        'Whether it is a photo that cannot be judged and is to be taken again: it counts as no inspected photo',
    }),
  ),
  probable_stage: Type.Optional(StageCode),
  part_id: exactly('Part'),
  station: exactly('Station'),
  line_id: exactly('Line'),
  shift: Type.Optional(
    Type.String({
      maxLength: 100,
      description:
        "A shift of the facility's hours (GET /shifts); from and to at midnight are then the borders of the days' shifts. Another text: as it came with the photo",
    }),
  ),
  lot: exactly('Lot'),
  operator: exactly('Operator'),
  text: Type.Optional(
    Type.String({
      maxLength: 200,
      description:
        'Part of the id, the texts, the file name or the metadata; or the name of a defect type, severity or stage in any language ("chip", "崩刃"), or a line ("line 6")',
    }),
  ),
}
export const AnalysisFilters = Type.Object(analysisFilters)
export type AnalysisFiltersQuery = Static<typeof AnalysisFilters>

export const LIST_ORDERS = ['newest', 'oldest'] as const
export type ListOrder = (typeof LIST_ORDERS)[number]

export const AnalysisListQuery = Type.Object({
  ...analysisFilters,
  order: Type.Optional(
    Type.Enum([...LIST_ORDERS], {
      default: 'newest',
      description: 'Which come first; the same on all pages of a list',
    }),
  ),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 25 })),
  cursor: Type.Optional(Type.String({ maxLength: 200, description: 'next_cursor of the page before' })),
})

export const AnalysisCount = Type.Object({
  count: Type.Integer({ description: 'At most 10,000' }),
  more: Type.Boolean({ description: 'True: there are more than that' }),
})

export const AnalysisList = Type.Object({
  analyses: Type.Array(refTo(Analysis)),
  next_cursor: Nullable(Type.String({ description: 'Null on the last page' })),
})
