import type { FacilityShifts, ShiftTimes } from '../api/types.ts'

/** A shift by the day on which it began. */
export interface ShiftOfDay {
  day: string
  shift: string
}

/** The shifts that begin on a day, in order of time. */
export const shiftsOn = ({ hours }: FacilityShifts, day: string): readonly ShiftTimes[] =>
  hours.find(({ from_day }) => from_day === null || from_day <= day)?.shifts ?? []

/** The day some days later. */
export const plusDays = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10)

/** The shift before or after; of all shifts of a day (an empty text), the day. */
export function neighbourOf(of: FacilityShifts, { day, shift }: ShiftOfDay, step: -1 | 1): ShiftOfDay {
  if (shift === '') return { day: plusDays(day, step), shift }
  const today = shiftsOn(of, day).map(({ name }) => name)
  const index = today.indexOf(shift)
  const inside = index < 0 ? undefined : today[index + step]
  if (inside) return { day, shift: inside }
  const next = plusDays(day, step)
  return { day: next, shift: shiftsOn(of, next).at(step < 0 ? -1 : 0)?.name ?? '' }
}
