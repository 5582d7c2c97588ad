import type { Readable } from 'node:stream'
import { csvWriter } from '../http/csv.ts'
import type { ShiftReportBody, StoredScopeBody } from './schemas.ts'

type Cell = string | number | boolean | null

const DETAILS: (keyof ShiftReportBody['defect_details'][number])[] = [
  'defect_id',
  'timestamp',
  'facility',
  'product_sku',
  'defect_type',
  'severity',
  'probable_stage',
  'confidence',
  'root_cause',
  'description',
]

/** The target is a rate of inspected units: photos are not judged by it. */
const RATE_STATUS = { met: 'PASS', missed: 'FAIL', not_judged: 'NOT_JUDGED' } as const

/** Name and number of each value, under the name of the breakdown. */
const counted = (name: string, counts: Record<string, number>): Cell[][] =>
  Object.entries(counts).map(([value, count]) => [`${name}: ${value}`, count])

/** The report as a spreadsheet shows it: totals by name, an empty line, and the defects. */
export function reportCsv({ report, stored }: { report: ShiftReportBody; stored: StoredScopeBody }): Readable {
  const { target } = stored
  const { facility, from, to, shift, line_id, product_sku, truth, photos, human_confirmed, time_zone } = stored
  const records: Cell[][] = [
    ['name', 'value'],
    ...Object.entries({ facility, from, to, time_zone, shift, line_id, product_sku, truth, photos, human_confirmed }),
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
    [],
    DETAILS,
    ...report.defect_details.map((defect) => DETAILS.map((name) => defect[name])),
  ]
  const csv = csvWriter()
  for (const record of records) csv.write(record)
  csv.end()
  return csv
}
