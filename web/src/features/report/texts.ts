import { lazyTexts } from '../../language/lazy-texts.ts'
import type { report } from '../../texts/en/report.ts'

export const useReportTexts = lazyTexts<typeof report>({
  en: async () => (await import('../../texts/en/report.ts')).report,
  'zh-Hans': async () => (await import('../../texts/zh-hans/report.ts')).report,
  'zh-Hant': async () => (await import('../../texts/zh-hant/report.ts')).report,
})
