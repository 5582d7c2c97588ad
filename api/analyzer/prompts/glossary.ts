import type {
  AffectedArea,
  DefectType,
  Ishikawa,
  Language,
  ProductionStage,
  Severity,
} from '../../vocabulary/vocabulary.ts'

type Code = Exclude<DefectType, 'unknown'> | Severity | ProductionStage | AffectedArea | keyof Ishikawa

/** What the codes of the vocabulary are called; a translation must use the words that stand beside it on the page. */
export const TERMS: Readonly<Record<Code, Readonly<Record<Language, string>>>> = {
  blade_scratch: { en: 'blade scratch', 'zh-Hans': '刀身划痕', 'zh-Hant': '刀身刮花' },
  blade_chip: { en: 'blade chip', 'zh-Hans': '刃口崩口', 'zh-Hant': '刃口崩口' },
  edge_irregularity: { en: 'edge irregularity', 'zh-Hans': '刃口不齐', 'zh-Hant': '刃口不齊' },
  handle_crack: { en: 'handle crack', 'zh-Hans': '手柄开裂', 'zh-Hant': '手柄開裂' },
  handle_discoloration: { en: 'handle discolouration', 'zh-Hans': '手柄变色', 'zh-Hant': '手柄變色' },
  weld_defect: { en: 'weld defect', 'zh-Hans': '焊接不良', 'zh-Hant': '焊接不良' },
  polish_defect: { en: 'polish defect', 'zh-Hans': '抛光不良', 'zh-Hant': '拋光不良' },
  rust_spot: { en: 'rust spot', 'zh-Hans': '锈点', 'zh-Hant': '鏽點' },
  dimensional_error: { en: 'dimensional error', 'zh-Hans': '尺寸超差', 'zh-Hant': '尺寸超差' },
  assembly_misalignment: { en: 'assembly misalignment', 'zh-Hans': '装配错位', 'zh-Hant': '裝配錯位' },
  surface_contamination: { en: 'surface contamination', 'zh-Hans': '表面脏污', 'zh-Hant': '表面污漬' },
  heat_treatment_defect: { en: 'heat treatment defect', 'zh-Hans': '热处理不良', 'zh-Hant': '熱處理不良' },
  critical: { en: 'critical', 'zh-Hans': '致命', 'zh-Hant': '致命' },
  major: { en: 'major', 'zh-Hans': '严重', 'zh-Hant': '嚴重' },
  minor: { en: 'minor', 'zh-Hans': '轻微', 'zh-Hant': '輕微' },
  cosmetic: { en: 'cosmetic', 'zh-Hans': '外观', 'zh-Hant': '外觀' },
  blade_stamp: { en: 'blade stamping', 'zh-Hans': '刀片冲压', 'zh-Hant': '刀片沖壓' },
  bolster_welding: { en: 'bolster welding', 'zh-Hans': '刀枕焊接', 'zh-Hant': '刀枕焊接' },
  back_edge_polishing: { en: 'back edge polishing', 'zh-Hans': '刀背抛光', 'zh-Hant': '刀背拋光' },
  taper_grinding: { en: 'taper grinding', 'zh-Hans': '锥度磨削', 'zh-Hant': '錐度磨削' },
  heat_treatment: { en: 'heat treatment', 'zh-Hans': '热处理', 'zh-Hant': '熱處理' },
  vacuum_quench: { en: 'vacuum quench', 'zh-Hans': '真空淬火', 'zh-Hant': '真空淬火' },
  handle_injection: { en: 'handle injection', 'zh-Hans': '手柄注塑', 'zh-Hant': '手柄注塑' },
  rivet_assembly: { en: 'rivet assembly', 'zh-Hans': '铆钉装配', 'zh-Hant': '鉚釘裝配' },
  handle_polishing: { en: 'handle polishing', 'zh-Hans': '手柄抛光', 'zh-Hant': '手柄拋光' },
  blade_glazing: { en: 'blade glazing', 'zh-Hans': '刀面精抛', 'zh-Hant': '刀面精拋' },
  cutting_edge_honing: { en: 'cutting edge honing', 'zh-Hans': '刃口开锋', 'zh-Hant': '刃口開鋒' },
  logo_print: { en: 'logo print', 'zh-Hans': '标志印刷', 'zh-Hant': '標誌印刷' },
  inspection: { en: 'inspection', 'zh-Hans': '检验', 'zh-Hant': '檢驗' },
  packaging: { en: 'packaging', 'zh-Hans': '包装', 'zh-Hant': '包裝' },
  blade: { en: 'blade', 'zh-Hans': '刀身', 'zh-Hant': '刀身' },
  edge: { en: 'edge', 'zh-Hans': '刃口', 'zh-Hant': '刃口' },
  handle: { en: 'handle', 'zh-Hans': '手柄', 'zh-Hant': '手柄' },
  bolster: { en: 'bolster', 'zh-Hans': '刀枕', 'zh-Hant': '刀枕' },
  rivet: { en: 'rivet', 'zh-Hans': '铆钉', 'zh-Hant': '鉚釘' },
  overall: { en: 'whole part', 'zh-Hans': '整件', 'zh-Hant': '整件' },
  machine: { en: 'machine', 'zh-Hans': '设备', 'zh-Hant': '設備' },
  material: { en: 'material', 'zh-Hans': '材料', 'zh-Hant': '材料' },
  method: { en: 'method', 'zh-Hans': '方法', 'zh-Hant': '方法' },
  man: { en: 'man', 'zh-Hans': '人员', 'zh-Hant': '人員' },
  measurement: { en: 'measurement', 'zh-Hans': '测量', 'zh-Hant': '測量' },
  environment: { en: 'environment', 'zh-Hans': '环境', 'zh-Hant': '環境' },
}

/** Terms and what they are called in another language, a line each. */
export const glossary = (from: Language, to: Language): string =>
  Object.values(TERMS)
    .map((term) => `- ${term[from]}: ${term[to]}`)
    .join('\n')
