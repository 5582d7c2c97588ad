import type { Facility } from '../api/types.ts'
import { useFacilityTime } from './use-facility-time.ts'

interface FacilityTimeProps {
  iso: string
  facility: Facility
  className?: string
}

/** When something happened, on the clocks of the facility where it did. */
export function FacilityTime({ iso, facility, className }: FacilityTimeProps) {
  const format = useFacilityTime(facility)
  return (
    <time dateTime={iso} className={className}>
      {format(iso)}
    </time>
  )
}
