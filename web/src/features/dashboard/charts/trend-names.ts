import type { Statistics, TrendPoint } from '../../../api/types.ts'
import type { Formats } from '../../../language/formats.ts'

interface Words {
  formats: Formats
  shiftName: (name: string) => string
}

/** The name of a point, in the facility's time zone. */
export function nameOf(point: TrendPoint, { bucket, time_zone }: Statistics, { formats, shiftName }: Words): string {
  if (bucket === 'hour') return formats.hour(point.start, time_zone)
  const day = formats.utcDay(point.day)
  if (bucket === 'shift') return `${day} ${point.shift === null ? '–' : shiftName(point.shift)}`
  return point.last_day === point.day ? day : `${day} – ${formats.day(`${point.last_day}T12:00:00Z`, 'UTC')}`
}
