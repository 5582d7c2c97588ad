/** The rate is measured over the last photos, so that it follows a service that becomes faster or slower. */
const MEASURED = 20
/** With fewer, an estimate would be a guess. */
const MIN_MEASURED = 4

/** Adds a finish to the times that `secondsLeft` is computed from. */
export const addFinish = (times: readonly number[], now: number): number[] => [...times.slice(1 - MEASURED), now]

/** Seconds until `open` more photos are finished; null while it is too early to say. */
export function secondsLeft(times: readonly number[], open: number): number | null {
  const first = times[0]
  const last = times.at(-1)
  if (open === 0 || first === undefined || last === undefined || times.length < MIN_MEASURED) return null
  return Math.ceil(((last - first) / (times.length - 1) / 1000) * open)
}
