const clocks = new Map<string, Intl.DateTimeFormat>()

/** Local date and time in a time zone, such as 2026-11-23 08:00:00. */
export function clockTime(at: Date, timeZone: string): string {
  let clock = clocks.get(timeZone)
  if (!clock) {
    // The Swedish locale formats dates as ISO 8601.
    clock = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' })
    clocks.set(timeZone, clock)
  }
  return clock.format(at)
}

/** Local date in a time zone, such as 2026-11-23. */
export const dayIn = (at: Date, timeZone: string): string => clockTime(at, timeZone).slice(0, 10)

export function plusDays(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`)
  date.setUTCDate(date.getUTCDate() + days)
  return date.toISOString().slice(0, 10)
}

/** Instant of a local time, given in minutes after midnight. From 1440 on it is on the next day. */
export function instantOf(day: string, minutes: number, timeZone: string): Date {
  const wall = Date.parse(`${day}T00:00:00Z`) + minutes * 60_000
  const offset = (at: number) => Date.parse(`${clockTime(new Date(at), timeZone).replace(' ', 'T')}Z`) - at
  return new Date(wall - offset(wall - offset(wall)))
}
