import { TEXTS as LOCAL } from '../../api/analyzers/local/texts.ts'
import { TERMS } from '../../api/domain/glossary.ts'
import { NO_EXPLANATION } from '../../api/domain/verdict.ts'
import { type Language, USUAL_CAUSES } from '../../api/domain/vocabulary.ts'
import type { Kind } from './defects.ts'

interface Words {
  clean: string
  seen: (type: string, area: string) => string
  /** The second to fifth why: machine, measurement, method and man of the fishbone. */
  whys: readonly [string, string, string, string]
  material: string
  environment: string
}

export const TEXTS: Record<Language, Words> = {
  en: {
    clean: 'No visible defect; the finish is even and the outline is whole.',
    seen: (type, area) => `Visible ${type} (${area}).`,
    whys: [
      'The machine setting had left its limits.',
      'The reading is noted by hand, once a shift.',
      'The control plan sets no limit between two checks.',
      'The plan was not reviewed after the last process change.',
    ],
    material: 'No sign of a material fault; the lot is within its certificate.',
    environment: 'Humidity in the hall was not recorded.',
  },
  'zh-Hans': {
    clean: '未见缺陷：表面均匀，轮廓完整。',
    seen: (type, area) => `可见${type}（${area}）。`,
    whys: [
      '设备设定值已超出限值。',
      '读数每班手工记录一次。',
      '控制计划未规定两次检查之间的限值。',
      '上次工艺变更后控制计划未重新评审。',
    ],
    material: '未见材料问题，批次符合质保书。',
    environment: '车间湿度未记录。',
  },
  'zh-Hant': {
    clean: '未見缺陷：表面均勻，輪廓完整。',
    seen: (type, area) => `可見${type}（${area}）。`,
    whys: [
      '設備設定值已超出限值。',
      '讀數每更人手紀錄一次。',
      '控制計劃未訂明兩次檢查之間的限值。',
      '上次工藝變更後控制計劃未重新評審。',
    ],
    material: '未見材料問題，批次符合品質證明書。',
    environment: '車間濕度沒有紀錄。',
  },
}

/** What the made-up model says of a kind of defect, or of a good part. */
export function wordsOf(kind: Kind | null, language: Language) {
  const { clean, seen, whys, material, environment } = TEXTS[language]
  const { usual, noUsualCause, correct, prevent, causes, stages } = LOCAL[language]
  if (!kind) return { description: clean, ...NO_EXPLANATION }
  const known = causes[kind.type]?.[0] ?? USUAL_CAUSES[kind.type]?.[0]?.cause
  const cause = known ? usual(known) : noUsualCause
  const [machine, measurement, method, man] = whys
  return {
    description: seen(TERMS[kind.type][language], TERMS[kind.area][language]),
    root_cause: cause,
    five_why_chain: [cause, ...whys],
    contributing_factors: [measurement],
    ishikawa_analysis: { machine, material, method, man, measurement, environment },
    corrective_actions: [correct(stages[kind.stage])],
    preventive_actions: [prevent(stages[kind.stage], known ?? TERMS[kind.type][language])],
  }
}
