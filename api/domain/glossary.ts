import type { AffectedArea, DefectType, Ishikawa, Language, ProductionStage, Severity } from './vocabulary.ts'

export type Term = Readonly<Record<Language, string>> & {
  /** Synonyms that texts must not use, except in a language where the word is the term itself. */
  readonly avoid?: readonly string[]
}

type Code = Exclude<DefectType, 'unknown'> | Severity | ProductionStage | AffectedArea | keyof Ishikawa

/** Names of the vocabulary's codes on the page, in prompts and in the local analyzer. A test checks that all of them agree. */
export const TERMS: Readonly<Record<Code, Term>> = {
  blade_scratch: { en: 'blade scratch', 'zh-Hans': '刀身划痕', 'zh-Hant': '刀身刮花' },
  blade_chip: { en: 'blade chip', 'zh-Hans': '崩刃', 'zh-Hant': '崩口', avoid: ['崩口', '崩刃'] },
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
  blade_stamp: { en: 'blade stamping', 'zh-Hans': '刀坯冲压', 'zh-Hant': '刀坯沖壓', avoid: ['刀片冲压', '刀片沖壓'] },
  bolster_welding: { en: 'bolster welding', 'zh-Hans': '刀枕焊接', 'zh-Hant': '刀枕焊接' },
  back_edge_polishing: { en: 'back edge polishing', 'zh-Hans': '刀背抛光', 'zh-Hant': '刀背拋光' },
  taper_grinding: {
    en: 'taper grinding',
    'zh-Hans': '刀身斜面磨削（开坡）',
    'zh-Hant': '刀身斜面磨削（開坡）',
    avoid: ['锥度', '錐度'],
  },
  heat_treatment: { en: 'heat treatment', 'zh-Hans': '热处理', 'zh-Hant': '熱處理' },
  vacuum_quench: { en: 'vacuum quench', 'zh-Hans': '真空淬火', 'zh-Hant': '真空淬火' },
  handle_injection: { en: 'handle injection', 'zh-Hans': '手柄注塑', 'zh-Hant': '手柄注塑' },
  rivet_assembly: { en: 'rivet assembly', 'zh-Hans': '铆钉装配', 'zh-Hant': '鉚釘裝配' },
  handle_polishing: { en: 'handle polishing', 'zh-Hans': '手柄抛光', 'zh-Hant': '手柄拋光' },
  blade_glazing: { en: 'blade glazing', 'zh-Hans': '刀面精抛', 'zh-Hant': '刀面精拋' },
  cutting_edge_honing: { en: 'cutting edge honing', 'zh-Hans': '开刃', 'zh-Hant': '開刃', avoid: ['开锋', '開鋒'] },
  logo_print: { en: 'logo print', 'zh-Hans': '标志印刷', 'zh-Hant': '標誌印刷' },
  inspection: { en: 'inspection', 'zh-Hans': '检验', 'zh-Hant': '檢驗' },
  packaging: { en: 'packaging', 'zh-Hans': '包装', 'zh-Hant': '包裝' },
  blade: { en: 'blade', 'zh-Hans': '刀身', 'zh-Hant': '刀身' },
  edge: { en: 'edge', 'zh-Hans': '刃口', 'zh-Hant': '刃口' },
  handle: { en: 'handle', 'zh-Hans': '手柄', 'zh-Hant': '手柄' },
  bolster: { en: 'bolster', 'zh-Hans': '刀枕', 'zh-Hant': '刀枕' },
  rivet: { en: 'rivet', 'zh-Hans': '铆钉', 'zh-Hant': '鉚釘' },
  overall: { en: 'whole part', 'zh-Hans': '整件', 'zh-Hant': '整件' },
  man: { en: 'man', 'zh-Hans': '人员', 'zh-Hant': '人員' },
  machine: { en: 'machine', 'zh-Hans': '设备', 'zh-Hant': '設備' },
  material: { en: 'material', 'zh-Hans': '材料', 'zh-Hant': '材料' },
  method: { en: 'method', 'zh-Hans': '方法', 'zh-Hant': '方法' },
  environment: { en: 'environment', 'zh-Hans': '环境', 'zh-Hant': '環境' },
  measurement: { en: 'measurement', 'zh-Hans': '测量', 'zh-Hant': '測量' },
}

