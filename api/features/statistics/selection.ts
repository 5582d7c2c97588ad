import { and, eq, type SQL, sql } from 'drizzle-orm'
import { analyses, inspectedUnits } from '../../../drizzle/schema.ts'
import type { VerdictSource } from '../../domain/chart-scope.ts'
import { conditions } from '../analyses/queries.ts'
import { columnsOf, counted } from '../reviews/verdict-source.ts'
import { ofShift } from '../shifts/sql.ts'
import type { Period, Range } from './period.ts'
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
export const FIRST_PLACE = 3
export const FIRST_BUCKET = sql.raw(String(FIRST_PLACE))

const within = ({ from, to }: Range) =>
  sql`(${analyses.timestamp} >= ${from.toISOString()} and ${analyses.timestamp} < ${to.toISOString()})`

/** All that the filters ask for, whenever it was taken. */
function chosen(filters: StatisticsFilters, { schedules }: Pick<Period, 'schedules'>): SQL | undefined {
  const { facility, product_sku, line_id, station, shift, analyzer, model_version } = filters
  return and(
    ...conditions({ facility, product_sku }),
    line_id === undefined ? undefined : eq(analyses.lineId, line_id),
    station === undefined ? undefined : eq(analyses.station, station),
    shift === undefined ? undefined : ofShift(schedules, shift),
    analyzer === undefined ? undefined : eq(analyses.analyzer, analyzer),
    model_version === undefined ? undefined : eq(analyses.modelVersion, model_version),
  )
}

/** The inspected photos that the filters ask for, whenever they were taken. */
export const asked = (filters: StatisticsFilters, period: Pick<Period, 'schedules'>): SQL | undefined =>
  and(counted, chosen(filters, period))

/** In the range or in the period before. */
const inPeriod = (period: Period): SQL | undefined =>
  and(
    // One bound, too, for the index.
    sql`${analyses.timestamp} >= ${period.previous.from.toISOString()}`,
    sql`(${within(period)} or ${within(period.previous)})`,
  )

/** The inspected photos of the range and of the period before. */
export const selected = (filters: StatisticsFilters, period: Period): SQL | undefined =>
  and(inPeriod(period), asked(filters, period))

/** The photos to take again, of the same times. */
export const selectedRetakes = (filters: StatisticsFilters, period: Period): SQL | undefined =>
  and(inPeriod(period), sql`${analyses.toRetake}`, chosen(filters, period))

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

/** Of each photo, what the figures count; all but the first two null where there is no defect. */
export function verdictOf(truth: VerdictSource) {
  const { defect, passed, type, severity } = columnsOf(truth)
  const ofDefects = (value: SQL) => sql`case when ${defect} then ${value} end`
  return {
    defect,
    passed,
    type: ofDefects(type),
    severity: ofDefects(severity),
    stage: ofDefects(sql`${analyses.probableStage}`),
  }
}
