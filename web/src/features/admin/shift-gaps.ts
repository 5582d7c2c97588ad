import type { ShiftTimes } from '../../api/types.ts'

/** The hours between shifts, as the clock shows them; shifts that overlap have none between them. */
export function gapsOf(shifts: readonly ShiftTimes[]): string[] {
  const sorted = shifts.toSorted((a, b) => a.start.localeCompare(b.start))
  const last = sorted.at(-1)
  if (!last || sorted.some(({ start, end }) => !start || !end)) return []
  return sorted.flatMap(({ start }, index) => {
    const before = sorted[index - 1] ?? last
    const overMidnight = before.end <= before.start
    const free =
      index === 0 ? (overMidnight ? before.end < start : before.end !== start) : !overMidnight && before.end < start
    return free ? [`${before.end} – ${start}`] : []
  })
}
