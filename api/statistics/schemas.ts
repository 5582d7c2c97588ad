import { type Static, Type } from 'typebox'
import { Nullable } from '../http/schemas.ts'
import { TRUTHS, Truth } from '../reviews/truth.ts'
import { DefectTypeCode, FacilityCode, SeverityCode, StageCode } from '../vocabulary/schemas.ts'

const text = (description: string) => Type.Optional(Type.String({ maxLength: 100, description }))

/** What selects the photos, beside the time. */
export const statisticsFilters = {
  facility: Type.Optional(FacilityCode),
  product_sku: Type.Optional(Type.String({ maxLength: 50, description: 'As corrected, where it was' })),
  line_id: text('Line, exactly'),
  station: text('Station, exactly'),
  shift: text(
    "A shift of the facility's hours (GET /shifts), counted by the day on which it began; another text: as it came with the photo",
  ),
  analyzer: Type.Optional(Type.Enum(['azure', 'local'])),
  model_version: text('Model version, exactly'),
}

export const BASES = ['photo', 'part', 'unit'] as const
const Basis = Type.Enum([...BASES], {
  default: 'photo',
  description:
    'What is counted. photo: each for itself. part: photos of one part_id in one facility are one part, as bad as the worst of them; a photo without part_id is a part. unit: defective parts over the inspected units that were entered (PUT /inspected-units), only where there is a number',
})
export const BUCKETS = ['hour', 'shift', 'day', 'week'] as const
export const PERIOD_DAYS = { today: 1, '7d': 7, '30d': 30, '90d': 90 } as const

export const StatisticsQuery = Type.Object({
  ...statisticsFilters,
  period: Type.Optional(
    Type.Enum(Object.keys(PERIOD_DAYS) as (keyof typeof PERIOD_DAYS)[], {
      description: 'Whole days up to now, today included; without it and from: 30d',
    }),
  ),
  from: Type.Optional(Type.String({ format: 'date-time', description: 'At or after; in place of period' })),
  to: Type.Optional(Type.String({ format: 'date-time', description: 'Before; left out or in the future: now' })),
  basis: Type.Optional(Basis),
  truth: Type.Optional(Truth),
  bucket: Type.Optional(
    Type.Enum([...BUCKETS], {
      description:
        "Of the trend. Left out: hour up to 2 days, day up to 92, else week. hour and shift up to 14 days only; with basis unit they are days. Weeks begin on Monday. With bucket shift, a filter by shift, and basis unit, a border of the range at midnight is that of the days' shifts: the night of the last day is whole",
    }),
  ),
  baseline: Type.Optional(
    Type.Enum(['range', 'previous'], {
      default: 'range',
      description: "Of what the p chart's centre line is: the range itself, or the period before",
    }),
  ),
})
export type StatisticsFilters = Static<typeof StatisticsQuery>

const Percent = (description: string) =>
  Nullable(Type.Number(), { description: `${description}. Percent; null of none` })
const Usd = (description: string) =>
  Nullable(Type.Number(), { description: `${description}. US dollars; null: unknown` })
const rate = Percent('defects / inspected')
const inspected = Type.Integer({ description: 'Photos, parts or units, as basis says' })
const defects = Type.Integer({ description: 'Of these, with a defect' })
const moment = Type.String({ format: 'date-time' })

const Figures = Type.Object({
  from: moment,
  to: moment,
  inspected,
  defects,
  defect_rate_percent: rate,
  first_pass_yield_percent: Percent('Verdict ok, neither a defect nor a case for review, over inspected'),
  critical: Type.Integer({ description: 'Defects of severity critical' }),
  photos: Type.Integer({ description: 'All that the filters select but void ones, whatever basis and truth are' }),
  human_confirmed: Type.Integer({ description: 'Of these photos, confirmed or corrected by a person' }),
  waiting_for_review: Type.Integer({ description: 'Of these photos, still to be judged by a person' }),
  mean_confidence: Nullable(Type.Number(), { description: "The analyzer's own estimate, of all photos; null of none" }),
  mean_latency_ms: Nullable(Type.Number()),
  median_latency_ms: Nullable(Type.Number()),
  p95_latency_ms: Nullable(Type.Number()),
  cost_usd: Usd('Of all photos'),
  cost_per_photo_usd: Usd('Of the photos whose cost is known'),
})

