import { lazyTexts } from '../../language/lazy-texts.ts'
import type { dashboard } from '../../texts/en/dashboard.ts'

export const useDashboardTexts = lazyTexts<typeof dashboard>({
  en: async () => (await import('../../texts/en/dashboard.ts')).dashboard,
  'zh-Hans': async () => (await import('../../texts/zh-hans/dashboard.ts')).dashboard,
  'zh-Hant': async () => (await import('../../texts/zh-hant/dashboard.ts')).dashboard,
})
