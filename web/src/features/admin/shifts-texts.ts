import { lazyTexts } from '../../language/lazy-texts.ts'
import type { shifts } from '../../texts/en/shifts.ts'

export const useShiftsTexts = lazyTexts<typeof shifts>({
  en: async () => (await import('../../texts/en/shifts.ts')).shifts,
  'zh-Hans': async () => (await import('../../texts/zh-hans/shifts.ts')).shifts,
  'zh-Hant': async () => (await import('../../texts/zh-hant/shifts.ts')).shifts,
})
