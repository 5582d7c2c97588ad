import type { AffectedArea, DefectType, Ishikawa, Severity, Stage, Verdict } from '../api/types.ts'

/** What the codes of the vocabulary are called on the page. A code that is added to the API and not here fails the type check. */
export const defectTypeNames: Record<DefectType, string> = {
  blade_scratch: 'Blade scratch',
  blade_chip: 'Blade chip',
  edge_irregularity: 'Edge irregularity',
  handle_crack: 'Handle crack',
  handle_discoloration: 'Handle discolouration',
  weld_defect: 'Weld defect',
  polish_defect: 'Polish defect',
  rust_spot: 'Rust spot',
  dimensional_error: 'Dimensional error',
  assembly_misalignment: 'Assembly misalignment',
  surface_contamination: 'Surface contamination',
  heat_treatment_defect: 'Heat treatment defect',
  unknown: 'Unlisted defect',
}

export const severityNames: Record<Severity, { name: string; meaning: string }> = {
  critical: { name: 'Critical', meaning: 'Safety or process failure: stop the line' },
  major: { name: 'Major', meaning: 'Cannot ship' },
  minor: { name: 'Minor', meaning: 'Ships at a discount' },
  cosmetic: { name: 'Cosmetic', meaning: 'Within tolerance' },
}

export const verdictNames: Record<Verdict, { name: string; meaning: string }> = {
  ok: { name: 'OK', meaning: 'No defect found' },
  ng: { name: 'NG', meaning: 'Defect found' },
  review: { name: 'Review', meaning: 'A person must look at this' },
}

export const areaNames: Record<AffectedArea, string> = {
  blade: 'Blade',
  edge: 'Edge',
  handle: 'Handle',
  bolster: 'Bolster',
  rivet: 'Rivet',
  overall: 'Whole part',
}

export const stageNames: Record<Stage, string> = {
  blade_stamp: 'Blade stamping',
  bolster_welding: 'Bolster welding',
  back_edge_polishing: 'Back edge polishing',
  taper_grinding: 'Taper grinding',
  heat_treatment: 'Heat treatment',
  vacuum_quench: 'Vacuum quench',
  handle_injection: 'Handle injection',
  rivet_assembly: 'Rivet assembly',
  handle_polishing: 'Handle polishing',
  blade_glazing: 'Blade glazing',
  cutting_edge_honing: 'Cutting edge honing',
  logo_print: 'Logo print',
  inspection: 'Inspection',
  packaging: 'Packaging',
}

export const ishikawaNames: Record<keyof Ishikawa, string> = {
  machine: 'Machine',
  material: 'Material',
  method: 'Method',
  man: 'Man',
  measurement: 'Measurement',
  environment: 'Environment',
}

/** The codes of a list of names, in its order. */
export const codesOf = <Code extends string>(names: Record<Code, unknown>): Code[] => Object.keys(names) as Code[]
