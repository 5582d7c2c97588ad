import type { Facility, HistoryFilters } from '../../api/types.ts'
import { defectTypes, facilities, severities } from '../../components/codes.ts'
import { startOfDay } from '../../language/formats.ts'

export const FILTER_NAMES = ['from', 'to', 'facility', 'product', 'defect', 'type', 'severity', 'text'] as const
export type FilterName = (typeof FILTER_NAMES)[number]

/** The filters as they stand in the page's address; empty texts where not set. */
export type Filters = Record<FilterName, string>

/** A day as the date input has it. Years before 2000 only occur while somebody types. */
export const isDay = (text: string): boolean => /^2\d{3}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text))

export const readFilters = (params: URLSearchParams): Filters =>
  Object.fromEntries(FILTER_NAMES.map((name) => [name, params.get(name)?.trim() ?? ''])) as Filters

const oneOf = <Code extends string>(codes: readonly Code[], text: string): Code | undefined =>
  codes.find((code) => code === text)

interface Place {
  code: Facility
  role: string
  time_zone: string
}

/** Where the days of the filters are counted: at the facility that is asked for, or where the parts are made. */
function zoneOf(facility: string, places: readonly Place[]): string | undefined {
  const asked = places.find(({ code }) => code === facility) ?? places.find(({ role }) => role === 'production')
  return asked?.time_zone
}

/** The same for the API. What is not valid, in an address typed by hand, is left out. */
export function toQuery(filters: Filters, places: readonly Place[]): HistoryFilters {
  const { from, to, facility, product, defect, type, severity, text } = filters
  const zone = zoneOf(facility, places)
  return {
    from: isDay(from) ? startOfDay(from, zone).toISOString() : undefined,
    to: isDay(to) ? startOfDay(to, zone, 1).toISOString() : undefined,
    facility: oneOf(facilities, facility),
    product_sku: product || undefined,
    defect_detected: { yes: true, no: false }[defect],
    defect_type: oneOf(defectTypes, type),
    severity: oneOf(severities, severity),
    text: text || undefined,
  }
}
