import type { ReportedAnalysisBody, ShiftReportBody } from './schemas.ts'

type Lots = ShiftReportBody['lots_to_quarantine']

const sorted = (values: Iterable<string | null | undefined>): string[] =>
  [...new Set([...values].flatMap((value) => value || []))].toSorted((a, b) =>
    a.localeCompare(b, 'en', { numeric: true }),
  )

/**
 * The lots that must not leave the plant: those with what stops the line, a critical defect. Parts that came without a lot are one
 * entry at the end, as somebody has to find them by part and line.
 */
export function lotsToQuarantine(defects: readonly ReportedAnalysisBody[]): Lots {
  const lots = Map.groupBy(defects, ({ facility, lot }) => `${facility ?? ''}\n${lot ?? ''}`)
  return [...lots.values()]
    .map((all) => ({ all, critical: all.filter(({ severity }) => severity === 'critical') }))
    .filter(({ critical }) => critical.length > 0)
    .map(({ all, critical }) => ({
      facility: all[0]?.facility ?? null,
      lot: all[0]?.lot || null,
      product_skus: sorted(critical.map(({ product_sku }) => product_sku)),
      line_ids: sorted(critical.map(({ line_id }) => line_id)),
      part_ids: sorted(critical.map(({ part_id }) => part_id)),
      critical: critical.length,
      defects: all.length,
    }))
    .toSorted((a, b) => Number(a.lot === null) - Number(b.lot === null) || b.critical - a.critical)
}
