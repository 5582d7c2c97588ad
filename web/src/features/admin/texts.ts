import { lazyTexts } from '../../language/lazy-texts.ts'
import type { admin } from '../../texts/en/admin.ts'

export type AdminTexts = typeof admin

export const useAdminTexts = lazyTexts<AdminTexts>({
  en: async () => (await import('../../texts/en/admin.ts')).admin,
  'zh-Hans': async () => (await import('../../texts/zh-hans/admin.ts')).admin,
  'zh-Hant': async () => (await import('../../texts/zh-hant/admin.ts')).admin,
})
