import type { Facility, FacilityShifts, StoredReportFilters, Truth } from '../../api/types.ts'
import { facilities } from '../../components/codes.ts'
import type { ShiftOfDay } from '../../components/shift-days.ts'
import { truthOf } from '../../components/truths.ts'
import { isDay } from '../../language/formats.ts'

/** What the report is of, as it stands in the page's address. */
export interface Range extends ShiftOfDay {
  facility: Facility
  truth: Truth
}

/** The facility of an address, valid or not. */
export const facilityOf = (params: URLSearchParams): Facility =>
  facilities.find((code) => code === params.get('facility')) ?? 'yangjiang'

/** Without a day, or with one that is none: the shift of the facility that has ended last. */
export function readRange(params: URLSearchParams, { facility, today, last_finished: last }: FacilityShifts): Range {
  const day = params.get('day')?.trim() ?? ''
  const truth = truthOf(params.get('truth'))
  if (isDay(day)) return { facility, day, shift: params.get('shift')?.trim() ?? '', truth }
  return { facility, day: last?.day ?? today, shift: last?.shift ?? '', truth }
}

/** The same for the API. */
export const toQuery = ({ facility, day, shift, truth }: Range): StoredReportFilters => ({
  facility,
  day,
  shift: shift || undefined,
  truth,
})
