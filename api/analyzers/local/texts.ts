import { TERMS } from '../../domain/glossary.ts'
import { type DefectType, type Language, PRODUCTION_STAGES, type ProductionStage } from '../../domain/vocabulary.ts'
import type { DetectorName } from './detector.ts'
import type { Inspection } from './inspect.ts'

type Row = readonly [left: string, middle: string, right: string]

/** Everything the local analyzer says, in one language. Scores come in the detectors' own units. */
export interface Texts {
  /** Thirds of the picture: rows from the top, columns from the left. */
  places: readonly [Row, Row, Row]
  detectors: Record<DetectorName, string>
  found: Record<DetectorName, (place: string, score: number, threshold: number) => string>
  more: (count: number) => string
  noScale: string
  good: (detector: string, ratio: number) => string
  looked: Record<Inspection['looked'], string>
  blank: string
  unrecognised: string
  stages: Record<ProductionStage, string>
  /** Translations of USUAL_CAUSES, in its order; none for English. */
  causes: Partial<Record<DefectType, readonly string[]>>
  usual: (cause: string) => string
  noUsualCause: string
  correct: (stage: string) => string
  prevent: (stage: string, cause: string) => string
}

const named = (language: Language) =>
  Object.fromEntries(PRODUCTION_STAGES.map(({ code }) => [code, TERMS[code][language]])) as Record<
    ProductionStage,
    string
  >

const percent = (share: number, digits = 0): string => (100 * share).toFixed(digits)

const EN: Texts = {
  places: [
    ['at the upper left', 'at the top', 'at the upper right'],
    ['on the left', 'in the middle', 'on the right'],
    ['at the lower left', 'at the bottom', 'at the lower right'],
  ],
  detectors: {
    rust: 'rust colour',
    notch: 'notch in the outline',
    gap: 'gap in the outline',
    dark_spot: 'dark spot',
    line: 'thin line',
    lay: 'disturbed finish',
  },
  found: {
    rust: (place, score, threshold) =>
      `Rust-coloured spot ${place}: redness above the rest of the surface ${score.toFixed(2)} (limit ${threshold.toFixed(2)}). Colour alone cannot tell rust from a brown stain.`,
    notch: (place, score, threshold) =>
      `Notch in the outline ${place}: depth ${percent(score, 1)} % of the part's length (limit ${percent(threshold, 1)} %).`,
    gap: (place, score, threshold) =>
      `Part of the outline is missing ${place}: depth ${percent(score)} % of the part's diameter (limit ${percent(threshold)} %).`,
    dark_spot: (place, score, threshold) =>
      `Dark spot ${place}: ${percent(score)} % darker than what surrounds it (limit ${percent(threshold)} %). A pit and a dark particle look alike from above.`,
    line: (place, score, threshold) =>
      `Thin line ${place}: contrast ${score.toFixed(0)} times the unevenness of the surface (limit ${threshold.toFixed(0)}).`,
    lay: (place, score, threshold) =>
      `Something interrupts the machining marks ${place}: energy ${score.toFixed(1)} (limit ${threshold.toFixed(1)}).`,
  },
  more: (count) => (count === 1 ? 'One more place is marked.' : `${count} more places are marked.`),
  noScale: 'The scale in mm is not known, so sizes in mm were not judged.',
  good: (detector, ratio) =>
    `Nothing exceeded its limit. The strongest sign was "${detector}" at ${percent(ratio)} % of its limit.`,
  looked: {
    all: 'Outline and surface were checked by classical image analysis.',
    outline: 'Only the outline was checked: the surface is not bare metal.',
    surface: 'Only the surface was checked: no outline on a plain ground is in view.',
    lay: 'Only interruptions of the machining marks were looked for: the surface is too uneven or too coloured for the other checks.',
  },
  blank: 'There is nothing to judge in this picture: it has no structure or is too small.',
  unrecognised:
    'The product that was named cannot be recognised, so it cannot be judged. Show the whole part on a plain ground of another colour, and check the product.',
  stages: Object.fromEntries(PRODUCTION_STAGES.map(({ code, name }) => [code, name])) as Record<
    ProductionStage,
    string
  >,
  causes: {},
  usual: (cause) => `Usual cause on record, not observed in this picture: ${cause}.`,
  noUsualCause: 'No usual cause is on record for this type, and the picture does not show one.',
  correct: (stage) => `Check the stage "${stage}" (usual source on record, not observed in this picture).`,
  prevent: (stage, cause) =>
    `Monitor "${stage}" for its usual fault: ${cause} (on record, not observed in this picture).`,
}

