import { dayIn, instantOf, plusDays } from './clock.ts'

/** A shift of a day, in minutes of the facility's clock. An end at or before the start is on the next day. */
export interface ShiftTimes {
  name: string
  start: number
  end: number
}

/** The shifts that begin on `fromDay` and later; an empty text: from the beginning. */
export interface Hours {
  fromDay: string
  shifts: readonly ShiftTimes[]
}

/** A shift that took place: `to` is exclusive. */
export interface ShiftRun {
  /** The day on which it began: the night of 27 November ends on the 28th. */
  day: string
  name: string
  from: Date
  to: Date
}

export const DAY_MINUTES = 1440

/** Beyond these, days of clocks are not written in four digits for sure, and nobody has worked a shift. */
const EARLIEST = new Date('2000-01-01T00:00:00Z')
const LATEST = new Date('2200-01-01T00:00:00Z')

/** What counts where nobody has set hours. */
export const DEFAULT_SHIFTS: readonly ShiftTimes[] = [
  { name: 'day', start: 8 * 60, end: 20 * 60 },
  { name: 'night', start: 20 * 60, end: 8 * 60 },
]

/** In minutes; 24 hours where it ends when it starts. */
export const lengthOf = ({ start, end }: ShiftTimes): number => (end > start ? end - start : end - start + DAY_MINUTES)

export type Schedule = ReturnType<typeof scheduleOf>

/** The shifts of a place with the given clocks. `hours`: the latest first, the last one from the beginning. */
export function scheduleOf(timeZone: string, hours: readonly Hours[]) {
  /** Asked for again and again, and slow by Intl. */
  const known = new Map<string, ShiftRun[]>()
  const knownStarts = new Map<string, Date>()

  const timesOf = (day: string) => hours.find(({ fromDay }) => fromDay <= day)?.shifts ?? []

  const begun = (day: string): ShiftRun[] =>
    timesOf(day)
      .map((times) => ({
        day,
        name: times.name,
        from: instantOf(day, times.start, timeZone),
        to: instantOf(day, times.start + lengthOf(times), timeZone),
      }))
      .toSorted((a, b) => a.from.getTime() - b.from.getTime())

  /** The shifts that began on the day. Where the hours change, the next day's first shift ends the last one. */
  function shiftsOf(day: string): ShiftRun[] {
    let runs = known.get(day)
    if (!runs) {
      const [next] = begun(plusDays(day, 1))
      runs = begun(day).map((run) => (next && next.from < run.to ? { ...run, to: next.from } : run))
      known.set(day, runs)
    }
    return runs
  }

  /** When the shift over midnight has ended; midnight where there is none. */
  function startOf(day: string): Date {
    let start = knownStarts.get(day)
    if (!start) {
      const midnight = instantOf(day, 0, timeZone)
      const last = shiftsOf(plusDays(day, -1)).at(-1)
      start = last && last.to > midnight ? last.to : midnight
      knownStarts.set(day, start)
    }
    return start
  }

  /** The day of the shift that the time is in, and out of all shifts the date. */
  function dayOf(at: Date): string {
    const date = dayIn(at, timeZone)
    return at < startOf(date) ? plusDays(date, -1) : date
  }

  /** Whether a day begins then on the clock. */
  const isMidnight = (at: Date) => dayIn(at, timeZone) !== dayIn(new Date(at.getTime() - 1), timeZone)

  return {
    timeZone,
    hours,
    names: [...new Set(hours.flatMap(({ shifts }) => shifts.map(({ name }) => name)))],
    timesOf,
    shiftsOf,
    startOf,
    dayOf,

    /** The shifts that there were since then, those of the latest hours first. */
    namesSince(at: Date): string[] {
      const oldest = hours.findIndex(({ fromDay }) => fromDay <= dayOf(at))
      return [...new Set(hours.slice(0, oldest + 1).flatMap(({ shifts }) => shifts.map(({ name }) => name)))]
    },

    /** A border at midnight is meant to be that of the days' shifts; every other one stays. */
    borderOf: (at: Date): Date => (at >= EARLIEST && at < LATEST && isMidnight(at) ? startOf(dayIn(at, timeZone)) : at),

    /** The shift that is running then; undefined: between two shifts. */
    shiftAt: (at: Date): ShiftRun | undefined => shiftsOf(dayOf(at)).find(({ from, to }) => from <= at && at < to),

    /** The days that a range touches, in order. */
    daysBetween(from: Date, to: Date): string[] {
      const days: string[] = []
      const last = dayOf(new Date(to.getTime() - 1))
      for (let day = dayOf(from); day <= last; day = plusDays(day, 1)) days.push(day)
      return days
    },

    /** The shift, or the one of that name, that has ended last; undefined where there is none within a week. */
    lastFinished(now: Date, name?: string): ShiftRun | undefined {
      const days = Array.from({ length: 8 }, (_, ago) => plusDays(dayIn(now, timeZone), -ago))
      return days
        .flatMap((day) => shiftsOf(day).toReversed())
        .find((run) => run.to <= now && (name === undefined || run.name === name))
    },
  }
}
