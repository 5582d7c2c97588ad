import type { Language } from '../api/types.ts'
import { localeOf } from './languages.ts'

/** Difference of a zone's clock from UTC at a time, in milliseconds. */
export function zoneOffset(time: number, timeZone: string | undefined): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(time)
  const part = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((each) => each.type === type)?.value)
  const clock = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'))
  return clock - Math.floor(time / 1000) * 1000
}

export interface Formats {
  /** Date and time on the clocks of a time zone (undefined: the reader's); the zone is named where the reader's clock differs. */
  time: (iso: string, timeZone: string | undefined) => string
  /** A day such as "2026-11-23", as it is. */
  utcDay: (day: string) => string
  share: (share: number) => string
  /** A value that is in percent already, to two decimals. */
  percent: (value: number) => string
  /** Without the year. */
  day: (iso: string, timeZone: string | undefined) => string
  /** Day and hour, without the year. */
  hour: (iso: string, timeZone: string | undefined) => string
  number: (value: number) => string
  seconds: (milliseconds: number) => string
  dollars: (value: number) => string
  /** US dollars to the cent. */
  money: (value: number) => string
  /** A file size in binary units, as the service counts its limit. */
  bytes: (bytes: number) => string
  /** "a, b or c" */
  either: (items: readonly string[]) => string
}

function createFormats(locale: string): Formats {
  const share = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 })
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 2 })
  const number = new Intl.NumberFormat(locale)
  const money = new Intl.NumberFormat(locale, { style: 'currency', currency: 'USD' })
  const tenths = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 })
  const dollars = new Intl.NumberFormat(locale, { style: 'currency', currency: 'USD', maximumFractionDigits: 4 })
  const megabytes = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 })
  const either = new Intl.ListFormat(locale, { type: 'disjunction' })
  const utcDay = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', month: 'short', day: 'numeric' })
  const clocks = new Map<string, Intl.DateTimeFormat>()
  const short = (timeZone: string | undefined, hour: '2-digit' | undefined): Intl.DateTimeFormat => {
    const key = `${timeZone} short ${hour}`
    const known = clocks.get(key)
    if (known) return known
    const minute = hour
    const made = new Intl.DateTimeFormat(locale, {
      timeZone,
      month: 'short',
      day: 'numeric',
      hour,
      minute,
      hourCycle: 'h23',
    })
    clocks.set(key, made)
    return made
  }
  const clock = (timeZone: string | undefined, named: boolean): Intl.DateTimeFormat => {
    const key = `${timeZone} ${named}`
    const known = clocks.get(key)
    if (known) return known
    const made = new Intl.DateTimeFormat(locale, {
      timeZone,
      year: 'numeric',
      month: 'short',
      day: 'numeric',
      hour: 'numeric',
      minute: '2-digit',
      timeZoneName: named ? 'short' : undefined,
    })
    clocks.set(key, made)
    return made
  }
  return {
    time: (iso, timeZone) => {
      const at = Date.parse(iso)
      return clock(timeZone, zoneOffset(at, timeZone) !== zoneOffset(at, undefined)).format(at)
    },
    utcDay: (day) => utcDay.format(Date.parse(day)),
    share: share.format,
    percent: (value) => percent.format(value / 100),
    day: (iso, timeZone) => short(timeZone, undefined).format(Date.parse(iso)),
    hour: (iso, timeZone) => short(timeZone, '2-digit').format(Date.parse(iso)),
    number: number.format,
    seconds: (milliseconds) => `${tenths.format(milliseconds / 1000)} s`,
    dollars: dollars.format,
    money: money.format,
    bytes: (bytes) => {
      if (bytes < 1024) return `${bytes} B`
      if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} KB`
      return `${megabytes.format(bytes / 1024 / 1024)} MB`
    },
    // Intl sets no space between Chinese and Latin script; the page does.
    either: (items) =>
      either
        .formatToParts(items)
        .map(({ value }) => (value === '或' ? ' 或 ' : value))
        .join(''),
  }
}

const made = new Map<Language, Formats>()

/** Intl's formatters are slow to make: each is made once. */
export function formatsOf(language: Language): Formats {
  const known = made.get(language) ?? createFormats(localeOf(language))
  made.set(language, known)
  return known
}

/** Start of a day ("2026-11-23") of a time zone, or of a day some days later. */
export function startOfDay(day: string, timeZone: string | undefined, plusDays = 0): Date {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const midnight = Date.UTC(year, month - 1, date + plusDays)
  return new Date(midnight - zoneOffset(midnight - zoneOffset(midnight, timeZone), timeZone))
}

/** The date of a moment on the clocks of a time zone, as "2026-11-23". */
export const dayIn = (iso: string, timeZone: string | undefined): string =>
  // Swedish writes dates as ISO 8601 does.
  new Intl.DateTimeFormat('sv-SE', { timeZone }).format(Date.parse(iso))
