import { queryOptions } from '@tanstack/react-query'
import { bodyOf, client } from './client.ts'
import type { FacilityShifts, ShiftHoursChange } from './types.ts'

/** The hours of all facilities' shifts; which one has ended last changes with time. */
export const shiftsQuery = queryOptions({
  queryKey: ['shifts'],
  queryFn: async ({ signal }) => (await bodyOf(client.GET('/api/v1/shifts', { signal }))).facilities,
  staleTime: 60_000,
})

export const setShifts = async (body: ShiftHoursChange): Promise<FacilityShifts[]> =>
  (await bodyOf(client.PUT('/api/v1/shifts', { body }))).facilities
