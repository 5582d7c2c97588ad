import type { Readable } from 'node:stream'
import { csvWriter, fileName } from '../../platform/http/csv.ts'
import { clockTime, dayIn } from '../shifts/clock.ts'
import type { ShiftReportBody, StoredScopeBody } from './schemas.ts'

type Cell = string | number | boolean | null

/** Besides the id and the time on the facility's clock. */
const DETAILS: (keyof ShiftReportBody['defect_details'][number])[] = [
  'timestamp',
  'facility',
  'product_sku',
  'defect_type',
  'severity',
  'probable_stage',
  'confidence',
  'line_id',
  'lot',
  'part_id',
  'verdict_source',
  'root_cause',
  'description',
  'causes_confirmed_by',
]

/** The target is a rate of inspected units: photos are not judged by it. */
const RATE_STATUS = { met: 'PASS', missed: 'FAIL', not_judged: 'NOT_JUDGED' } as const

/** Name and number of each value, under the name of the breakdown. */
const counted = (name: string, counts: Record<string, number>): Cell[][] =>
  Object.entries(counts).map(([value, count]) => [`${name}: ${value}`, count])

/** With facility, shift and day; of several days, the first. */
export const reportFileName = ({ facility, shift, day, from, time_zone }: StoredScopeBody): string =>
  `${fileName('shift-report', facility, shift, day ?? dayIn(new Date(from), time_zone))}.csv`

/** The report as a spreadsheet shows it: totals by name, an empty line, and the defects. */
export function reportCsv({ report, stored }: { report: ShiftReportBody; stored: StoredScopeBody }): Readable {
  const { target } = stored
  const { facility, day, from, to, shift, line_id, product_sku, truth, photos, human_confirmed, time_zone } = stored
  const local = (time: string | null) => time && clockTime(new Date(time), time_zone)
  const records: Cell[][] = [
    ['name', 'value'],
    ...Object.entries({ facility, day, shift }),
    [`from (${time_zone})`, local(from)],
    [`to (${time_zone})`, local(to)],
    ...Object.entries({ from, to, time_zone, line_id, product_sku, truth, photos, human_confirmed }),
    [`report_timestamp (${time_zone})`, local(report.report_timestamp)],
    ['report_timestamp', report.report_timestamp],
    ['model_version', report.model_version],
    ['total_inspected', report.total_inspected],
    ['total_defects', report.total_defects],
    ['defect_rate_percent', report.defect_rate_percent],
    ['inspected_units', target.units],
    ['defective_parts', target.rate_percent === null ? null : target.defects],
    ['rate_by_units_percent', target.rate_percent],
    ['target_rate_percent', target.target_percent],
    ['rate_status', RATE_STATUS[target.status]],
    ['requires_line_stop', report.requires_line_stop],
    ...counted('by_severity', report.by_severity),
    ...counted('by_defect_type', report.by_defect_type),
    ...counted('by_production_stage', report.by_production_stage),
    ['photos_to_retake', stored.to_retake.length],
    ...report.lots_to_quarantine.map(({ lot, critical }): Cell[] => [`lot_to_quarantine: ${lot ?? ''}`, critical]),
    [],
    ['defect_id', `timestamp (${time_zone})`, ...DETAILS],
    ...report.defect_details.map((defect) => [
      defect.defect_id,
      local(defect.timestamp),
      ...DETAILS.map((name) => defect[name]),
    ]),
  ]
  const csv = csvWriter()
  for (const record of records) csv.write(record)
  csv.end()
  return csv
}
