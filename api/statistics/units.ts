import { and, eq, gte, inArray, lte, or, sql } from 'drizzle-orm'
import { inspectedUnits } from '../../drizzle/schema.ts'
import type { Db, Transaction } from '../database/database.ts'
import { ProblemError } from '../http/problem.ts'
import type { Facility } from '../vocabulary/vocabulary.ts'
import { dayIn, type Period, type Range } from './period.ts'
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

/** The numbers of the days that the range touches. */
export async function sumUnits(
  tx: Transaction,
  filters: StatisticsFilters,
  { timeZone, starts, from }: Period,
  range: Range,
): Promise<UnitRow[]> {
  const { day, productSku, lineId, units } = inspectedUnits
  const borders = `{${starts.map((at) => at.toISOString()).join(',')}}`
  // A range may begin in the middle of its first day.
  const begin = sql`greatest(${day}::timestamp at time zone ${timeZone}, ${from.toISOString()}::timestamptz)`
  return tx
    .select({
      bucket: sql<number>`width_bucket(${begin}, ${borders}::timestamptz[]) - 1`,
      sku: productSku,
      line: lineId,
      units: sql<number>`sum(${units})::float8`,
    })
    .from(inspectedUnits)
    .where(
      and(
        gte(day, dayIn(range.from, timeZone)),
        lte(day, dayIn(new Date(range.to.getTime() - 1), timeZone)),
        selectedUnits(filters),
      ),
    )
    .groupBy(sql`1`, productSku, lineId)
}

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