const ZH_HANS: Texts = {
  places: [
    ['左上方', '上方', '右上方'],
    ['左侧', '中部', '右侧'],
    ['左下方', '下方', '右下方'],
  ],
  detectors: {
    rust: '锈色',
    notch: '轮廓缺口',
    gap: '轮廓缺损',
    dark_spot: '暗斑',
    line: '细线',
    lay: '加工纹路中断',
  },
  found: {
    rust: (place, score, threshold) =>
      `图像${place}有锈色斑点：比表面其余部分偏红 ${score.toFixed(2)}（限值 ${threshold.toFixed(2)}）。仅凭颜色无法区分锈迹与褐色污渍。`,
    notch: (place, score, threshold) =>
      `图像${place}的轮廓有缺口：深度为工件长度的 ${percent(score, 1)}%（限值 ${percent(threshold, 1)}%）。`,
    gap: (place, score, threshold) =>
      `图像${place}的轮廓缺损：深度为工件直径的 ${percent(score)}%（限值 ${percent(threshold)}%）。`,
    dark_spot: (place, score, threshold) =>
      `图像${place}有暗斑：比周围暗 ${percent(score)}%（限值 ${percent(threshold)}%）。从上方看，凹坑与深色异物难以区分。`,
    line: (place, score, threshold) =>
      `图像${place}有细线：对比度为表面自身起伏的 ${score.toFixed(0)} 倍（限值 ${threshold.toFixed(0)} 倍）。`,
    lay: (place, score, threshold) =>
      `图像${place}的加工纹路被打断：能量 ${score.toFixed(1)}（限值 ${threshold.toFixed(1)}）。`,
  },
  more: (count) => `另有 ${count} 处已标出。`,
  noScale: '毫米比例未知，因此未按毫米判断尺寸。',
  good: (detector, ratio) => `各项均未超过限值。最明显的迹象是“${detector}”，为其限值的 ${percent(ratio)}%。`,
  looked: {
    all: '已用传统图像分析检查轮廓和表面。',
    outline: '仅检查了轮廓：表面不是裸露金属。',
    surface: '仅检查了表面：画面中没有衬在纯色背景上的完整轮廓。',
    lay: '仅检查了加工纹路是否中断：表面明暗起伏过大或带有颜色，不适合其他检查。',
  },
  blank: '这张图像没有可供判断的内容：没有纹理，或尺寸过小。',
  unrecognised: '看不出所说的产品，因此无法判断。请将整个工件放在素色背景上，用其他颜色衬托，并核对产品。',
  stages: {
    ...named('zh-Hans'),
    heat_treatment: `${TERMS.heat_treatment['zh-Hans']}（1000 °C）`,
    vacuum_quench: `${TERMS.vacuum_quench['zh-Hans']}（2 分钟内由 1000 °C 降至 600 °C）`,
  },
  causes: {
    rust_spot: ['真空淬火超出规定的冷却时间窗口'],
    edge_irregularity: ['刀身斜面磨削（开坡）不均匀', '开刃不均匀'],
    blade_scratch: ['刀面精抛时划伤', '抛光工序残留的粗砂粒'],
    handle_crack: ['手柄注塑时产生应力或冷料流动不良'],
    handle_discoloration: ['手柄注塑的树脂过热或受污染'],
    weld_defect: ['刀枕焊接不稳定'],
    dimensional_error: ['冲压模具磨损或错位'],
    polish_defect: ['抛光轮磨损'],
  },
  usual: (cause) => `记录中的常见原因（并非从本图中观察到）：${cause}。`,
  noUsualCause: '此类缺陷没有常见原因的记录，图像中也看不出原因。',
  correct: (stage) => `检查“${stage}”工序（记录中的常见来源，并非从本图中观察到）。`,
  prevent: (stage, cause) => `监控“${stage}”工序的常见问题：${cause}（来自记录，并非从本图中观察到）。`,
}

