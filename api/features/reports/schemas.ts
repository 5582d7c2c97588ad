import { type Static, Type } from 'typebox'
import { VERDICT_SOURCES } from '../../domain/chart-scope.ts'
import { PHOTO_FAULTS } from '../../domain/photo-limits.ts'
import { Nullable, refTo } from '../../platform/http/schemas.ts'
import { VerdictSourceSchema } from '../reviews/verdict-source.ts'
import { TargetCheck } from '../statistics/schemas.ts'
import { FacilityCode } from '../vocabulary/schemas.ts'

const Counts = Type.Record(Type.String(), Type.Integer())

/** Analyses as an older client sends them back: only what the report counts is looked at. */
export const ReportedAnalysis = Type.Object({
  defect_detected: Type.Boolean(),
  defect_id: Type.Optional(Type.String()),
  timestamp: Type.Optional(Type.String()),
  product_sku: Type.Optional(Type.String()),
  facility: Type.Optional(Type.String()),
  defect_type: Type.Optional(Nullable(Type.String())),
  severity: Type.Optional(Nullable(Type.String())),
  probable_stage: Type.Optional(Nullable(Type.String())),
  root_cause: Type.Optional(Nullable(Type.String())),
  confidence: Type.Optional(Nullable(Type.Number({ minimum: 0, maximum: 100 }))),
  description: Type.Optional(Nullable(Type.String())),
  // With the most analyses that one report takes, the sum is exact.
  reasoning_tokens_used: Type.Optional(Nullable(Type.Number({ minimum: 0, maximum: 2_147_483_647 }))),
  model_version: Type.Optional(Nullable(Type.String())),
  line_id: Type.Optional(Nullable(Type.String())),
  lot: Type.Optional(Nullable(Type.String())),
  part_id: Type.Optional(Nullable(Type.String())),
  tolerated: Type.Optional(Type.Boolean({ description: 'True: flaws that the product lets pass, and no defect' })),
  review_reason: Type.Optional(
    Nullable(Type.String({ description: 'photo_unusable: left out, unless a person judged' })),
  ),
  explanation: Type.Optional(
    Nullable(Type.Object({ root_cause: Type.String(), person: Type.String() }), {
      description: 'Causes as a person has confirmed them',
    }),
  ),
  effective: Type.Optional(
    Type.Object(
      {
        voided: Type.Boolean({ description: 'True: left out' }),
        source: Type.Optional(Type.String({ description: 'human: a person has confirmed or corrected' })),
        verdict: Type.Optional(Type.String()),
        defect_type: Type.Optional(Type.String()),
        severity: Type.Optional(Type.String()),
        product_sku: Type.Optional(Type.String()),
      },
      { description: 'What people made of it, as this service tells it; left out: nobody has judged it' },
    ),
  ),
})
export type ReportedAnalysisBody = Static<typeof ReportedAnalysis>

export const ShiftReport = Type.Object(
  {
    report_timestamp: Type.String({ format: 'date-time' }),
    report_type: Type.Literal('shift_summary'),
    model_version: Type.String({ description: 'All that took part, comma-separated' }),
    total_inspected: Type.Integer(),
    total_defects: Type.Integer(),
    defect_rate_percent: Type.Number({ description: 'Three decimals' }),
    target_rate_percent: Type.Number(),
    rate_status: Type.Enum(['PASS', 'FAIL'], {
      description:
        'Of the analyses as they are counted here. Of stored results, stored.target judges by inspected units',
    }),
    rate_variance: Type.Number({ description: 'Rate minus target, three decimals' }),
    by_defect_type: Counts,
    by_severity: Counts,
    by_production_stage: Counts,
    critical_count: Type.Integer(),
    major_count: Type.Integer(),
    requires_line_stop: Type.Boolean({ description: 'True where there is any critical defect' }),
    unique_root_causes: Type.Array(Type.String()),
    top_problematic_stage: Nullable(Type.String()),
    total_reasoning_tokens: Type.Integer(),
    avg_reasoning_tokens_per_analysis: Type.Number(),
    defect_details: Type.Array(
      Type.Object({
        defect_id: Nullable(Type.String()),
        timestamp: Nullable(Type.String()),
        product_sku: Nullable(Type.String()),
        facility: Nullable(Type.String()),
        defect_type: Type.String(),
        severity: Type.String(),
        probable_stage: Nullable(Type.String()),
        confidence: Nullable(Type.Number()),
        root_cause: Type.String(),
        description: Type.String(),
        line_id: Nullable(Type.String()),
        lot: Nullable(Type.String()),
        part_id: Nullable(Type.String()),
        verdict_source: Type.Enum(['model', 'human'], { description: 'Whose word makes it a defect' }),
        causes_confirmed_by: Nullable(Type.String(), {
          description: "Who has confirmed root_cause, which is the person's then; null: it is the analyzer's draft",
        }),
        thumbnail_url: Nullable(Type.String(), {
          description: 'Signed, valid for an hour; null: not of a stored result',
        }),
      }),
      { description: 'All of them, the worst first' },
    ),
    lots_to_quarantine: Type.Array(
      Type.Object({
        facility: Nullable(Type.String()),
        lot: Nullable(Type.String(), { description: 'Null: parts that came without a lot' }),
        product_skus: Type.Array(Type.String()),
        line_ids: Type.Array(Type.String()),
        part_ids: Type.Array(Type.String(), { description: 'Of the critical defects' }),
        critical: Type.Integer(),
        defects: Type.Integer({ description: 'All defects of the lot in this report' }),
      }),
      { description: 'Lots with a critical defect, which stops the line' },
    ),
  },
  { $id: 'ShiftReport' },
)
export type ShiftReportBody = Static<typeof ShiftReport>

