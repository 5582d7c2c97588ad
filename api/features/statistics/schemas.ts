import { type Static, Type } from 'typebox'
import { BASES, VERDICT_SOURCES } from '../../domain/chart-scope.ts'
import { Nullable } from '../../platform/http/schemas.ts'
import { VerdictSourceSchema } from '../reviews/verdict-source.ts'
import { DefectTypeCode, FacilityCode, SeverityCode, StageCode } from '../vocabulary/schemas.ts'
import { RUN_RULES } from './run-rules.ts'

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

const Basis = Type.Enum([...BASES], {
  default: 'photo',
  description:
    'What is counted. photo: each for itself. part: photos of one part_id in one facility are one part, as bad as the worst of them; a photo without part_id is a part. unit: defective parts over the inspected units that were entered (PUT /inspected-units), only where there is a number',
})
export const BUCKETS = ['hour', 'shift', 'day', 'week'] as const
export const BASELINES = ['frozen', 'range', 'previous'] as const
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
  truth: Type.Optional(VerdictSourceSchema),
  bucket: Type.Optional(
    Type.Enum([...BUCKETS], {
      description:
        "Of the trend. Left out: hour up to 2 days, day up to 92, else week. hour and shift up to 14 days only; with basis unit they are days. Weeks begin on Monday. With bucket shift, a filter by shift, and basis unit, a border of the range at midnight is that of the days' shifts: the night of the last day is whole",
    }),
  ),
  baseline: Type.Optional(
    Type.Enum([...BASELINES], {
      default: 'frozen',
      description:
        "Of what the p chart's centre line is. frozen: the baseline that was frozen for these filters, basis and truth (PUT /chart-baselines), or where there is none the range. range: the range itself. previous: the period before",
    }),
  ),
})
export type StatisticsFilters = Static<typeof StatisticsQuery>

/** What tells one chart from another, beside its time: a frozen baseline counts for one of them. */
export const ChartScope = Type.Object({ ...statisticsFilters, basis: Basis, truth: VerdictSourceSchema })
export type ChartScope = Static<typeof ChartScope>

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
  photos: Type.Integer({
    description: 'All that the filters select but void ones and those to retake, whatever basis and truth are',
  }),
  human_confirmed: Type.Integer({ description: 'Of these photos, confirmed or corrected by a person' }),
  waiting_for_review: Type.Integer({
    description: 'Of these photos, those that wait for a person, as the filter waiting of GET /analyses has it',
  }),
  photos_to_retake: Type.Integer({ description: 'Photos that cannot be judged; they are in no other figure' }),
  mean_confidence: Nullable(Type.Number(), { description: "The analyzer's own estimate, of all photos; null of none" }),
  mean_latency_ms: Nullable(Type.Number()),
  median_latency_ms: Nullable(Type.Number()),
  p95_latency_ms: Nullable(Type.Number()),
  cost_usd: Usd('Of all photos'),
  cost_per_photo_usd: Usd('Of the photos whose cost is known'),
})

const RunRule = Type.Enum([...RUN_RULES])

/** A frozen centre line. */
export const FrozenBaseline = Type.Object({
  scope: ChartScope,
  from: moment,
  to: moment,
  inspected,
  defects,
  centre_percent: Type.Number({ description: 'defects / inspected' }),
  person: Type.String({ description: 'Who has frozen it' }),
  created_at: moment,
})
export type FrozenBaselineBody = Static<typeof FrozenBaseline>

const Signal = Type.Object(
  {
    rule: RunRule,
    first: Type.Integer({ description: 'Place in points of where the run begins, from 0' }),
    last: Type.Integer({ description: 'Place in points of where it ends' }),
    length: Type.Integer({ description: 'How many judged points it has' }),
    direction: Nullable(Type.Enum(['up', 'down']), {
      description: 'Where the points lie (rules 1 and 2) or go (rule 3); null of rule 4',
    }),
  },
  {
    description:
      "L. S. Nelson's tests: 1, a point beyond three standard errors; 2, nine points in a row on one side of the centre line; 3, six in a row that rise or fall; 4, fourteen in a row up and down by turns. By z, of the judged points alone",
  },
)

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
  judged: Type.Boolean({
    description:
      'False: nothing was inspected, or so little that limits say nothing (fewer than 25, or fewer than one defect expected; ASTM MNL7). Such a point has no limits and takes no part in the rules',
  }),
  lower_percent: Percent('Lower control limit, not below 0'),
  upper_percent: Percent('Upper control limit'),
  z: Nullable(Type.Number(), { description: 'Distance from the centre line in standard errors; null: not judged' }),
  outside: Nullable(Type.Enum(['above', 'below']), { description: 'Beyond a limit; null: within, or not judged' }),
  rules: Type.Array(RunRule, { description: 'The rules that the point completes or goes on with' }),
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
  as_of: Type.String({ format: 'date-time', description: 'When the figures were read' }),
  from: moment,
  to: moment,
  time_zone: Type.String({ description: 'IANA name: on whose clocks days, weeks and hours begin' }),
  time_zone_of: FacilityCode,
  bucket: Type.Enum([...BUCKETS]),
  basis: Type.Enum([...BASES]),
  truth: Type.Enum([...VERDICT_SOURCES]),
  figures: Figures,
  target: TargetCheck,
  previous: Type.Object(Figures.properties, {
    description: 'The same of the same hours as many days earlier as the range has days, rounded up',
  }),
  trend: Type.Object({
    centre_percent: Percent('p-bar'),
    target_percent: Type.Number(),
    baseline: Type.Enum([...BASELINES], { description: 'Of what the centre line is: frozen only where there is one' }),
    frozen: Nullable(FrozenBaseline, { description: 'Of these filters, also where it is not asked for' }),
    small_samples: Type.Integer({
      description: 'Judged points that expect fewer than 5 defects: their limits are a rough approximation',
    }),
    not_judged: Type.Integer({ description: 'Points where too little was inspected for limits' }),
    signals: Type.Array(Signal, { description: 'In order of their ends' }),
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
