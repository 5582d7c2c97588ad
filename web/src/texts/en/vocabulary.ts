import { advice } from '../../../../api/domain/photo-advice/en.ts'
import type {
  AffectedArea,
  DefectType,
  Facility,
  Info,
  Ishikawa,
  ReviewReason,
  Severity,
  Stage,
  Verdict,
} from '../../api/types.ts'

interface Meaning {
  name: string
  meaning: string
}

const defectTypes: Record<DefectType, string> = {
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

const severities: Record<Severity, Meaning> = {
  critical: { name: 'Critical', meaning: 'Safety or process failure: stop the line' },
  major: { name: 'Major', meaning: 'Cannot ship' },
  minor: { name: 'Minor', meaning: 'Ships at a discount' },
  cosmetic: { name: 'Cosmetic', meaning: 'Within tolerance' },
}

const verdicts: Record<Verdict, Meaning> = {
  ok: { name: 'OK', meaning: 'No defect found' },
  ng: { name: 'NG', meaning: 'Defect found' },
  review: { name: 'Review', meaning: 'A person must look at this' },
}

/** Why a person must look. */
const reviewReasons: Record<ReviewReason, string> = {
  photo_unusable: 'Cannot judge: take the photo again',
  product_not_recognised: 'Cannot judge: product not recognised',
  answer_repaired: 'The answer of the analyzer broke a rule and was mended',
  low_confidence: 'The analyzer is not sure enough',
}

const areas: Record<AffectedArea, string> = {
  blade: 'Blade',
  edge: 'Edge',
  handle: 'Handle',
  bolster: 'Bolster',
  rivet: 'Rivet',
  overall: 'Whole part',
}

const stages: Record<Stage, string> = {
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

/** In the order in which the plant says them: 人机料法环测. */
const ishikawa: Record<keyof Ishikawa, string> = {
  man: 'Man',
  machine: 'Machine',
  material: 'Material',
  method: 'Method',
  environment: 'Environment',
  measurement: 'Measurement',
}

const facilities: Record<Facility, string> = {
  hongkong: 'Hong Kong',
  shenzhen: 'Shenzhen',
  yangjiang: 'Yangjiang',
}

const analyzers: Record<Info['analyzer']['kind'], string> = {
  azure: 'AI model (Azure)',
  local: 'Local analyzer',
}

/** Products by the name that the configuration gives them; a name that is not here is shown as it is. */
const products: Record<string, string> = {}

/** What the codes of the vocabulary are called on the page. A code that is added to the API and not here fails the type check. */
export const vocabulary = {
  defectTypes,
  severities,
  verdicts,
  reviewReasons,
  photoFaults: advice,
  areas,
  stages,
  ishikawa,
  facilities,
  analyzers,
  products,
}
