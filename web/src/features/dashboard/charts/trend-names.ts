import type { Statistics, TrendPoint } from '../../../api/types.ts'
import type { Formats } from '../../../language/formats.ts'

/** The name of a point on the clocks of the facility. */
export function nameOf(point: TrendPoint, { bucket, time_zone }: Statistics, formats: Formats): string {
  if (bucket === 'hour') return formats.hour(point.start, time_zone)
  const day = formats.utcDay(point.day)
  if (bucket === 'shift') return `${day} ${point.shift ?? '–'}`
  return point.last_day === point.day ? day : `${day} – ${formats.day(`${point.last_day}T12:00:00Z`, 'UTC')}`
}
