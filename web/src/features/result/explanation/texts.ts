import { lazyTexts } from '../../../language/lazy-texts.ts'
import type { explanation } from '../../../texts/en/explanation.ts'

export const useExplanationTexts = lazyTexts<typeof explanation>({
  en: async () => (await import('../../../texts/en/explanation.ts')).explanation,
  'zh-Hans': async () => (await import('../../../texts/zh-hans/explanation.ts')).explanation,
  'zh-Hant': async () => (await import('../../../texts/zh-hant/explanation.ts')).explanation,
})
