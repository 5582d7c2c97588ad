import { and, eq, type SQL, sql } from 'drizzle-orm'
import { analyses, inspectedUnits } from '../../drizzle/schema.ts'
import { conditions } from '../analyses/queries.ts'
import type { Period } from './period.ts'
import type { StatisticsFilters } from './schemas.ts'

/**
 * Where a time falls: 1 the previous period, 2 between the two, 3 and on the buckets. The borders are worked out once, as
 * date_trunc() on the clock of a zone for each row would cost more than all the rest.
 */
export function placeOf({ previous, starts }: Period): SQL {
  const borders = [previous.from, previous.to, ...starts].map((at) => at.toISOString())
  return sql`width_bucket(${analyses.timestamp}, ${`{${borders.join(',')}}`}::timestamptz[])`
}
/** The place of the first bucket. */
export const FIRST_BUCKET = sql.raw('3')

/** The photos of the range and of the period before, void ones left out. */
export function selected(filters: StatisticsFilters, { from, to, previous }: Period): SQL | undefined {
  const { facility, product_sku, line_id, station, shift, analyzer, model_version } = filters
  const { timestamp, voided, lineId, modelVersion } = analyses
  const within = (start: Date, end: Date) =>
    sql`(${timestamp} >= ${start.toISOString()} and ${timestamp} < ${end.toISOString()})`
  return and(
    // One bound, too, for the index.
    sql`${timestamp} >= ${previous.from.toISOString()}`,
    sql`(${within(from, to)} or ${within(previous.from, previous.to)})`,
    sql`not ${voided}`,
    ...conditions({ facility, product_sku }),
    line_id === undefined ? undefined : eq(lineId, line_id),
    station === undefined ? undefined : eq(analyses.station, station),
    shift === undefined ? undefined : eq(analyses.shift, shift),
    analyzer === undefined ? undefined : eq(analyses.analyzer, analyzer),
    model_version === undefined ? undefined : eq(modelVersion, model_version),
  )
}

/** The numbers entered by hand that the filters ask for; what was entered for a whole day is not one of its shifts. */
export function selectedUnits(filters: StatisticsFilters): SQL | undefined {
  const { facility, product_sku, line_id, shift } = filters
  return and(
    facility === undefined ? undefined : eq(inspectedUnits.facility, facility),
    product_sku === undefined ? undefined : eq(inspectedUnits.productSku, product_sku.trim().toUpperCase()),
    line_id === undefined ? undefined : eq(inspectedUnits.lineId, line_id),
    shift === undefined ? undefined : eq(inspectedUnits.shift, shift),
  )
}

/** A photo was judged by a person: confirmed or corrected. */
export const judged = sql`${analyses.reviewedVerdict} in ('ok', 'ng')`

/** Of each photo, what the figures count: by the model's word, or by the person's. */
export function verdictOf(truth: 'ai' | 'human') {
  const { defectDetected, defectType, severity, verdict, reviewedVerdict, reviewedType, review } = analyses
  const human = truth === 'human'
  const defect = human ? sql`(${reviewedVerdict} = 'ng')` : sql`${defectDetected}`
  return {
    defect,
    passed: human ? sql`(${reviewedVerdict} = 'ok')` : sql`(${verdict} = 'ok')`,
    type: sql`case when ${defect} then coalesce(${human ? reviewedType : defectType}, 'unknown') end`,
    severity: sql`case when ${defect} then coalesce(${human ? sql`${review} ->> 'severity'` : severity}, 'cosmetic') end`,
    stage: sql`case when ${defect} then ${analyses.probableStage} end`,
  }
}
