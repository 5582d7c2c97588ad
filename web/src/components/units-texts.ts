import { lazyTexts } from '../language/lazy-texts.ts'
import type { dashboard } from '../texts/en/dashboard.ts'

/** Of the form for inspected units, wherever it stands. */
export const useUnitsTexts = lazyTexts<(typeof dashboard)['units']>({
  en: async () => (await import('../texts/en/dashboard.ts')).dashboard.units,
  'zh-Hans': async () => (await import('../texts/zh-hans/dashboard.ts')).dashboard.units,
  'zh-Hant': async () => (await import('../texts/zh-hant/dashboard.ts')).dashboard.units,
})
