import { lazyTexts } from '../../language/lazy-texts.ts'
import type { quality } from '../../texts/en/quality.ts'

export type QualityTexts = typeof quality

export const useQualityTexts = lazyTexts<QualityTexts>({
  en: async () => (await import('../../texts/en/quality.ts')).quality,
  'zh-Hans': async () => (await import('../../texts/zh-hans/quality.ts')).quality,
  'zh-Hant': async () => (await import('../../texts/zh-hant/quality.ts')).quality,
})
