import { type SQL, sql } from 'drizzle-orm'
import { analyses } from '../../../drizzle/schema.ts'
import type { Transaction } from '../../database/database.ts'
import type { VerdictSource } from '../../domain/chart-scope.ts'
import { SEVERITIES } from '../../domain/vocabulary.ts'
import { effectiveSku } from '../analyses/queries.ts'
import { judged } from '../reviews/verdict-source.ts'
import { shiftDayOf, shiftOf } from '../shifts/sql.ts'
import type { Period } from './period.ts'
import type { StatisticsFilters } from './schemas.ts'
import { FIRST_BUCKET, FIRST_PLACE, placeOf, selected, verdictOf } from './selection.ts'
import type { TalliedRow } from './tallied.ts'
import { numbersOf, type Span } from './units.ts'

/** By what a row of counts is told apart; `period` is neither. */
export type Dimension = 'period' | 'bucket' | 'sku' | 'line' | 'type' | 'severity' | 'stage' | 'day'

export interface CountRow {
  dimension: Dimension
  /** False: of the period before. */
  current: boolean
  /** From 0; of dimension bucket. */
  bucket: number
  /** The value of another dimension; null: not told. Days are told of basis unit only. */
  value: string | null
  /** Photos or parts; of basis unit only those that a number covers. */
  inspected: number
  defects: number
  passed: number
  /** Of basis unit: those that no number covers. */
  uncovered: number
}

/** The worst photo of a part stands for it. */
const WORST_FIRST = sql`defect desc, array_position(${`{${SEVERITIES.map(({ code }) => code).join(',')}}`}::text[], severity), passed, timestamp, id`

/**
 * The cells with the number that was entered for where the photos were taken; at most one covers a cell, as they do not overlap. Its
 * line counts then: of a number for all lines no single line's rate is known.
 */
const withUnits = (filters: StatisticsFilters, period: Period, entered: readonly Span[]): SQL => sql`
  select place >= ${FIRST_BUCKET} as current, place, cell.sku, nullif(number.line, '') as line, defect, passed,
    type, severity, stage, cell.day, n, number.facility is not null as covered
  from cells as cell left join (${numbersOf(filters, period, entered, [period, period.previous])}) as number
    on number.facility = cell.facility
    and number.day = cell.day
    and number.sku = cell.sku
    and number.line in ('', coalesce(cell.line, ''))
    and number.shift in ('', coalesce(cell.shift, ''))`

/** What is alike, of parts: these are told apart by reading all their photos. */
function partCells(filters: StatisticsFilters, period: Period) {
  const { truth = 'final', basis } = filters
  const { defect, passed, type, severity, stage } = verdictOf(truth)
  // What tells whether a number covers it.
  const where =
    basis === 'unit'
      ? sql`${analyses.facility} as facility, ${shiftDayOf(period.schedules)} as day, ${shiftOf(period.schedules)} as shift`
      : sql`${analyses.facility} as facility, null::date as day, null::text as shift`
  return {
    with: sql`
      photos as (
        select ${analyses.id}, ${analyses.timestamp}, ${analyses.partId}, ${placeOf(period)} as place,
          ${effectiveSku} as sku, ${analyses.lineId} as line, ${defect} as defect, ${passed} as passed,
          ${type} as type, ${severity} as severity, ${stage} as stage, ${where}
        from ${analyses}
        where ${selected(filters, period)} ${truth === 'human' ? sql`and ${judged}` : sql``}
      ),
      items as (
        select * from photos where part_id is null
        union all (
          select distinct on (place >= ${FIRST_BUCKET}, facility, part_id) * from photos where part_id is not null
          order by place >= ${FIRST_BUCKET}, facility, part_id, ${WORST_FIRST}
        )
      )`,
    cells: sql`
      select ${basis === 'unit' ? sql`facility` : sql`null::varchar`}, day, place, sku, line, shift, defect, passed, type, severity, stage, count(*)
      from items group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11`,
  }
}

