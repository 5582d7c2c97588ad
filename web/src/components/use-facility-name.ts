import { useQuery } from '@tanstack/react-query'
import { facilitiesQuery } from '../api/queries.ts'
import type { Facility } from '../api/types.ts'

/** The facility's name; its code until the list has come. */
export function useFacilityName(code: Facility): string {
  const { data } = useQuery(facilitiesQuery)
  return data?.find((facility) => facility.code === code)?.name ?? code
}
