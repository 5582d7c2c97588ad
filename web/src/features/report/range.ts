import type { Facility, StoredReportFilters, Truth } from '../../api/types.ts'
import { facilities } from '../../components/codes.ts'
import { truthOf } from '../../components/truths.ts'
import { dayIn, startOfDay } from '../../language/formats.ts'

const DAY_MS = 86_400_000

/** What the report is of, as it stands in the page's address. */
export interface Range {
  facility: Facility
  day: string
  /** Hours as 08:00; empty: the whole day. */
  from: string
  to: string
  shift: string
  truth: Truth
}

const isDay = (text: string): boolean => /^2\d{3}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text))
const isHour = (text: string): boolean => /^([01]\d|2[0-3]):[0-5]\d$/.test(text)

/** What is not valid, in an address typed by hand, is left out: the plant's day of today. */
export function readRange(params: URLSearchParams, zoneOf: (facility: Facility) => string | undefined): Range {
  const text = (name: string, valid: (text: string) => boolean = () => true) => {
    const value = params.get(name)?.trim() ?? ''
    return valid(value) ? value : ''
  }
  const facility = facilities.find((code) => code === text('facility')) ?? 'yangjiang'
  return {
    facility,
    day: text('day', isDay) || dayIn(new Date().toISOString(), zoneOf(facility)),
    from: text('from', isHour),
    to: text('to', isHour),
    shift: text('shift'),
    truth: truthOf(params.get('truth')),
  }
}

/** The same for the API. An end before the beginning is on the next day. */
export function toQuery(
  { facility, day, from, to, shift, truth }: Range,
  timeZone: string | undefined,
): StoredReportFilters {
  const at = (hour: string, plusDays: number) => {
    const [hours = 0, minutes = 0] = hour.split(':').map(Number)
    return new Date(startOfDay(day, timeZone, plusDays).getTime() + (hours * 60 + minutes) * 60_000)
  }
  const begin = at(from || '00:00', 0)
  const sameDay = to ? at(to, 0) : at('00:00', 1)
  const end = sameDay > begin ? sameDay : new Date(sameDay.getTime() + DAY_MS)
  return { facility, from: begin.toISOString(), to: end.toISOString(), shift: shift || undefined, truth }
}
