import { dayIn, instantOf, plusDays } from './clock.ts'

/** A shift, in minutes after local midnight. An end at or before the start is on the next day. */
export interface ShiftTimes {
  name: string
  start: number
  end: number
}

/** Shifts in force from `fromDay` on. An empty `fromDay` has no lower bound. */
export interface Hours {
  fromDay: string
  shifts: readonly ShiftTimes[]
}

/** One occurrence of a shift. `to` is exclusive. */
export interface ShiftRun {
  /** The day on which it began: the night shift of 27 November ends on the 28th. */
  day: string
  name: string
  from: Date
  to: Date
}

export const DAY_MINUTES = 1440

/** Outside this range, years may not have four digits, and no shift can have taken place. */
const EARLIEST = new Date('2000-01-01T00:00:00Z')
const LATEST = new Date('2200-01-01T00:00:00Z')

/** In force until hours are set. */
export const DEFAULT_SHIFTS: readonly ShiftTimes[] = [
  { name: 'day', start: 8 * 60, end: 20 * 60 },
  { name: 'night', start: 20 * 60, end: 8 * 60 },
]

/** Length in minutes; 24 hours if start and end are equal. */
export const lengthOf = ({ start, end }: ShiftTimes): number => (end > start ? end - start : end - start + DAY_MINUTES)

export type Schedule = ReturnType<typeof scheduleOf>

/** Shift schedule of a facility. `hours` are ordered latest first; the last entry has no lower bound. */
export function scheduleOf(timeZone: string, hours: readonly Hours[]) {
  /** Cached, because time zone conversion by Intl is slow. */
  const cache = new Map<string, ShiftRun[]>()
  const startsCache = new Map<string, Date>()

  const timesOf = (day: string) => hours.find(({ fromDay }) => fromDay <= day)?.shifts ?? []

  const startingOn = (day: string): ShiftRun[] =>
    timesOf(day)
      .map((times) => ({
        day,
        name: times.name,
        from: instantOf(day, times.start, timeZone),
        to: instantOf(day, times.start + lengthOf(times), timeZone),
      }))
      .toSorted((a, b) => a.from.getTime() - b.from.getTime())

  /** Shifts that began on the day. If the hours change, the first shift of the next day cuts off the last one. */
  function shiftsOf(day: string): ShiftRun[] {
    let runs = cache.get(day)
    if (!runs) {
      const [next] = startingOn(plusDays(day, 1))
      runs = startingOn(day).map((run) => (next && next.from < run.to ? { ...run, to: next.from } : run))
      cache.set(day, runs)
    }
    return runs
  }

  /** When the day's shifts begin: the end of the shift that spans midnight, or midnight if there is none. */
  function startOf(day: string): Date {
    let start = startsCache.get(day)
    if (!start) {
      const midnight = instantOf(day, 0, timeZone)
      const last = shiftsOf(plusDays(day, -1)).at(-1)
      start = last && last.to > midnight ? last.to : midnight
      startsCache.set(day, start)
    }
    return start
  }

  /** The day of the shift in progress; outside all shifts, the calendar date. */
  function dayOf(at: Date): string {
    const date = dayIn(at, timeZone)
    return at < startOf(date) ? plusDays(date, -1) : date
  }

  const isMidnight = (at: Date) => dayIn(at, timeZone) !== dayIn(new Date(at.getTime() - 1), timeZone)

  return {
    timeZone,
    hours,
    names: [...new Set(hours.flatMap(({ shifts }) => shifts.map(({ name }) => name)))],
    timesOf,
    shiftsOf,
    startOf,
    dayOf,

    /** Names of the shifts in force since then, those of the latest hours first. */
    namesSince(at: Date): string[] {
      const oldest = hours.findIndex(({ fromDay }) => fromDay <= dayOf(at))
      return [...new Set(hours.slice(0, oldest + 1).flatMap(({ shifts }) => shifts.map(({ name }) => name)))]
    },

    /** Moves a period boundary at local midnight to the start of that day's shifts. Other boundaries are kept. */
    borderOf: (at: Date): Date => (at >= EARLIEST && at < LATEST && isMidnight(at) ? startOf(dayIn(at, timeZone)) : at),

    /** The shift in progress; undefined outside all shifts. */
    shiftAt: (at: Date): ShiftRun | undefined => shiftsOf(dayOf(at)).find(({ from, to }) => from <= at && at < to),

    /** The days that a range overlaps, in order. */
    daysBetween(from: Date, to: Date): string[] {
      const days: string[] = []
      const last = dayOf(new Date(to.getTime() - 1))
      for (let day = dayOf(from); day <= last; day = plusDays(day, 1)) days.push(day)
      return days
    },

    /** The shift (of that name, if given) that ended last; undefined if none ended within a week. */
    lastFinished(now: Date, name?: string): ShiftRun | undefined {
      const days = Array.from({ length: 8 }, (_, ago) => plusDays(dayIn(now, timeZone), -ago))
      return days
        .flatMap((day) => shiftsOf(day).toReversed())
        .find((run) => run.to <= now && (name === undefined || run.name === name))
    },
  }
}
