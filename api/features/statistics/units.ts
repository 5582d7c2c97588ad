import { and, eq, gte, inArray, lte, or, type SQL, sql } from 'drizzle-orm'
import { inspectedUnits } from '../../../drizzle/schema.ts'
import type { Db, Transaction } from '../../database/database.ts'
import { FACILITIES, type Facility } from '../../domain/vocabulary.ts'
import { ProblemError } from '../../platform/http/problem.ts'
import { plusDays } from '../shifts/clock.ts'
import type { Schedules } from '../shifts/settings.ts'
import type { Period, Range } from './period.ts'
import type { StatisticsFilters } from './schemas.ts'
import { selectedUnits } from './selection.ts'
import type { UnitsBody } from './units-schemas.ts'

/** Numbers entered by hand, summed by what the charts tell apart. */
export interface UnitRow {
  /** Of the period, from 0; without meaning outside it. */
  bucket: number
  sku: string
  /** Empty: not told apart. */
  line: string
  units: number
}

export const totalOf = (rows: readonly UnitRow[]): number => rows.reduce((sum, { units }) => sum + units, 0)

/** What a number can be entered for: a day or a shift of it. */
export interface Span extends Range {
  facility: Facility
  day: string
  /** Empty: all shifts of the day. */
  shift: string
}

/** The days and shifts around the period, and around the one before, that numbers were entered for. */
export async function enteredSpans(tx: Transaction, filters: StatisticsFilters, period: Period): Promise<Span[]> {
  const { facility, day, shift } = inspectedUnits
  const { schedules, previous, to } = period
  const date = (at: Date) => at.toISOString().slice(0, 10)
  const rows = await tx
    .selectDistinct({ facility, day, shift })
    .from(inspectedUnits)
    .where(
      // A day further, whatever the clock.
      and(gte(day, plusDays(date(previous.from), -2)), lte(day, plusDays(date(to), 2)), selectedUnits(filters)),
    )
  return rows.flatMap((row) => {
    const place = row.facility as Facility
    const schedule = schedules.of(place)
    const span = row.shift
      ? schedule.shiftsOf(row.day).find(({ name }) => name === row.shift)
      : { from: schedule.startOf(row.day), to: schedule.startOf(plusDays(row.day, 1)) }
    return span ? [{ facility: place, day: row.day, shift: row.shift, from: span.from, to: span.to }] : []
  })
}

/** Those of the days that the range touches. */
function touched(spans: readonly Span[], schedules: Schedules, { from, to }: Range): Span[] {
  const daysOf = (facility: Facility) => {
    const schedule = schedules.of(facility)
    return { first: schedule.dayOf(from), last: schedule.dayOf(new Date(to.getTime() - 1)) }
  }
  const days = new Map(FACILITIES.map(({ code }) => [code as Facility, daysOf(code)]))
  return spans.filter(({ facility, day }) => {
    const between = days.get(facility)
    return between !== undefined && day >= between.first && day <= between.last
  })
}

/** Whether a number of that day or shift is one of the range: as a whole, or so far. */
const isWhole = ({ from, to }: Span, range: Range, { open, to: until }: Period): boolean =>
  from >= range.from && (to <= range.to || (open && range.to === until))

/** The numbers that were entered for the spans, with the bucket in which they begin. */
function numbers(filters: StatisticsFilters, spans: readonly Span[], starts: readonly Date[]): SQL {
  const { facility, day, shift, lineId, productSku, units } = inspectedUnits
  const column = <T>(of: (span: Span) => T) => sql.param(spans.map(of))
  return sql`
    select ${facility}, ${day}, ${shift}, ${lineId} as line, ${productSku} as sku, ${units}, span.bucket
    from ${inspectedUnits} join unnest(
      ${column((span) => span.facility)}::text[], ${column((span) => span.day)}::date[], ${column((span) => span.shift)}::text[],
      ${column((span) => starts.findLastIndex((start) => start <= span.from))}::int[]
    ) as span (facility, day, shift, bucket)
      on ${facility} = span.facility and ${day} = span.day and ${shift} = span.shift
    where ${selectedUnits(filters) ?? sql`true`}`
}

/** The numbers entered by hand that count in the ranges. */
export function numbersOf(
  filters: StatisticsFilters,
  period: Period,
  entered: readonly Span[],
  ranges: readonly Range[],
): SQL {
  const spans = ranges.flatMap((range) =>
    touched(entered, period.schedules, range).filter((span) => isWhole(span, range, period)),
  )
  return numbers(filters, spans, period.starts)
}