const ZH_HANT: Texts = {
  places: [
    ['左上方', '上方', '右上方'],
    ['左側', '中部', '右側'],
    ['左下方', '下方', '右下方'],
  ],
  detectors: {
    rust: '鏽色',
    notch: '輪廓缺口',
    gap: '輪廓缺損',
    dark_spot: '暗斑',
    line: '細線',
    lay: '加工紋路中斷',
  },
  found: {
    rust: (place, score, threshold) =>
      `圖像${place}有鏽色斑點：比表面其餘部分偏紅 ${score.toFixed(2)}（限值 ${threshold.toFixed(2)}）。僅憑顏色無法區分鏽跡與褐色污漬。`,
    notch: (place, score, threshold) =>
      `圖像${place}的輪廓有缺口：深度為工件長度的 ${percent(score, 1)}%（限值 ${percent(threshold, 1)}%）。`,
    gap: (place, score, threshold) =>
      `圖像${place}的輪廓缺損：深度為工件直徑的 ${percent(score)}%（限值 ${percent(threshold)}%）。`,
    dark_spot: (place, score, threshold) =>
      `圖像${place}有暗斑：比周圍暗 ${percent(score)}%（限值 ${percent(threshold)}%）。從上方看，凹坑與深色異物難以區分。`,
    line: (place, score, threshold) =>
      `圖像${place}有細線：對比度為表面自身起伏的 ${score.toFixed(0)} 倍（限值 ${threshold.toFixed(0)} 倍）。`,
    lay: (place, score, threshold) =>
      `圖像${place}的加工紋路被打斷：能量 ${score.toFixed(1)}（限值 ${threshold.toFixed(1)}）。`,
  },
  more: (count) => `另有 ${count} 處已標出。`,
  noScale: '毫米比例未知，因此未按毫米判斷尺寸。',
  good: (detector, ratio) => `各項均未超過限值。最明顯的跡象是「${detector}」，為其限值的 ${percent(ratio)}%。`,
  looked: {
    all: '已用傳統圖像分析檢查輪廓和表面。',
    outline: '僅檢查了輪廓：表面不是裸露金屬。',
    surface: '僅檢查了表面：畫面中沒有襯在純色背景上的完整輪廓。',
    lay: '僅檢查了加工紋路是否中斷：表面明暗起伏過大或帶有顏色，不適合其他檢查。',
  },
  blank: '這張圖像沒有可供判斷的內容：沒有紋理，或尺寸過小。',
  unrecognised: '看不出所說的產品，因此無法判斷。請將整個工件放在素色背景上，用其他顏色襯托，並核對產品。',
  stages: {
    ...named('zh-Hant'),
    heat_treatment: `${TERMS.heat_treatment['zh-Hant']}（1000 °C）`,
    vacuum_quench: `${TERMS.vacuum_quench['zh-Hant']}（2 分鐘內由 1000 °C 降至 600 °C）`,
  },
  causes: {
    rust_spot: ['真空淬火超出規定的冷卻時間窗口'],
    edge_irregularity: ['刀身斜面磨削（開坡）不均勻', '開刃不均勻'],
    blade_scratch: ['刀面精拋時劃傷', '拋光工序殘留的粗砂粒'],
    handle_crack: ['手柄注塑時產生應力或冷料流動不良'],
    handle_discoloration: ['手柄注塑的樹脂過熱或受污染'],
    weld_defect: ['刀枕焊接不穩定'],
    dimensional_error: ['沖壓模具磨損或錯位'],
    polish_defect: ['拋光輪磨損'],
  },
  usual: (cause) => `紀錄中的常見原因（並非從本圖中觀察到）：${cause}。`,
  noUsualCause: '此類缺陷沒有常見原因的紀錄，圖像中也看不出原因。',
  correct: (stage) => `檢查「${stage}」工序（紀錄中的常見來源，並非從本圖中觀察到）。`,
  prevent: (stage, cause) => `監控「${stage}」工序的常見問題：${cause}（來自紀錄，並非從本圖中觀察到）。`,
}

export const TEXTS: Record<Language, Texts> = { en: EN, 'zh-Hans': ZH_HANS, 'zh-Hant': ZH_HANT }
