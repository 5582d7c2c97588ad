import { and, desc, eq, gte, sql } from 'drizzle-orm'
import { shiftHours } from '../../../drizzle/schema.ts'
import type { Db } from '../../database/database.ts'
import { FACILITIES, type Facility } from '../../domain/vocabulary.ts'
import { cachedFor } from '../../platform/cached.ts'
import { DEFAULT_SHIFTS, type Hours, type Schedule, type ShiftTimes, scheduleOf } from './schedule.ts'

/** Maximum delay until a change by another process takes effect. */
const CACHE_MS = 30_000

/** The facility whose time zone applies: the requested one, or else the production site. */
export const clockOf = (facility: Facility | undefined) =>
  FACILITIES.find(({ code, role }) => (facility ? code === facility : role === 'production')) ?? FACILITIES[0]

export interface Schedules {
  /** Without a facility: the schedule of the production site. */
  of(facility: Facility | undefined): Schedule
  /** Whether any facility has or had a shift of that name. */
  knows(name: string): boolean
}

/** Builds the schedules from the hours set by each facility, latest first. Before those, the default hours apply. */
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
 * Settings of the shift hours. Results do not store their shift; it is derived from the hours in force at their time. A change
 * from a given day on therefore keeps earlier shifts as they were, and a change in the past also applies to stored results.
 */
export function shiftSettingsOf(db: Db) {
  /** The hours set for each facility, latest first. */
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

    /** Replaces the hours from the day on. Takes effect at once in this process. */
    async set(
      facility: Facility,
      fromDay: string,
      shifts: readonly ShiftTimes[],
      by: { person: string; caller: string },
    ): Promise<void> {
      await db.transaction(async (tx) => {
        // Serialise changes, so that two sets of hours for the same day cannot mix.
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
