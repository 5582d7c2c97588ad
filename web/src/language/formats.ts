import type { Language } from '../api/types.ts'
import { localeOf } from './languages.ts'

/** Intl's formatters are slow to make, tens of milliseconds for the first on a phone: each is made when it is first needed, and once. */
function once<Made>(make: () => Made): () => Made {
  let made: { value: Made } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

/** The same for what differs by a key, such as a time zone. */
function onceFor<Key, Made>(make: (key: Key) => Made): (key: Key) => Made {
  const all = new Map<Key, () => Made>()
  return (key) => {
    const one = all.get(key) ?? once(() => make(key))
    all.set(key, one)
    return one()
  }
}

const clockOf = onceFor(
  (timeZone: string | undefined) =>
    new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    }),
)

/** Difference of a zone's clock from UTC at a time, in milliseconds. */
export function zoneOffset(time: number, timeZone: string | undefined): number {
  const parts = clockOf(timeZone).formatToParts(time)
  const part = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((each) => each.type === type)?.value)
  const clock = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'))
  return clock - Math.floor(time / 1000) * 1000
}

export interface Formats {
  /** Date and time on the clocks of a time zone (undefined: the reader's); the zone is named where the reader's clock differs. */
  time: (iso: string, timeZone: string | undefined) => string
  /** The same with seconds. */
  exactTime: (iso: string, timeZone: string | undefined) => string
  /** A day such as "2026-11-23", as it is, with the year. */
  date: (day: string) => string
  /** The same without the year. */
  utcDay: (day: string) => string
  share: (share: number) => string
  /** A value that is in percent already, to two decimals. */
  percent: (value: number) => string
  /** Without the year. */
  day: (iso: string, timeZone: string | undefined) => string
  /** Day and hour, without the year. */
  hour: (iso: string, timeZone: string | undefined) => string
  /** Hour and minute. */
  clock: (iso: string, timeZone: string | undefined) => string
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
  const numbers = (options?: Intl.NumberFormatOptions) => once(() => new Intl.NumberFormat(locale, options))
  const share = numbers({ style: 'percent', maximumFractionDigits: 0 })
  const percent = numbers({ style: 'percent', maximumFractionDigits: 2 })
  const number = numbers()
  const money = numbers({ style: 'currency', currency: 'USD' })
  const dollars = numbers({ style: 'currency', currency: 'USD', maximumFractionDigits: 4 })
  const tenths = numbers({ minimumFractionDigits: 1, maximumFractionDigits: 1 })
  const megabytes = numbers({ maximumFractionDigits: 1 })
  const either = once(() => new Intl.ListFormat(locale, { type: 'disjunction' }))

  const dates = (options: Intl.DateTimeFormatOptions) =>
    onceFor((timeZone: string | undefined) => new Intl.DateTimeFormat(locale, { timeZone, ...options }))
  const date = dates({ year: 'numeric', month: 'short', day: 'numeric' })
  const day = dates({ month: 'short', day: 'numeric' })
  const hour = dates({ month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  const clock = dates({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  const full = {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  } as const
  const time = dates(full)
  const zonedTime = dates({ ...full, timeZoneName: 'short' })
  const exact = { ...full, second: '2-digit' } as const
  const exactTime = dates(exact)
  const exactZonedTime = dates({ ...exact, timeZoneName: 'short' })
  const inZone = (plain: typeof time, zoned: typeof time) => (iso: string, timeZone: string | undefined) => {
    const at = Date.parse(iso)
    const format = zoneOffset(at, timeZone) === zoneOffset(at, undefined) ? plain : zoned
    return format(timeZone).format(at)
  }

  return {
    time: inZone(time, zonedTime),
    exactTime: inZone(exactTime, exactZonedTime),
    date: (iso) => date('UTC').format(Date.parse(iso)),
    utcDay: (iso) => day('UTC').format(Date.parse(iso)),
    share: (value) => share().format(value),
    percent: (value) => percent().format(value / 100),
    day: (iso, timeZone) => day(timeZone).format(Date.parse(iso)),
    hour: (iso, timeZone) => hour(timeZone).format(Date.parse(iso)),
    clock: (iso, timeZone) => clock(timeZone).format(Date.parse(iso)),
    number: (value) => number().format(value),
    seconds: (milliseconds) => `${tenths().format(milliseconds / 1000)} s`,
    dollars: (value) => dollars().format(value),
    money: (value) => money().format(value),
    bytes: (bytes) => {
      if (bytes < 1024) return `${bytes} B`
      if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} KB`
      return `${megabytes().format(bytes / 1024 / 1024)} MB`
    },
    // Intl sets no space between Chinese and Latin script; the page does.
    either: (items) =>
      either()
        .formatToParts(items)
        .map(({ value }) => (value === '或' ? ' 或 ' : value))
        .join(''),
  }
}

/** How a language of the page writes dates, numbers and lists. */
export const formatsOf = onceFor((language: Language) => createFormats(localeOf(language)))

/** Start of a day ("2026-11-23") of a time zone, or of a day some days later. */
export function startOfDay(day: string, timeZone: string | undefined, plusDays = 0): Date {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const midnight = Date.UTC(year, month - 1, date + plusDays)
  return new Date(midnight - zoneOffset(midnight - zoneOffset(midnight, timeZone), timeZone))
}

// Swedish writes dates as ISO 8601 does.
const isoDays = onceFor((timeZone: string | undefined) => new Intl.DateTimeFormat('sv-SE', { timeZone }))

/** The date of a moment on the clocks of a time zone, as "2026-11-23". */
export const dayIn = (iso: string, timeZone: string | undefined): string => isoDays(timeZone).format(Date.parse(iso))

/** A day as the date input has it. Years before 2000 only occur while somebody types. */
export const isDay = (text: string): boolean => /^2\d{3}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text))
