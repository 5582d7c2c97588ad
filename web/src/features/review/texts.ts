import { lazyTexts } from '../../language/lazy-texts.ts'
import type { review } from '../../texts/en/review.ts'

export type ReviewTexts = typeof review

export const useReviewTexts = lazyTexts<ReviewTexts>({
  en: async () => (await import('../../texts/en/review.ts')).review,
  'zh-Hans': async () => (await import('../../texts/zh-hans/review.ts')).review,
  'zh-Hant': async () => (await import('../../texts/zh-hant/review.ts')).review,
})
