import type { HistoryFilters } from '../../api/types.ts'
import { defectTypes, facilities, severities, stages, verdicts } from '../../components/codes.ts'
import { type Place, placeOf } from '../../components/place-of.ts'
import { truthOf } from '../../components/truths.ts'
import { dayIn, isDay, startOfDay } from '../../language/formats.ts'

/** What is asked for often, and what stands behind "More filters". */
export const MAIN_FILTERS = ['from', 'to', 'facility', 'product', 'verdict', 'type', 'severity', 'text'] as const
export const MORE_FILTERS = [
  'truth',
  'model',
  'defect',
  'reviewed',
  'voided',
  'waiting',
  'retake',
  'stage',
  'line',
  'station',
  'shift',
  'lot',
  'operator',
  'part',
] as const
export const FILTER_NAMES = [...MAIN_FILTERS, ...MORE_FILTERS]
export type FilterName = (typeof FILTER_NAMES)[number]

/** The filters as they stand in the page's address; empty texts where not set. */
export type Filters = Record<FilterName, string>

/** Where a list can begin: behind a day, or before a moment. */
export const isStart = (text: string): boolean =>
  isDay(text) || (/^2\d{3}-\d\d-\d\dT[\d:.]+Z$/.test(text) && !Number.isNaN(Date.parse(text)))

export const readFilters = (params: URLSearchParams): Filters =>
  Object.fromEntries(FILTER_NAMES.map((name) => [name, params.get(name)?.trim() ?? ''])) as Filters

const oneOf = <Code extends string>(codes: readonly Code[], text: string): Code | undefined =>
  codes.find((code) => code === text)

const YES_NO: Record<string, boolean | undefined> = { yes: true, no: false }

const zoneOf = (facility: string, places: readonly Place[]): string | undefined => placeOf(facility, places)?.time_zone

/** The end of a day of the filters, as the API has it. */
export const endOfDay = (day: string, facility: string, places: readonly Place[]): string =>
  startOfDay(day, zoneOf(facility, places), 1).toISOString()

/** The day, of the filters, of the results just before a moment. */
export const dayBefore = (moment: string, facility: string, places: readonly Place[]): string =>
  dayIn(new Date(Date.parse(moment) - 1).toISOString(), zoneOf(facility, places))

/** The query of a list that begins at a day or moment instead of with the newest. It is no filter: count and CSV include what is newer. */
export function listedQuery(
  query: HistoryFilters,
  at: string,
  facility: string,
  places: readonly Place[],
): HistoryFilters {
  const before = isDay(at) ? endOfDay(at, facility, places) : at
  return before && (!query.to || before < query.to) ? { ...query, to: before } : query
}

/** The same for the API. What is not valid, in an address typed by hand, is left out. */
export function toQuery(filters: Filters, places: readonly Place[]): HistoryFilters {
  const { from, to, facility, type, severity } = filters
  const truth = filters.truth ? truthOf(filters.truth) : undefined
  const verdict = oneOf(verdicts, filters.verdict)
  const model = oneOf(verdicts, filters.model)
  return {
    from: isDay(from) ? startOfDay(from, zoneOf(facility, places)).toISOString() : undefined,
    to: isDay(to) ? endOfDay(to, facility, places) : undefined,
    facility: oneOf(facilities, facility),
    product_sku: filters.product || undefined,
    truth,
    // By the word that all other filters go by, which the list shows.
    ...(truth === 'ai' ? { verdict: verdict ?? model } : { effective_verdict: verdict, verdict: model }),
    defect_type: oneOf(defectTypes, type),
    severity: oneOf(severities, severity),
    text: filters.text || undefined,
    defect_detected: YES_NO[filters.defect],
    reviewed: YES_NO[filters.reviewed],
    voided: YES_NO[filters.voided],
    waiting: YES_NO[filters.waiting],
    retake: YES_NO[filters.retake],
    probable_stage: oneOf(stages, filters.stage),
    line_id: filters.line || undefined,
    station: filters.station || undefined,
    shift: filters.shift || undefined,
    lot: filters.lot || undefined,
    operator: filters.operator || undefined,
    part_id: filters.part || undefined,
  }
}
