import type { AffectedArea, DefectType, ProductionStage, Severity } from '../../api/vocabulary/vocabulary.ts'
import type { SampleDefect } from '../../fixtures/sample-parts/drawing.ts'
import { type Run, UNITS_PER_PART } from './plant.ts'

/** A defect as it comes from the line; the words for it are in texts.ts. */
export interface DefectKind {
  type: Exclude<DefectType, 'unknown'>
  area: AffectedArea
  /** Weights. */
  severities: readonly (readonly [Severity, number])[]
  stages: readonly (readonly [ProductionStage, number])[]
  /** What is drawn on its pictures; null: it has no place on the part, so a clean part is shown, and no box. */
  drawn: SampleDefect | null
}

export const DEFECT_KINDS: readonly DefectKind[] = [
  {
    type: 'blade_scratch',
    area: 'blade',
    severities: [
      ['major', 2],
      ['minor', 6],
      ['cosmetic', 2],
    ],
    stages: [
      ['blade_glazing', 7],
      ['back_edge_polishing', 3],
    ],
    drawn: 'blade_scratch',
  },
  {
    type: 'blade_chip',
    area: 'edge',
    severities: [
      ['critical', 4],
      ['major', 5],
      ['minor', 1],
    ],
    stages: [['cutting_edge_honing', 1]],
    drawn: 'blade_chip',
  },
  {
    type: 'edge_irregularity',
    area: 'edge',
    severities: [
      ['major', 5],
      ['minor', 5],
    ],
    stages: [
      ['taper_grinding', 6],
      ['cutting_edge_honing', 4],
    ],
    drawn: 'blade_chip',
  },
  {
    type: 'handle_crack',
    area: 'handle',
    severities: [
      ['critical', 3],
      ['major', 7],
    ],
    stages: [['handle_injection', 1]],
    drawn: 'handle_crack',
  },
  {
    type: 'handle_discoloration',
    area: 'handle',
    severities: [
      ['minor', 6],
      ['cosmetic', 4],
    ],
    stages: [['handle_injection', 1]],
    drawn: 'handle_discoloration',
  },
  {
    type: 'weld_defect',
    area: 'bolster',
    severities: [
      ['major', 8],
      ['minor', 2],
    ],
    stages: [['bolster_welding', 1]],
    drawn: 'weld_defect',
  },
  {
    type: 'polish_defect',
    area: 'blade',
    severities: [
      ['major', 1],
      ['minor', 6],
      ['cosmetic', 3],
    ],
    stages: [
      ['back_edge_polishing', 6],
      ['handle_polishing', 4],
    ],
    drawn: 'polish_defect',
  },
  {
    type: 'rust_spot',
    area: 'blade',
    severities: [['critical', 1]],
    stages: [['vacuum_quench', 1]],
    drawn: 'rust_spot',
  },
  {
    type: 'dimensional_error',
    area: 'overall',
    severities: [
      ['major', 8],
      ['minor', 2],
    ],
    stages: [['blade_stamp', 1]],
    drawn: null,
  },
  {
    type: 'assembly_misalignment',
    area: 'rivet',
    severities: [
      ['major', 6],
      ['minor', 4],
    ],
    stages: [['rivet_assembly', 1]],
    drawn: null,
  },
  {
    type: 'surface_contamination',
    area: 'overall',
    severities: [
      ['major', 1],
      ['minor', 5],
      ['cosmetic', 4],
    ],
    stages: [
      ['packaging', 4],
      ['logo_print', 3],
      ['inspection', 3],
    ],
    drawn: 'surface_contamination',
  },
  {
    type: 'heat_treatment_defect',
    area: 'blade',
    severities: [
      ['critical', 1],
      ['major', 8],
      ['minor', 1],
    ],
    stages: [
      ['heat_treatment', 6],
      ['vacuum_quench', 4],
    ],
    drawn: 'heat_treatment_defect',
  },
]

type Weights = Partial<Record<DefectKind['type'], number>>
const OF_KNIVES: Weights = {
  blade_scratch: 26,
  polish_defect: 14,
  edge_irregularity: 11,
  surface_contamination: 10,
  handle_discoloration: 8,
  blade_chip: 7,
  weld_defect: 7,
  handle_crack: 5,
  dimensional_error: 4,
  rust_spot: 3,
  heat_treatment_defect: 3,
  assembly_misalignment: 2,
}
const OF_SCISSORS: Weights = {
  assembly_misalignment: 28,
  blade_scratch: 24,
  polish_defect: 16,
  surface_contamination: 12,
  dimensional_error: 10,
  rust_spot: 5,
  heat_treatment_defect: 5,
}
const OF_PANS: Weights = {
  surface_contamination: 38,
  polish_defect: 24,
  dimensional_error: 16,
  rust_spot: 12,
  heat_treatment_defect: 10,
}

/** Defective parts of all units, in percent, by product: together with the bad week, around the target of 0.18. */
const RATE_PERCENT: Record<string, number> = {
  'WK-KN-200': 0.16,
  'WK-KN-150': 0.14,
  'WK-KN-100': 0.11,
  'WK-SC-200': 0.21,
  'WK-CI-200': 0.15,
  'WK-CI-280': 0.19,
}

/** The quench chamber's vacuum leaks for seven days, in the middle of the time shown; the knives and scissors go through it. */
export const isBadWeek = (
  { facility, daysAgo, sku }: Pick<Run, 'facility' | 'daysAgo' | 'sku'>,
  days: number,
): boolean => {
  const first = Math.floor(days * 0.42)
  return (
    facility === 'yangjiang' && !sku.startsWith('WK-CI') && daysAgo >= first && daysAgo < first + Math.min(7, days / 4)
  )
}

/** Share of the photographed parts that are defective: all defective ones are photographed. */
export function defectShare(run: Run, days: number): number {
  const night = run.shift === 'night' ? 1.22 : 0.86
  const monday = run.weekday === 1 ? 1.15 : 1
  const bad = isBadWeek(run, days) ? 4.2 : 1
  return Math.min(0.6, ((RATE_PERCENT[run.sku] ?? 0.18) / 100) * UNITS_PER_PART * night * monday * bad)
}

/** Kinds of defects that a run has, weighted. */
export function kindsOf(run: Run, days: number): (readonly [DefectKind, number])[] {
  const weights = run.sku.startsWith('WK-KN') ? OF_KNIVES : run.sku.startsWith('WK-SC') ? OF_SCISSORS : OF_PANS
  const bad = isBadWeek(run, days)
  return DEFECT_KINDS.flatMap((kind) => {
    const weight = weights[kind.type]
    if (weight === undefined) return []
    const factor = bad ? ({ rust_spot: 45, heat_treatment_defect: 30 }[kind.type as string] ?? 1) : 1
    return [[kind, weight * factor] as const]
  })
}
