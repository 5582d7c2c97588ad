import { and, asc, count, desc, eq, gte, inArray, isNotNull, isNull, lt, type SQL, sql } from 'drizzle-orm'
import type { AnalysisRow } from '../../../drizzle/schema.ts'
import { analyses } from '../../../drizzle/schema.ts'
import type { Db } from '../../database/database.ts'
import type { Cursor } from '../../platform/http/cursor.ts'
import { columnsOf, judged } from '../reviews/verdict-source.ts'
import type { Schedules } from '../shifts/settings.ts'
import { ofShift } from '../shifts/sql.ts'
import type { AnalysisFiltersQuery, ListOrder } from './schemas.ts'
import { textCondition } from './search.ts'

/** As the index has it. */
export const effectiveSku = sql`coalesce(${analyses.correctedSku}, ${analyses.productSku})`

/** What came with the photo, and is asked for as a whole. */
const METADATA = {
  part_id: analyses.partId,
  station: analyses.station,
  line_id: analyses.lineId,
  lot: analyses.lot,
  operator: analyses.operator,
}

/** What the filters ask for. `schedules` is needed for a shift only. */
export function conditions(filters: AnalysisFiltersQuery, schedules?: Schedules): SQL[] {
  const { facility, product_sku, defect_detected, defect_type, severity, text, truth = 'final' } = filters
  const word = columnsOf(truth)
  const { verdict, effective_verdict, person_verdict, reviewed, voided } = filters
  const found: SQL[] = []
  const shift = filters.shift?.trim()
  const ofHours = shift && schedules?.knows(shift) ? schedules.of(facility) : undefined
  // With a shift, a border at midnight is that of the days' shifts: the night of the last day is whole.
  const border = (time: string) => ofHours?.borderOf(new Date(time)) ?? new Date(time)
  if (filters.from) found.push(gte(analyses.timestamp, border(filters.from)))
  if (filters.to) found.push(lt(analyses.timestamp, border(filters.to)))
  if (shift && schedules) found.push(ofShift(schedules, shift))
  if (facility) found.push(eq(analyses.facility, facility))
  if (product_sku) found.push(sql`${effectiveSku} = ${product_sku.trim().toUpperCase()}`)
  if (truth === 'human') found.push(judged)
  if (defect_detected !== undefined) found.push(defect_detected ? word.defect : sql`not ${word.defect}`)
  if (defect_type) found.push(sql`${word.type} = ${defect_type}`)
  if (severity) found.push(sql`${word.severity} = ${severity}`)
  if (verdict) found.push(eq(analyses.verdict, verdict))
  if (effective_verdict) found.push(eq(analyses.finalVerdict, effective_verdict))
  if (person_verdict === 'none') {
    found.push(isNull(analyses.reviewedVerdict))
    // Then the final verdict is the analyzer's. Said, so that its index serves.
    if (verdict) found.push(eq(analyses.finalVerdict, verdict))
  } else if (person_verdict) {
    found.push(eq(analyses.reviewedVerdict, person_verdict))
  }
  if (reviewed !== undefined) found.push(reviewed ? isNotNull(analyses.review) : isNull(analyses.review))
  if (voided !== undefined) found.push(voided ? sql`${analyses.voided}` : sql`not ${analyses.voided}`)
  if (filters.waiting !== undefined) found.push(eq(analyses.waiting, filters.waiting))
  if (filters.retake !== undefined) found.push(eq(analyses.toRetake, filters.retake))
  // Only defects have a stage; said, so that their index serves.
  if (filters.probable_stage) {
    found.push(word.defect, eq(analyses.probableStage, filters.probable_stage))
  }
  for (const [name, column] of Object.entries(METADATA)) {
    const value = filters[name as keyof typeof METADATA]?.trim()
    if (value) found.push(eq(column, value))
  }
  const said = text && textCondition(text, word)
  if (said) found.push(said)
  return found
}

/** One page, newest first unless `order` says otherwise. Stable while new rows come in: it goes on from a row, not from a number. */
export async function listAnalyses(
  db: Db,
  filters: AnalysisFiltersQuery,
  page: { limit: number; cursor?: Cursor | undefined; order?: ListOrder | undefined },
  schedules?: Schedules,
): Promise<{ rows: AnalysisRow[]; next: Cursor | null }> {
  const where = conditions(filters, schedules)
  const oldestFirst = page.order === 'oldest'
  const direction = oldestFirst ? asc : desc
  if (page.cursor) {
    const { timestamp, id } = page.cursor
    const behind = sql.raw(oldestFirst ? '>' : '<')
    where.push(
      sql`(${analyses.timestamp}, ${analyses.id}) ${behind} (${timestamp.toISOString()}::timestamptz, ${id}::uuid)`,
    )
  }
  const rows = await db
    .select()
    .from(analyses)
    .where(and(...where))
    .orderBy(direction(analyses.timestamp), direction(analyses.id))
    .limit(page.limit + 1)
  const more = rows.length > page.limit
  const shown = rows.slice(0, page.limit)
  const last = shown.at(-1)
  return { rows: shown, next: more && last ? { timestamp: last.timestamp, id: last.id } : null }
}

/** A count that stops there costs no more than a page. */
const MOST_COUNTED = 10_000

/** How many match, up to 10,000. */
export async function countAnalyses(
  db: Db,
  filters: AnalysisFiltersQuery,
  schedules?: Schedules,
): Promise<{ count: number; more: boolean }> {
  const some = db
    .select({ one: sql`1`.as('one') })
    .from(analyses)
    .where(and(...conditions(filters, schedules)))
    .limit(MOST_COUNTED + 1)
    .as('some')
  const [row] = await db.select({ count: count() }).from(some)
  const found = row?.count ?? 0
  return { count: Math.min(found, MOST_COUNTED), more: found > MOST_COUNTED }
}

/** All that match, newest first, read in pages so that neither memory nor a connection is held. */
export async function* eachAnalysis(
  db: Db,
  filters: AnalysisFiltersQuery,
  schedules?: Schedules,
): AsyncGenerator<AnalysisRow> {
  let cursor: Cursor | null | undefined
  do {
    const page = await listAnalyses(db, filters, { limit: 500, cursor: cursor ?? undefined }, schedules)
    yield* page.rows
    cursor = page.next
  } while (cursor)
}

export async function findAnalysis(db: Db, defectId: string): Promise<AnalysisRow | undefined> {
  const [row] = await db.select().from(analyses).where(eq(analyses.defectId, defectId))
  return row
}

/** Of these image keys, those that a row points to. */
export async function keysWithRow(db: Db, keys: string[]): Promise<Set<string>> {
  const rows = await db.select({ key: analyses.imageS3Key }).from(analyses).where(inArray(analyses.imageS3Key, keys))
  return new Set(rows.map(({ key }) => key))
}
