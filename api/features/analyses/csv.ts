import { Readable } from 'node:stream'
import type { AnalysisRow } from '../../../drizzle/schema.ts'
import type { VerdictSource } from '../../domain/chart-scope.ts'
import { defectsOf, type ReviewedDefect } from '../../domain/review.ts'
import type { Facility } from '../../domain/vocabulary.ts'
import { csvWriter } from '../../platform/http/csv.ts'
import { countsAsDefect, effectiveOf } from '../reviews/effective.ts'
import { clockTime } from '../shifts/clock.ts'
import type { Schedules } from '../shifts/settings.ts'

/** "rust_spot critical 10 20 30 15", the numbers being those of the box. */
const inWords = ({ defect_type, severity, bounding_box: box }: ReviewedDefect): string =>
  [defect_type, severity, ...(box ? [box.x, box.y, box.width, box.height] : [])].join(' ')

type Columns = Record<string, (row: AnalysisRow, truth: VerdictSource) => string | number | null>

/** New columns go to the end, as clients count them. Times on the clocks of `zone` are for people; the shift is the one of the hours in force, and as it came with the photo. */
const columnsOf = (zone: string, schedules: Schedules): Columns => ({
  defect_id: (row) => row.defectId,
  timestamp: (row) => row.timestamp.toISOString(),
  facility: (row) => row.facility,
  product_sku: (row) => row.productSku,
  verdict: (row) => row.verdict,
  defect_detected: (row) => String(row.defectDetected),
  defect_type: (row) => row.defectType,
  severity: (row) => row.severity,
  confidence: (row) => row.confidence,
  affected_area: (row) => row.affectedArea,
  box_x: (row) => row.boundingBox?.x ?? null,
  box_y: (row) => row.boundingBox?.y ?? null,
  box_width: (row) => row.boundingBox?.width ?? null,
  box_height: (row) => row.boundingBox?.height ?? null,
  probable_stage: (row) => row.probableStage,
  description: (row) => row.description,
  root_cause: (row) => row.rootCause,
  corrective_actions: (row) => (row.correctiveActions ?? []).join('; '),
  preventive_actions: (row) => row.preventiveActions.join('; '),
  part_id: (row) => row.partId,
  station: (row) => row.station,
  line_id: (row) => row.lineId,
  shift: (row) => row.shift,
  lot: (row) => row.lot,
  operator: (row) => row.operator,
  event_id: (row) => row.eventId,
  file_name: (row) => row.fileName,
  analyzer: (row) => row.analyzer,
  model_version: (row) => row.modelVersion,
  prompt_version: (row) => row.promptVersion,
  latency_ms: (row) => row.latencyMs,
  cost_usd: (row) => row.costUsd,
  review_kind: ({ review }) => review?.kind ?? null,
  review_verdict: ({ review }) => review?.verdict ?? null,
  review_defect_type: ({ review }) => review?.defect_type ?? null,
  review_severity: ({ review }) => review?.severity ?? null,
  review_box_x: ({ review }) => review?.bounding_box?.x ?? null,
  review_box_y: ({ review }) => review?.bounding_box?.y ?? null,
  review_box_width: ({ review }) => review?.bounding_box?.width ?? null,
  review_box_height: ({ review }) => review?.bounding_box?.height ?? null,
  review_comment: ({ review }) => review?.comment ?? null,
  reviewed_by: ({ review }) => review?.person ?? null,
  reviewed_at: ({ review }) => review?.reviewed_at ?? null,
  effective_verdict: (row) => effectiveOf(row).verdict,
  effective_defect_detected: (row) => String(effectiveOf(row).defect_detected),
  effective_defect_type: (row) => effectiveOf(row).defect_type,
  effective_severity: (row) => effectiveOf(row).severity,
  effective_product_sku: (row) => effectiveOf(row).product_sku,
  effective_source: (row) => effectiveOf(row).source,
  voided: (row) => String(row.voided),
  counted_as_defect: (row, truth) => String(!row.voided && countsAsDefect(row, truth)),
  review_reason: (row) => row.reviewReason,
  photo_faults: (row) => (row.photoFaults ?? []).map(({ code }) => code).join('; '),
  review_defects: ({ review }) => (review ? defectsOf(review) : []).map(inWords).join('; '),
  [`timestamp (${zone})`]: (row) => clockTime(row.timestamp, zone),
  [`reviewed_at (${zone})`]: ({ review }) => review && clockTime(new Date(review.reviewed_at), zone),
  shift_name: ({ facility, timestamp }) => schedules.of(facility as Facility).shiftAt(timestamp)?.name ?? null,
  shift_day: ({ facility, timestamp }) => schedules.of(facility as Facility).dayOf(timestamp),
  tolerated: (row) => String(row.tolerated),
  random_check: (row) => String(row.randomCheck),
  confirmed_root_cause: ({ explanation }) => explanation?.root_cause ?? null,
  confirmed_corrective_actions: ({ explanation }) => explanation?.corrective_actions.join('; ') ?? null,
  confirmed_preventive_actions: ({ explanation }) => explanation?.preventive_actions.join('; ') ?? null,
  causes_confirmed_by: ({ explanation }) => explanation?.person ?? null,
  causes_confirmed_at: ({ explanation }) => explanation?.confirmed_at ?? null,
})

interface CsvOptions {
  schedules: Schedules
  /** On whose clock local times are; left out: of where the parts are made. */
  facility?: Facility | undefined
  /** By whose word a result counts as a defect. */
  truth?: VerdictSource | undefined
}

/** CSV of the rows, streamed. */
export function toCsv(
  rows: AsyncIterable<AnalysisRow>,
  { schedules, facility, truth = 'final' }: CsvOptions,
): Readable {
  const columns = columnsOf(schedules.of(facility).timeZone, schedules)
  const csv = csvWriter({ header: true, columns: Object.keys(columns) })
  const records = Readable.from(rows).map((row: AnalysisRow) =>
    Object.values(columns).map((value) => value(row, truth)),
  )
  records.once('error', (error) => csv.destroy(error))
  return records.pipe(csv)
}
