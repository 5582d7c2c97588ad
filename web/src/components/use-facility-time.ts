import { useQuery } from '@tanstack/react-query'
import { facilitiesQuery } from '../api/queries.ts'
import type { Facility } from '../api/types.ts'
import { useFormats } from '../language/use-language.ts'

/** Writes times on the clocks of a facility; empty until the list of facilities has come. */
export function useFacilityTime(code: Facility): (iso: string) => string {
  const { data, isPending } = useQuery(facilitiesQuery)
  const formats = useFormats()
  const timeZone = data?.find((facility) => facility.code === code)?.time_zone
  return (iso) => (isPending ? '' : formats.time(iso, timeZone))
}
