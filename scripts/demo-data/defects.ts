import type { AffectedArea, DefectType, ProductionStage, Severity } from '../../api/domain/vocabulary.ts'
import type { SampleDefect } from '../../fixtures/sample-parts/drawing.ts'
import { isBadWeek, type Run, UNITS_PER_PART } from './plant.ts'

type Type = Exclude<DefectType, 'unknown'>
type Severities = Partial<Record<Severity, number>>
/** Weights for knives, scissors and pans. */
type Families = { readonly KN?: number; readonly SC?: number; readonly CI?: number }

export interface Kind {
  type: Type
  area: AffectedArea
  stage: ProductionStage
  severities: Severities
  families: Families
  /** Drawn on its pictures; null: it has no place on the part, so a clean part is shown, without a box. */
  drawn: SampleDefect | null
}

const DRAWN: Record<string, SampleDefect | null> = {
  ...{ edge_irregularity: 'blade_chip', dimensional_error: null, assembly_misalignment: null },
}
const kind = (type: Type, area: AffectedArea, stage: ProductionStage, severities: Severities, families: Families) => {
  const drawn = type in DRAWN ? (DRAWN[type] ?? null) : (type as SampleDefect)
  return { type, area, stage, severities, families, drawn }
}

export const KINDS: readonly Kind[] = [
  kind('blade_scratch', 'blade', 'blade_glazing', { major: 2, minor: 6, cosmetic: 2 }, { KN: 26, SC: 24 }),
  kind('polish_defect', 'blade', 'back_edge_polishing', { minor: 7, cosmetic: 3 }, { KN: 14, SC: 16, CI: 24 }),
  kind('edge_irregularity', 'edge', 'taper_grinding', { major: 5, minor: 5 }, { KN: 11 }),
  kind('surface_contamination', 'overall', 'packaging', { minor: 6, cosmetic: 4 }, { KN: 10, SC: 12, CI: 38 }),
  kind('handle_discoloration', 'handle', 'handle_injection', { minor: 6, cosmetic: 4 }, { KN: 8 }),
  kind('blade_chip', 'edge', 'cutting_edge_honing', { critical: 4, major: 5, minor: 1 }, { KN: 7 }),
  kind('weld_defect', 'bolster', 'bolster_welding', { major: 8, minor: 2 }, { KN: 7 }),
  kind('handle_crack', 'handle', 'handle_injection', { critical: 3, major: 7 }, { KN: 5 }),
  kind('dimensional_error', 'overall', 'blade_stamp', { major: 8, minor: 2 }, { KN: 4, SC: 10, CI: 16 }),
  kind('rust_spot', 'blade', 'vacuum_quench', { critical: 1 }, { KN: 3, SC: 5, CI: 12 }),
  kind('heat_treatment_defect', 'blade', 'heat_treatment', { critical: 1, major: 9 }, { KN: 3, SC: 5, CI: 10 }),
  kind('assembly_misalignment', 'rivet', 'rivet_assembly', { major: 6, minor: 4 }, { KN: 2, SC: 28 }),
]
const IN_BAD_WEEK: Partial<Record<Type, number>> = { rust_spot: 45, heat_treatment_defect: 30 }
export const kindOf = (type: Type): Kind => KINDS.find((one) => one.type === type) as Kind

/** Weights of the kinds in a run. */
export function kindsOf(run: Run, days: number): Partial<Record<Type, number>> {
  const family = run.sku.slice(3, 5) as keyof Families
  const factor = (type: Type) => (isBadWeek(run, days) ? (IN_BAD_WEEK[type] ?? 1) : 1)
  return Object.fromEntries(KINDS.map(({ type, families }) => [type, (families[family] ?? 0) * factor(type)]))
}

/** Share of the photographed parts that are defective: around the target of 0.18 % of the inspected units, bad week included. */
export function defectShare(run: Run, days: number): number {
  const rate = run.sku.startsWith('WK-KN') ? 0.14 : 0.19
  const factor = (run.shift === 'night' ? 1.22 : 0.86) * (run.weekday === 1 ? 1.15 : 1)
  return Math.min(0.6, (rate / 100) * UNITS_PER_PART * factor * (isBadWeek(run, days) ? 4.2 : 1))
}
