import { cleanText } from '../../domain/text.ts'
import { badField } from '../../platform/http/problem.ts'
import { DAY_MINUTES, lengthOf, type ShiftTimes } from './schedule.ts'
import type { ShiftBody } from './schemas.ts'

export const timeOf = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`

const minutesOf = (time: string): number => {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return hours * 60 + minutes
}

export const toBody = ({ name, start, end }: ShiftTimes): ShiftBody => ({
  name,
  start: timeOf(start),
  end: timeOf(end),
})

const describe = (shift: ShiftTimes): string => `${shift.name} (${timeOf(shift.start)} to ${timeOf(shift.end)})`

/** Validates the shifts of a day and sorts them by start. Throws a 400 problem if names repeat or hours overlap. */
export function checkedShifts(sent: readonly ShiftBody[]): ShiftTimes[] {
  const shifts = sent
    .map(({ name, start, end }) => ({ name: cleanText(name).trim(), start: minutesOf(start), end: minutesOf(end) }))
    .toSorted((a, b) => a.start - b.start)
  for (const [index, shift] of shifts.entries()) {
    if (shift.name === '') throw badField('shifts', 'must each have a name')
    const same = shifts.find((other, at) => at > index && other.name.toLowerCase() === shift.name.toLowerCase())
    if (same) throw badField('shifts', `must have different names: ${shift.name} is used twice`)
    const next = shifts[index + 1] ?? shifts[0]
    // Minutes until the next shift starts, which may be the first shift of the next day.
    const room = next && next !== shift ? (next.start - shift.start + DAY_MINUTES) % DAY_MINUTES : DAY_MINUTES
    if (next && lengthOf(shift) > room) {
      throw badField('shifts', `must not overlap: ${describe(shift)} has not ended when ${describe(next)} starts`)
    }
  }
  return shifts
}
