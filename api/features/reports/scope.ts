import { badField } from '../../platform/http/problem.ts'
import { dayIn, plusDays } from '../shifts/clock.ts'
import type { Schedule } from '../shifts/schedule.ts'
import type { Schedules } from '../shifts/settings.ts'
import type { StoredReportFilters } from './schemas.ts'

const DAY_MS = 86_400_000
/** A shift report is of shifts: longer ranges belong to the CSV. */
const MAX_REPORT_DAYS = 31

export interface ReportScope extends Omit<StoredReportFilters, 'from' | 'to' | 'day'> {
  from: Date
  to: Date
  /** Null: the range was given by its borders. */
  day: string | null
}

function ofDay(
  schedule: Schedule,
  day: string,
  filters: Omit<StoredReportFilters, 'from' | 'to' | 'day'>,
): ReportScope {
  const { facility, shift } = filters
  const runs = schedule.shiftsOf(day)
  if (!shift) {
    return { ...filters, day, from: schedule.startOf(day), to: schedule.startOf(plusDays(day, 1)) }
  }
  const run = runs.find(({ name }) => name === shift)
  if (!run) {
    throw badField('shift', `is none of ${facility} on ${day}; there are ${runs.map(({ name }) => name).join(', ')}`)
  }
  return { ...filters, day, from: run.from, to: run.to }
}

/**
 * What a report is of: a day of a facility or a shift of it, by the day on which it began; a range by its borders, as older clients ask;
 * or, with the facility alone, the shift that has ended last.
 */
export function scopeOf(asked: StoredReportFilters, schedules: Schedules, now = new Date()): ReportScope {
  const { day, from, to, ...filters } = asked
  const { facility, shift } = filters
  const schedule = schedules.of(facility)
  if (day) {
    if (!facility) throw badField('facility', 'is missing: day goes with it')
    if (day < '2000-01-01') throw badField('day', 'must not be before 2000-01-01')
    const today = dayIn(now, schedule.timeZone)
    if (day > today) throw badField('day', `must not be in the future: at ${facility} it is ${today}`)
    if (from || to) throw badField('day', 'goes without from and to: leave out one of them')
    return ofDay(schedule, day, filters)
  }
  if (facility && !from && !to) {
    const last = schedule.lastFinished(now, shift)
    if (!last) throw badField('shift', `has not ended at ${facility} within the last week; name the day, too`)
    return ofDay(schedule, last.day, { ...filters, shift: last.name })
  }
  if (!from || !to)
    throw badField('analyses', 'is missing: send analyses, or facility and day, or from and to for stored ones')
  // With a shift, a border at midnight is that of the days' shifts: the night of the last day is whole.
  const border = (time: string) =>
    shift && schedules.knows(shift) ? schedule.borderOf(new Date(time)) : new Date(time)
  const scope = { ...filters, day: null, from: border(from), to: border(to) }
  if (!(scope.to > scope.from)) throw badField('to', 'must be later than from')
  if (scope.to.getTime() - scope.from.getTime() > MAX_REPORT_DAYS * DAY_MS) {
    throw badField('to', `must be at most ${MAX_REPORT_DAYS} days after from`)
  }
  return scope
}
