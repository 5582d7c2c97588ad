import { eq, type SQL, sql } from 'drizzle-orm'
import { analyses } from '../../../drizzle/schema.ts'
import { FACILITIES } from '../../domain/vocabulary.ts'
import { lengthOf, type Schedule, type ShiftTimes } from './schedule.ts'
import type { Schedules } from './settings.ts'

/** Formats a PostgreSQL time of day; 24:00 is valid. */
const timeOf = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`

interface Times {
  times: ShiftTimes
  /** Condition for the rows of the shift. */
  inside: SQL
  /** Day on which the shift began. */
  day: SQL
}

/** All shifts of the schedule, latest hours first. A row belongs to the first one whose condition it meets. */
function timesOf({ timeZone, hours }: Schedule): Times[] {
  return hours.flatMap(({ fromDay, shifts }, index) => {
    const until = hours[index - 1]?.fromDay
    return shifts.map((times) => {
      // Local time minus the start of the shift: the date is the day of the shift, the time how long it has run.
      const since = sql`(${analyses.timestamp} at time zone ${timeZone} - ${`${times.start} minutes`}::interval)`
      const day = sql`${since}::date`
      const inside = sql`${since}::time < ${timeOf(lengthOf(times))}::time
        ${fromDay ? sql`and ${day} >= ${fromDay}::date` : sql``} ${until ? sql`and ${day} < ${until}::date` : sql``}`
      return { times, inside, day }
    })
  })
}

const join = (parts: SQL[]) => sql.join(parts, sql` `)

/** Selects by facility, because hours and time zones differ. */
const byFacility = (of: (code: (typeof FACILITIES)[number]) => SQL) =>
  sql`case ${analyses.facility} ${join(FACILITIES.map((facility) => sql`when ${facility.code} then ${of(facility)}`))} end`

/**
 * The shift of an analysis, by the hours in force at its time; null outside all shifts. It is independent of the free-text shift
 * that clients may send with a photo.
 */
export const shiftOf = (schedules: Schedules): SQL =>
  byFacility(({ code }) => {
    const all = timesOf(schedules.of(code))
    return sql`case ${join(all.map(({ times, inside }) => sql`when ${inside} then ${times.name}`))} end`
  })

/** The day on which the shift of an analysis began; outside all shifts, the local date. */
export const shiftDayOf = (schedules: Schedules): SQL =>
  byFacility(({ code }) => {
    const schedule = schedules.of(code)
    const all = timesOf(schedule)
    const date = sql`(${analyses.timestamp} at time zone ${schedule.timeZone})::date`
    return sql`case ${join(all.map(({ inside, day }) => sql`when ${inside} then ${day}`))} else ${date} end`
  })

/**
 * Condition for the analyses of a shift. A name without hours is compared with the shift sent with the photo, for clients older
 * than shift hours.
 */
export const ofShift = (schedules: Schedules, name: string): SQL =>
  schedules.knows(name) ? sql`${shiftOf(schedules)} = ${name}` : eq(analyses.shift, name)