const TrendPoint = Type.Object({
  start: moment,
  end: Type.String({ format: 'date-time', description: 'Exclusive' }),
  day: Type.String({
    format: 'date',
    description: 'The day of start on the clocks of time_zone; of shifts, the one on which the shift began',
  }),
  last_day: Type.String({ format: 'date', description: 'The last day inside' }),
  shift: Nullable(Type.String({ description: 'With bucket shift' })),
  inspected,
  defects,
  defect_rate_percent: rate,
  lower_percent: Percent('Lower control limit, not below 0'),
  upper_percent: Percent('Upper control limit'),
  outside: Nullable(Type.Enum(['above', 'below']), { description: 'Beyond a limit; null: within' }),
  photos: Type.Integer(),
  cost_usd: Usd('Of the photos'),
})

const shareOf = Percent('Of all defects')
const Rated = { inspected, defects, defect_rate_percent: rate }
const HistogramBin = Type.Object({
  from: Type.Number({ description: 'Inclusive' }),
  to: Nullable(Type.Number(), { description: 'Exclusive, but for the last; null: no end' }),
  count: Type.Integer({ description: 'Photos' }),
})

/** The rate by inspected units against the target. */
export const TargetCheck = Type.Object(
  {
    status: Type.Enum(['met', 'missed', 'not_judged']),
    reason: Nullable(Type.Enum(['no_units', 'missing_units', 'part_of_day']), {
      description:
        'Why it is not judged: nobody has entered inspected units; no number covers some of the photos; the range is a part of a day, and numbers are entered by day and shift',
    }),
    units: Type.Integer({ description: 'Inspected units that were entered for the filters and days' }),
    defects: Type.Integer({ description: 'Defective parts, as truth says; 0 where it is not judged' }),
    rate_percent: Percent('defects / units, where it is judged'),
    target_percent: Type.Number(),
  },
  {
    $id: 'TargetCheck',
    description: 'The target is a rate of inspected units: a share of photos is not compared with it',
  },
)
export type TargetCheckBody = Static<typeof TargetCheck>

/** All that the dashboard shows. */
export const Statistics = Type.Object({
  from: moment,
  to: moment,
  time_zone: Type.String({ description: 'IANA name: on whose clocks days, weeks and hours begin' }),
  time_zone_of: FacilityCode,
  bucket: Type.Enum([...BUCKETS]),
  basis: Type.Enum([...BASES]),
  truth: Type.Enum([...TRUTHS]),
  figures: Figures,
  target: TargetCheck,
  previous: Type.Object(Figures.properties, {
    description: 'The same of the same hours as many days earlier as the range has days, rounded up',
  }),
  trend: Type.Object({
    centre_percent: Percent('p-bar'),
    target_percent: Type.Number(),
    baseline: Type.Enum(['range', 'previous']),
    small_samples: Type.Integer({
      description: 'Points that expect fewer than 5 defects: their limits are a rough approximation',
    }),
    points: Type.Array(TrendPoint, {
      description: 'In order of time, also where nothing was inspected',
    }),
  }),
  by_defect_type: Type.Array(
    Type.Object({ defect_type: DefectTypeCode, defects, share_percent: shareOf, cumulative_percent: shareOf }),
    { description: 'The most frequent first' },
  ),
  by_stage: Type.Array(Type.Object({ stage: Nullable(StageCode), defects, share_percent: shareOf }), {
    description: 'Probable stages in production order, as the model says; null: not told',
  }),
  by_severity: Type.Array(Type.Object({ severity: SeverityCode, defects, share_percent: shareOf }), {
    description: 'All four, the worst first',
  }),
  by_sku: Type.Array(Type.Object({ product_sku: Type.String(), ...Rated }), { description: 'Most defects first' }),
  by_line: Type.Array(Type.Object({ line_id: Nullable(Type.String()), ...Rated }), {
    description: 'Most defects first; null: not told. At most 50',
  }),
  confidence: Type.Array(HistogramBin),
  latency_ms: Type.Array(HistogramBin),
  units: Type.Object({
    total: Type.Integer({ description: 'Inspected units that were entered for the filters and days' }),
    missing_days: Type.Array(Type.String({ format: 'date' }), {
      description:
        'Days of shifts, with photos of a facility, product, line or shift that no number covers. Of basis unit only',
    }),
  }),
})
export type StatisticsBody = Static<typeof Statistics>
export type FiguresBody = Static<typeof Figures>

export const Choices = Type.Object({
  lines: Type.Array(Type.String()),
  stations: Type.Array(Type.String()),
  shifts: Type.Array(Type.String()),
  model_versions: Type.Array(Type.String()),
})
