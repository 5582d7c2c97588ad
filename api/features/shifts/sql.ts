import { eq, type SQL, sql } from 'drizzle-orm'
import { analyses } from '../../../drizzle/schema.ts'
import { FACILITIES } from '../../domain/vocabulary.ts'
import { lengthOf, type Schedule, type ShiftTimes } from './schedule.ts'
import type { Schedules } from './settings.ts'

/** As PostgreSQL reads a time of day; 24:00 is one. */
const timeOf = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`

interface Times {
  times: ShiftTimes
  /** True of the rows of the shift. */
  inside: SQL
  /** The day on which it began. */
  day: SQL
}

/** Each shift of the schedule, the latest hours first: the first that a row is inside is its own. */
function timesOf({ timeZone, hours }: Schedule): Times[] {
  return hours.flatMap(({ fromDay, shifts }, index) => {
    const until = hours[index - 1]?.fromDay
    return shifts.map((times) => {
      // The clock set back by the start of the shift: its date is the day of the shift, its time how long the shift has run.
      const since = sql`(${analyses.timestamp} at time zone ${timeZone} - ${`${times.start} minutes`}::interval)`
      const day = sql`${since}::date`
      const inside = sql`${since}::time < ${timeOf(lengthOf(times))}::time
        ${fromDay ? sql`and ${day} >= ${fromDay}::date` : sql``} ${until ? sql`and ${day} < ${until}::date` : sql``}`
      return { times, inside, day }
    })
  })
}

const join = (parts: SQL[]) => sql.join(parts, sql` `)

/** Told by facility, as each has its own hours and clock. */
const byFacility = (of: (code: (typeof FACILITIES)[number]) => SQL) =>
  sql`case ${analyses.facility} ${join(FACILITIES.map((facility) => sql`when ${facility.code} then ${of(facility)}`))} end`

/**
 * The shift of an analysis, by the hours that were in force when it was made; null out of all shifts. What came with the photo is another
 * thing: a word that the line wrote on it.
 */
export const shiftOf = (schedules: Schedules): SQL =>
  byFacility(({ code }) => {
    const all = timesOf(schedules.of(code))
    return sql`case ${join(all.map(({ times, inside }) => sql`when ${inside} then ${times.name}`))} end`
  })

/** The day on which the shift of an analysis began; out of all shifts its date. */
export const shiftDayOf = (schedules: Schedules): SQL =>
  byFacility(({ code }) => {
    const schedule = schedules.of(code)
    const all = timesOf(schedule)
    const date = sql`(${analyses.timestamp} at time zone ${schedule.timeZone})::date`
    return sql`case ${join(all.map(({ inside, day }) => sql`when ${inside} then ${day}`))} else ${date} end`
  })

/**
 * The analyses of a shift. A name that no facility has hours of is looked for in what came with the photo, as clients did before there were
 * hours.
 */
export const ofShift = (schedules: Schedules, name: string): SQL =>
  schedules.knows(name) ? sql`${shiftOf(schedules)} = ${name}` : eq(analyses.shift, name)