/** The same, summed. */
export async function sumUnits(
  tx: Transaction,
  filters: StatisticsFilters,
  period: Period,
  entered: readonly Span[],
  range: Range,
): Promise<UnitRow[]> {
  if (entered.length === 0) return []
  const { rows } = await tx.execute<UnitRow & Record<string, unknown>>(sql`
    select bucket, sku, line, sum(units)::float8 as units from (${numbersOf(filters, period, entered, [range])}) as number
    group by bucket, sku, line`)
  return rows
}

/** Whether the range cuts a day or a shift that a number was entered for. */
export const cutsNumbers = (entered: readonly Span[], period: Period): boolean =>
  touched(entered, period.schedules, period).some((span) => !isWhole(span, period, period))

type Row = typeof inspectedUnits.$inferSelect
type Place = Pick<Row, 'facility' | 'day' | 'shift' | 'lineId' | 'productSku'>

const show = (row: Row): UnitsBody => ({
  facility: row.facility as Facility,
  day: row.day,
  shift: row.shift,
  line_id: row.lineId,
  product_sku: row.productSku,
  units: row.units,
  person: row.person,
  updated_at: row.updatedAt.toISOString(),
})

const placed = ({ facility, day, shift, lineId, productSku }: Place) =>
  and(
    eq(inspectedUnits.facility, facility),
    eq(inspectedUnits.day, day),
    eq(inspectedUnits.shift, shift),
    eq(inspectedUnits.lineId, lineId),
    eq(inspectedUnits.productSku, productSku),
  )

/** In words, for who has to change it. */
const named = ({ shift, lineId }: Place): string =>
  `${shift ? `shift ${shift}` : 'all shifts'} and ${lineId ? `line ${lineId}` : 'all lines'}`

/** Refuses a number that would count units which another one counts already. */
async function refuseOverlap(tx: Transaction, place: Place): Promise<void> {
  const { facility, day, productSku, shift, lineId } = inspectedUnits
  const [other] = await tx
    .select()
    .from(inspectedUnits)
    .where(
      and(
        eq(facility, place.facility),
        eq(day, place.day),
        eq(productSku, place.productSku),
        // What is told for all shifts is told for each of them; the same of lines.
        place.shift === '' ? undefined : inArray(shift, ['', place.shift]),
        place.lineId === '' ? undefined : inArray(lineId, ['', place.lineId]),
        or(sql`${shift} <> ${place.shift}`, sql`${lineId} <> ${place.lineId}`),
      ),
    )
    .limit(1)
  if (!other) return
  throw new ProblemError(
    409,
    'units-overlap',
    `${other.units} units of ${place.productSku} on ${place.day} are entered for ${named(other)}, which these would count twice. Change or remove that number first`,
  )
}

export interface UnitsFilters {
  facility?: Facility | undefined
  from?: string | undefined
  to?: string | undefined
  product_sku?: string | undefined
}

/** How many were inspected where the photos do not tell. */
export function unitsService(db: Db) {
  return {
    /** The newest days first, at most `limit`. */
    async list({ facility, from, to, product_sku }: UnitsFilters, limit: number): Promise<UnitsBody[]> {
      const { day, shift, lineId, productSku } = inspectedUnits
      const rows = await db
        .select()
        .from(inspectedUnits)
        .where(
          and(
            selectedUnits({ facility, product_sku }),
            from === undefined ? undefined : gte(day, from),
            to === undefined ? undefined : lte(day, to),
          ),
        )
        .orderBy(sql`${day} desc`, inspectedUnits.facility, productSku, lineId, shift)
        .limit(limit)
      return rows.map(show)
    },

    /** Sets or replaces the number. Throws a 409 where another one counts the same units. */
    set: (place: Place, units: number, by: { person: string; caller: string }): Promise<UnitsBody> =>
      db.transaction(async (tx) => {
        // One at a time for a day's product: two that overlap would not see each other.
        const name = `${place.facility} ${place.day} ${place.productSku}`
        await tx.execute(sql`select pg_advisory_xact_lock(hashtext('inspected_units'), hashtext(${name}))`)
        await refuseOverlap(tx, place)
        const values = { units, ...by, updatedAt: new Date() }
        const [row] = await tx
          .insert(inspectedUnits)
          .values({ ...place, ...values })
          .onConflictDoUpdate({
            target: [
              inspectedUnits.facility,
              inspectedUnits.day,
              inspectedUnits.shift,
              inspectedUnits.lineId,
              inspectedUnits.productSku,
            ],
            set: values,
          })
          .returning()
        if (!row) throw new Error('the number was not written')
        return show(row)
      }),

    /** False where there was none. */
    async remove(place: Place): Promise<boolean> {
      const gone = await db.delete(inspectedUnits).where(placed(place)).returning({ day: inspectedUnits.day })
      return gone.length > 0
    },
  }
}
