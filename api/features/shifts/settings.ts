import { and, desc, eq, gte, sql } from 'drizzle-orm'
import { shiftHours } from '../../../drizzle/schema.ts'
import type { Db } from '../../database/database.ts'
import { FACILITIES, type Facility } from '../../domain/vocabulary.ts'
import { cachedFor } from '../../platform/cached.ts'
import { DEFAULT_SHIFTS, type Hours, type Schedule, type ShiftTimes, scheduleOf } from './schedule.ts'

/** A change by another process counts after this long at the latest. */
const CACHE_MS = 30_000

/** On whose clocks a day begins: of the facility that is asked for, or of where the parts are made. */
export const clockOf = (facility: Facility | undefined) =>
  FACILITIES.find(({ code, role }) => (facility ? code === facility : role === 'production')) ?? FACILITIES[0]

export interface Schedules {
  /** Without a facility: of where the parts are made. */
  of(facility: Facility | undefined): Schedule
  /** Whether a facility has, or had, a shift of that name. */
  knows(name: string): boolean
}

/** Of the hours that each facility has set, the latest first; before them, and where there are none, the default hours count. */
export function schedulesOf(hours: Partial<Record<Facility, readonly Hours[]>>): Schedules {
  const defaults = { fromDay: '', shifts: DEFAULT_SHIFTS }
  const all = new Map<Facility, Schedule>(
    FACILITIES.map(({ code, timeZone }) => [code, scheduleOf(timeZone, [...(hours[code] ?? []), defaults])]),
  )
  return {
    of: (facility) => all.get(clockOf(facility).code) as Schedule,
    knows: (name) => [...all.values()].some(({ names }) => names.includes(name)),
  }
}

export interface SetHours {
  fromDay: string
  shifts: ShiftTimes[]
  person: string
  updatedAt: Date
}

export type ShiftSettings = ReturnType<typeof shiftSettingsOf>

/**
 * The hours of shifts. No result stores its shift: it follows from the hours in force when the result was made. So hours that are changed
 * from a day on leave the shifts before that day as they were, and a change from an earlier day counts for what is stored, too.
 */
export function shiftSettingsOf(db: Db) {
  /** What was set for each facility, the latest first. */
  async function read(): Promise<Map<Facility, SetHours[]>> {
    const { facility, fromDay, startMinute } = shiftHours
    const rows = await db.select().from(shiftHours).orderBy(facility, desc(fromDay), startMinute)
    const all = new Map<Facility, SetHours[]>()
    for (const { facility, fromDay, name, startMinute, endMinute, person, updatedAt } of rows) {
      const set = all.get(facility as Facility) ?? []
      const shift = { name, start: startMinute, end: endMinute }
      const last = set.at(-1)
      if (last?.fromDay === fromDay) last.shifts.push(shift)
      else all.set(facility as Facility, [...set, { fromDay, shifts: [shift], person, updatedAt }])
    }
    return all
  }

  const cached = cachedFor(CACHE_MS, async () => schedulesOf(Object.fromEntries(await read())))

  return {
    list: read,
    schedules: (): Promise<Schedules> => cached.get(),

    /** From the day on, in place of what was set for then and later. Counts here at once. */
    async set(
      facility: Facility,
      fromDay: string,
      shifts: readonly ShiftTimes[],
      by: { person: string; caller: string },
    ): Promise<void> {
      await db.transaction(async (tx) => {
        // One at a time: two sets of hours for one day would mix.
        await tx.execute(sql`select pg_advisory_xact_lock(hashtext('shift_hours'), hashtext(${facility}))`)
        await tx.delete(shiftHours).where(and(eq(shiftHours.facility, facility), gte(shiftHours.fromDay, fromDay)))
        await tx.insert(shiftHours).values(
          shifts.map(({ name, start, end }) => ({
            facility,
            fromDay,
            name,
            startMinute: start,
            endMinute: end,
            ...by,
            updatedAt: new Date(),
          })),
        )
      })
      cached.forget()
    },
  }
}