/** Domain terms that have no code. */
export const TRADE_WORDS: readonly Term[] = [
  { en: 'review', 'zh-Hans': '复判', 'zh-Hant': '覆核', avoid: ['复核', '复检', '複判', '復判', '複核', '復核'] },
  { en: 'missed defect', 'zh-Hans': '漏检', 'zh-Hant': '漏檢', avoid: ['漏判', '漏报', '漏報'] },
  { en: 'false alarm', 'zh-Hans': '误检（过杀）', 'zh-Hant': '誤檢（過殺）', avoid: ['误判', '误报', '誤判', '誤報'] },
  { en: 'test shot', 'zh-Hans': '试拍', 'zh-Hant': '試拍', avoid: ['作废', '作廢'] },
  { en: 'part', 'zh-Hans': '工件', 'zh-Hant': '工件', avoid: ['零件'] },
  {
    en: 'cannot be judged',
    'zh-Hans': '无法判定',
    'zh-Hant': '無法判定',
    avoid: ['标为不确定', '標為不確定', '未能判定'],
  },
  {
    en: 'downgrade or release by concession',
    'zh-Hans': '可降级或让步放行',
    'zh-Hant': '可降級或讓步放行',
    avoid: ['降价', '降價'],
  },
  { en: 'shift', 'zh-Hans': '班次', 'zh-Hant': '更次', avoid: ['班次', '更次', '班別'] },
  { en: 'shift leader', 'zh-Hans': '班组长', 'zh-Hant': '班組長', avoid: ['班长', '班長'] },
  { en: 'operator', 'zh-Hans': '作业员', 'zh-Hant': '操作員', avoid: ['操作员', '作業員'] },
  { en: 'record', 'zh-Hans': '记录', 'zh-Hant': '紀錄', avoid: ['纪录', '記錄'] },
  { en: 'probability', 'zh-Hans': '概率', 'zh-Hant': '概率', avoid: ['机率', '几率', '機率', '幾率', '或然率'] },
  { en: 'confidence', 'zh-Hans': '置信度', 'zh-Hant': '置信度', avoid: ['信心度'] },
  { en: 'confidence interval', 'zh-Hans': '置信区间', 'zh-Hant': '置信區間', avoid: ['信赖区间', '信賴區間'] },
  { en: 'quality', 'zh-Hans': '质量', 'zh-Hant': '品質', avoid: ['品质', '質量', '質素'] },
]

/** Terms used only on the page. */
export const PAGE_WORDS: readonly Term[] = [
  { en: 'token', 'zh-Hans': '词元', 'zh-Hant': '詞元', avoid: ['令牌', '權杖'] },
  { en: 'queue', 'zh-Hans': '队列', 'zh-Hant': '隊列', avoid: ['佇列'] },
  { en: 'request', 'zh-Hans': '请求', 'zh-Hant': '請求', avoid: ['次要求', '要求數', '要求翻譯'] },
  { en: 'dashboard', 'zh-Hans': '看板', 'zh-Hant': '看板', avoid: ['仪表', '儀表'] },
  { en: 'signature', 'zh-Hans': '签名', 'zh-Hant': '簽署', avoid: ['签署', '簽名'] },
  { en: 'here', 'zh-Hans': '这里', 'zh-Hant': '這裏', avoid: ['裡'] },
  { en: 'use', 'zh-Hans': '使用', 'zh-Hant': '使用', avoid: ['調用', '啟用'] },
  { en: 'draw a box', 'zh-Hans': '画框', 'zh-Hant': '畫框', avoid: ['绘制', '繪畫'] },
  { en: 'start date', 'zh-Hans': '开始日期', 'zh-Hant': '開始日期', avoid: ['起始日期'] },
  { en: 'end date', 'zh-Hans': '结束日期', 'zh-Hant': '結束日期', avoid: ['截止日期'] },
  { en: 'never used', 'zh-Hans': '从未使用', 'zh-Hant': '從未使用' },
  { en: 'Shift key', 'zh-Hans': 'Shift 键', 'zh-Hant': 'Shift 鍵', avoid: ['上档', '上檔'] },
  { en: 'Ctrl key', 'zh-Hans': 'Ctrl 键', 'zh-Hant': 'Ctrl 鍵', avoid: ['控制键', '控制鍵'] },
  { en: 'Enter key', 'zh-Hans': 'Enter 键', 'zh-Hant': 'Enter 鍵', avoid: ['回车', '輸入鍵'] },
]

export const GLOSSARY: readonly Term[] = [...Object.values(TERMS), ...TRADE_WORDS, ...PAGE_WORDS]

/** Domain terms with their translation, one per line. */
export const glossary = (from: Language, to: Language): string =>
  [...Object.values(TERMS), ...TRADE_WORDS].map((term) => `- ${term[from]}: ${term[to]}`).join('\n')
