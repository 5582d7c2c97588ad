import type { HistoryFilters } from '../../api/types.ts'
import { codesOf, defectTypeNames, severityNames } from '../../components/vocabulary-texts.ts'

export const FILTER_NAMES = ['from', 'to', 'facility', 'product', 'defect', 'type', 'severity', 'text'] as const
export type FilterName = (typeof FILTER_NAMES)[number]

/** The filters as they stand in the page's address; empty texts where not set. */
export type Filters = Record<FilterName, string>

/** A day as the date input has it. Years before 2000 only occur while somebody types. */
export const isDay = (text: string): boolean => /^2\d{3}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text))

export const readFilters = (params: URLSearchParams): Filters =>
  Object.fromEntries(FILTER_NAMES.map((name) => [name, params.get(name)?.trim() ?? ''])) as Filters

/** Start of a day of the reader's time zone, or of the day after it. */
function startOfDay(day: string, plusDays = 0): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  return new Date(year, month - 1, date + plusDays).toISOString()
}

const oneOf = <Code extends string>(codes: readonly Code[], text: string): Code | undefined =>
  codes.find((code) => code === text)

/** The same for the API. What is not valid, in an address typed by hand, is left out. */
export function toQuery(filters: Filters): HistoryFilters {
  const { from, to, facility, product, defect, type, severity, text } = filters
  return {
    from: isDay(from) ? startOfDay(from) : undefined,
    to: isDay(to) ? startOfDay(to, 1) : undefined,
    facility: oneOf(['hongkong', 'shenzhen', 'yangjiang'] as const, facility),
    product_sku: product || undefined,
    defect_detected: { yes: true, no: false }[defect],
    defect_type: oneOf(codesOf(defectTypeNames), type),
    severity: oneOf(codesOf(severityNames), severity),
    text: text || undefined,
  }
}
