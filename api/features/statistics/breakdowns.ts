import { type DefectType, PRODUCTION_STAGES, SEVERITIES } from '../../domain/vocabulary.ts'
import type { CountRow } from './counts.ts'
import { type Counts, mostDefects, NONE, percent, perUnits, rated } from './rates.ts'
import type { StatisticsBody } from './schemas.ts'
import type { UnitRow } from './units.ts'

type Breakdowns = Pick<StatisticsBody, 'by_defect_type' | 'by_stage' | 'by_severity' | 'by_sku' | 'by_line'>
type Value = string | null

const MAX_LINES = 50

/** Counts by value; Without `units`: of photos or parts, which are their own denominators. Most defects first. */
function countsBy(rows: readonly CountRow[], units: readonly [Value, number][] | undefined): [Value, Counts][] {
  const found = new Map<Value, Counts>(rows.map((row) => [row.value, row]))
  const entered = new Map<Value, number>()
  for (const [value, number] of units ?? []) entered.set(value, (entered.get(value) ?? 0) + number)
  const counts: [Value, Counts][] = units
    ? [...entered].map(([value, number]) => [value, perUnits(found.get(value) ?? NONE, number)])
    : [...found]
  return counts.toSorted(([, a], [, b]) => mostDefects(a, b))
}

/** The defects of the range by type, stage and severity, and the rates by product and line. `units` of basis unit, else null. */
export function breakdownsOf(rows: readonly CountRow[], units: readonly UnitRow[] | null): Breakdowns {
  const of = (dimension: CountRow['dimension']) => rows.filter((row) => row.current && row.dimension === dimension)
  const defectsOf = (dimension: CountRow['dimension'], value: Value) =>
    of(dimension).find((row) => row.value === value)?.defects ?? 0
  const types = of('type')
    .filter(({ defects }) => defects > 0)
    .toSorted(mostDefects)
  const all = types.reduce((sum, { defects }) => sum + defects, 0)
  const share = (defects: number) => ({ defects, share_percent: percent(defects, all) })
  let cumulative = 0
  return {
    by_defect_type: types.map(({ value, defects }) => {
      cumulative += defects
      return {
        defect_type: (value ?? 'unknown') as DefectType,
        ...share(defects),
        cumulative_percent: percent(cumulative, all),
      }
    }),
    by_stage: [...PRODUCTION_STAGES.map(({ code }) => code), null]
      .map((stage) => ({ stage, ...share(defectsOf('stage', stage)) }))
      .filter(({ defects }) => defects > 0),
    by_severity: SEVERITIES.map(({ code }) => ({ severity: code, ...share(defectsOf('severity', code)) })),
    by_sku: countsBy(
      of('sku'),
      units?.map<[Value, number]>(({ sku, units }) => [sku, units]),
    ).map(([sku, counts]) => ({
      product_sku: sku ?? '',
      ...rated(counts),
    })),
    by_line: countsBy(
      of('line'),
      units?.map<[Value, number]>(({ line, units }) => [line || null, units]),
    )
      .slice(0, MAX_LINES)
      .map(([line, counts]) => ({ line_id: line, ...rated(counts) })),
  }
}