/** Counts parts by each dimension: first into cells of what is alike (a few thousand), then the cells by grouping sets. */
export async function countParts(
  tx: Transaction,
  filters: StatisticsFilters,
  period: Period,
  entered: readonly Span[],
): Promise<CountRow[]> {
  const source = partCells(filters, period)
  const { rows } = await tx.execute<Omit<CountRow, 'bucket'> & { place: number | null }>(sql`
    with ${source.with},
    cells (facility, day, place, sku, line, shift, defect, passed, type, severity, stage, n) as materialized (${source.cells}),
    known as (
      ${filters.basis === 'unit' ? withUnits(filters, period, entered) : sql`select *, place >= ${FIRST_BUCKET} as current, true as covered from cells`}
    )
    select
      case when grouping(place) = 0 then 'bucket' when grouping(sku) = 0 then 'sku' when grouping(line) = 0 then 'line'
        when grouping(type) = 0 then 'type' when grouping(severity) = 0 then 'severity' when grouping(stage) = 0 then 'stage'
        when grouping(day) = 0 then 'day' else 'period' end as dimension,
      current, place - ${FIRST_BUCKET} as place, coalesce(sku, line, type, severity, stage, day::text) as value,
      coalesce(sum(n) filter (where covered), 0)::int as inspected,
      coalesce(sum(n) filter (where covered and defect), 0)::int as defects,
      coalesce(sum(n) filter (where covered and passed), 0)::int as passed,
      coalesce(sum(n) filter (where not covered), 0)::int as uncovered
    from known
    group by grouping sets (
      (current), (current, place), (current, sku), (current, line), (current, type), (current, severity), (current, stage),
      (current, day)
    )`)
  return rows.map(({ place, ...row }) => ({ ...row, bucket: place ?? 0 }))
}

/** Photos without a defect, and those among them that have passed, by each word. */
function goodOf(row: TalliedRow, truth: VerdictSource): { inspected: number; good: number; passed: number } {
  const { photos, judged, finalPassed, finalOpen, aiPassed, aiOpen, humanPassed } = row
  if (truth === 'human') return { inspected: judged, good: humanPassed, passed: humanPassed }
  if (truth === 'ai') return { inspected: photos, good: aiPassed + aiOpen, passed: aiPassed }
  return { inspected: photos, good: finalPassed + finalOpen, passed: finalPassed }
}

/** Counts photos: all out of the tallies, and the defects by what they are, one by one. */
export async function countPhotos(
  tx: Transaction,
  filters: StatisticsFilters,
  period: Period,
  tallied: readonly TalliedRow[],
): Promise<CountRow[]> {
  const { truth = 'final' } = filters
  const { defect, type, severity, stage } = verdictOf(truth)
  const { rows: defects } = await tx.execute<DefectRow & Record<string, unknown>>(sql`
    select ${placeOf(period)} >= ${FIRST_BUCKET} as current, ${type} as type, ${severity} as severity, ${stage} as stage, count(*)::int as defects
    from ${analyses}
    where ${selected(filters, period)} and ${defect} ${truth === 'human' ? sql`and ${judged}` : sql``}
    group by 1, 2, 3, 4`)
  const photos = tallied
    .map(({ place, ...row }) => ({ ...row, bucket: place - FIRST_PLACE, ...goodOf({ place, ...row }, truth) }))
    .filter(({ inspected }) => inspected > 0)
    .map(({ dimension, current, bucket, value, inspected, good, passed }) => ({
      dimension,
      current,
      bucket,
      value,
      inspected,
      defects: inspected - good,
      passed,
      uncovered: 0,
    }))
  return [
    ...photos,
    ...(['type', 'severity', 'stage'] as const).flatMap((dimension) => countDefects(defects, dimension)),
  ]
}

interface DefectRow {
  current: boolean
  type: string | null
  severity: string | null
  stage: string | null
  defects: number
}

function countDefects(rows: readonly DefectRow[], dimension: 'type' | 'severity' | 'stage'): CountRow[] {
  const groups = Map.groupBy(rows, (row) => `${row.current} ${row[dimension]}`)
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    if (!first) return []
    const defects = group.reduce((sum, row) => sum + row.defects, 0)
    return {
      dimension,
      current: first.current,
      bucket: 0,
      value: first[dimension],
      inspected: defects,
      defects,
      passed: 0,
      uncovered: 0,
    }
  })
}
