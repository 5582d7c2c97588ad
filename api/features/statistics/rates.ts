/** What was inspected, and what became of it. */
export interface Counts {
  inspected: number
  defects: number
  /** Verdict ok at once. */
  passed: number
}

export const NONE: Counts = { inspected: 0, defects: 0, passed: 0 }

/** Part of the whole in percent, four decimals; null of nothing. */
export const percent = (part: number, whole: number): number | null =>
  whole === 0 ? null : Number(((100 * part) / whole).toFixed(4))

/** The same of a share that is one already. */
export const asPercent = (share: number | null): number | null => (share === null ? null : percent(share, 1))

/** By inspected units: all that were not found bad have passed. */
export const perUnits = (found: Counts, units: number): Counts => ({
  inspected: units,
  defects: found.defects,
  passed: Math.max(0, units - (found.inspected - found.passed)),
})

export const rated = ({ inspected, defects }: Counts) => ({
  inspected,
  defects,
  defect_rate_percent: percent(defects, inspected),
})

export const mostDefects = (a: Counts, b: Counts): number => b.defects - a.defects || b.inspected - a.inspected
