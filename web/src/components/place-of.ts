import type { Facility } from '../api/types.ts'

export interface Place {
  code: Facility
  role: string
  time_zone: string
}

/** The facility whose clock decides where the days of a filter begin: the one asked for, or else where the parts are made. */
export const placeOf = (facility: string, places: readonly Place[]): Place | undefined =>
  places.find(({ code }) => code === facility) ?? places.find(({ role }) => role === 'production')
