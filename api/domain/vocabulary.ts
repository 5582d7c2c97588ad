/**
 * The domain vocabulary as sent over the API. Schemas, prompts and the page all use these codes.
 * Source: the product contract. The quality facts are Wiko's published figures.
 */

export const DEFECT_TYPES = [
  { code: 'blade_scratch', description: 'Scratch on the blade surface' },
  { code: 'blade_chip', description: 'Chip in the blade (critical over 1 mm)' },
  { code: 'edge_irregularity', description: 'Uneven or wavy cutting edge' },
  { code: 'handle_crack', description: 'Crack in the handle' },
  { code: 'handle_discoloration', description: 'Discoloured handle' },
  { code: 'weld_defect', description: 'Faulty bolster weld: pore, gap or splatter' },
  { code: 'polish_defect', description: 'Uneven or missing polish' },
  { code: 'rust_spot', description: 'Rust (always critical: a process failure)' },
  { code: 'dimensional_error', description: 'Shape or size out of tolerance' },
  { code: 'assembly_misalignment', description: 'Parts assembled out of line' },
  { code: 'surface_contamination', description: 'Foreign matter on the surface' },
  { code: 'heat_treatment_defect', description: 'Discolouration or warp from heat treatment' },
  { code: 'unknown', description: 'No defect, or one of no listed type' },
] as const

/** Most severe first. */
export const SEVERITIES = [
  { code: 'critical', description: 'Safety or process failure: stop the line' },
  { code: 'major', description: 'Cannot ship' },
  { code: 'minor', description: 'Ships at a discount; under 2 mm' },
  { code: 'cosmetic', description: 'Within tolerance' },
] as const

/** In production order. */
export const PRODUCTION_STAGES = [
  { code: 'blade_stamp', name: 'Blade stamping', order: 1 },
  { code: 'bolster_welding', name: 'Bolster welding', order: 2 },
  { code: 'back_edge_polishing', name: 'Back edge polishing', order: 3 },
  { code: 'taper_grinding', name: 'Taper grinding', order: 4 },
  { code: 'heat_treatment', name: 'Heat treatment (1000 °C)', order: 5 },
  { code: 'vacuum_quench', name: 'Vacuum quench (1000 to 600 °C in 2 minutes)', order: 6 },
  { code: 'handle_injection', name: 'Handle injection', order: 7 },
  { code: 'rivet_assembly', name: 'Rivet assembly', order: 8 },
  { code: 'handle_polishing', name: 'Handle polishing', order: 9 },
  { code: 'blade_glazing', name: 'Blade glazing', order: 10 },
  { code: 'cutting_edge_honing', name: 'Cutting edge honing', order: 11 },
  { code: 'logo_print', name: 'Logo print', order: 12 },
  { code: 'inspection', name: 'Inspection', order: 13 },
  { code: 'packaging', name: 'Packaging', order: 14 },
] as const

/** `timeZone` defines the days and shifts of the facility. */
export const FACILITIES = [
  {
    code: 'hongkong',
    name: 'Hong Kong',
    location: 'Kwai Chung, Hong Kong',
    role: 'headquarters',
    functions: ['sales', 'management', 'showroom'],
    timeZone: 'Asia/Hong_Kong',
  },
  {
    code: 'shenzhen',
    name: 'Shenzhen',
    location: 'Futian, Shenzhen',
    role: 'support office',
    functions: ['R&D', 'logistics', 'finance'],
    timeZone: 'Asia/Shanghai',
  },
  {
    code: 'yangjiang',
    name: 'Yangjiang',
    location: 'Yangxi County, Yangjiang',
    role: 'production',
    functions: ['R&D', 'production', 'packaging'],
    timeZone: 'Asia/Shanghai',
    capacity: 'over 1 million units a month',
    area_m2: 80_000,
  },
] as const

export const AFFECTED_AREAS = ['blade', 'edge', 'handle', 'bolster', 'rivet', 'overall'] as const

/** BCP 47 tags of the languages in which model texts can be requested. */
export const LANGUAGES = ['en', 'zh-Hans', 'zh-Hant'] as const

/** ok: no defect. ng: defect. review: a person must decide, for one of REVIEW_REASONS. */
export const VERDICTS = ['ok', 'ng', 'review'] as const

/** Why a part could not be judged. */
export const UNJUDGED_REASONS = ['photo_unusable', 'product_not_recognised'] as const

/** Why a person must decide, most important reason first. */
export const REVIEW_REASONS = [...UNJUDGED_REASONS, 'answer_repaired', 'low_confidence'] as const

/** The six cause categories of an Ishikawa diagram. */
export const ISHIKAWA_CATEGORIES = ['machine', 'material', 'method', 'man', 'measurement', 'environment'] as const

/** Wiko's target share of defective parts, in percent. */
export const TARGET_DEFECT_RATE_PERCENT = 0.18

export const QUALITY_FACTS = [
  'Blades are German 1.4116/1.4034 stainless steel at 54-58 HRC.',
  'CATRA initial cutting performance is over 50.',
  'The edge angle tolerance is +-2 degrees.',
  'Blades withstand 1000 h of salt spray.',
  `The target defect rate is ${TARGET_DEFECT_RATE_PERCENT} %.`,
] as const

export type DefectType = (typeof DEFECT_TYPES)[number]['code']
export type Severity = (typeof SEVERITIES)[number]['code']
export type ProductionStage = (typeof PRODUCTION_STAGES)[number]['code']
export type Facility = (typeof FACILITIES)[number]['code']
export type AffectedArea = (typeof AFFECTED_AREAS)[number]
export type Language = (typeof LANGUAGES)[number]
export type UnjudgedReason = (typeof UNJUDGED_REASONS)[number]
export type ReviewReason = (typeof REVIEW_REASONS)[number]
export type VerdictCode = (typeof VERDICTS)[number]
export type Ishikawa = Record<(typeof ISHIKAWA_CATEGORIES)[number], string>

export interface UsualCause {
  stage: ProductionStage
  cause: string
}

/** Usual causes by defect type, from the product contract. Types without an entry have no known usual cause. */
export const USUAL_CAUSES: Partial<Record<DefectType, readonly UsualCause[]>> = {
  rust_spot: [{ stage: 'vacuum_quench', cause: 'vacuum quench outside its cooling window' }],
  edge_irregularity: [
    { stage: 'taper_grinding', cause: 'uneven taper grinding' },
    { stage: 'cutting_edge_honing', cause: 'uneven cutting edge honing' },
  ],
  blade_scratch: [
    { stage: 'blade_glazing', cause: 'scratching during glazing' },
    { stage: 'back_edge_polishing', cause: 'carry-over of coarse grit from polishing' },
  ],
  handle_crack: [{ stage: 'handle_injection', cause: 'stress or cold flow in handle injection' }],
  handle_discoloration: [{ stage: 'handle_injection', cause: 'overheated or contaminated resin in handle injection' }],
  weld_defect: [{ stage: 'bolster_welding', cause: 'unstable bolster welding' }],
  dimensional_error: [{ stage: 'blade_stamp', cause: 'worn or misaligned stamping tools' }],
  polish_defect: [{ stage: 'back_edge_polishing', cause: 'worn polishing wheel' }],
}

/** Sort key: 0 is the most severe. */
export const severityRank = (severity: Severity): number => SEVERITIES.findIndex(({ code }) => code === severity)