const optionalText = (description: string) => Type.Optional(Type.String({ maxLength: 100, description }))

/** What selects stored results: facility and day, from and to, or the facility alone for the shift that has ended last. */
const storedFields = {
  facility: Type.Optional(FacilityCode),
  day: Type.Optional(
    Type.String({
      format: 'date',
      description: 'With facility, in place of from and to: all shifts that began on the day, or the one of shift',
    }),
  ),
  from: Type.Optional(Type.String({ format: 'date-time', description: 'At or after' })),
  to: Type.Optional(Type.String({ format: 'date-time', description: 'Before; at most 31 days after from' })),
  shift: optionalText(
    "A shift of the facility's hours (GET /shifts); with from and to another text is looked for in what came with the photo",
  ),
  line_id: optionalText('Line, exactly'),
  product_sku: Type.Optional(Type.String({ maxLength: 50, description: 'As corrected, where it was' })),
  truth: Type.Optional(VerdictSourceSchema),
}

/** Exactly one of the two forms: the analyses themselves, or a time range of the stored ones. */
export const ShiftReportRequest = Type.Object({
  analyses: Type.Optional(Type.Array(ReportedAnalysis, { maxItems: 10_000 })),
  ...storedFields,
})
export const StoredReportQuery = Type.Object(storedFields)
export type StoredReportFilters = Static<typeof StoredReportQuery>

/** What a report of stored results rests on. */
const StoredScope = Type.Object({
  facility: Nullable(FacilityCode),
  day: Nullable(Type.String({ format: 'date' }), {
    description: 'Of the shift; null: the range was given by from and to',
  }),
  from: Type.String({ format: 'date-time' }),
  to: Type.String({ format: 'date-time', description: 'In the future: the shift is still running' }),
  shift: Nullable(Type.String()),
  line_id: Nullable(Type.String()),
  product_sku: Nullable(Type.String()),
  truth: Type.Enum([...VERDICT_SOURCES]),
  photos: Type.Integer({ description: 'All of the range but void ones and those to retake' }),
  human_confirmed: Type.Integer({ description: 'Of these, confirmed or corrected by a person' }),
  to_retake: Type.Array(
    Type.Object({
      defect_id: Type.String(),
      timestamp: Type.String({ format: 'date-time' }),
      product_sku: Type.String(),
      station: Nullable(Type.String()),
      line_id: Nullable(Type.String()),
      lot: Nullable(Type.String()),
      part_id: Nullable(Type.String()),
      photo_faults: Type.Array(Type.Enum([...PHOTO_FAULTS]), {
        description: 'What was measured; empty where it was not measured but seen',
      }),
      thumbnail_url: Nullable(Type.String(), { description: 'Signed, valid for an hour' }),
    }),
    { description: 'Photos that cannot be judged, in order of time: in no figure. At most 500' },
  ),
  target: TargetCheck,
  time_zone: Type.String({ description: "IANA name: the facility's; without one, of where the parts are made" }),
})
export type StoredScopeBody = Static<typeof StoredScope>

export const ShiftReportAnswer = Type.Object({
  success: Type.Literal(true),
  report: refTo(ShiftReport),
  stored: Type.Optional(
    Type.Object(StoredScope.properties, { description: 'What the report rests on; only of stored results' }),
  ),
})

export const Stats = Type.Object({
  total_inspections: Type.Integer(),
  total_defects: Type.Integer(),
  defect_rate: Type.Number({ description: 'Percent, two decimals' }),
  by_type: Counts,
  by_severity: Counts,
  by_stage: Counts,
})
