import { advice as en } from './photo-advice/en.ts'
import { advice as zhHans } from './photo-advice/zh-hans.ts'
import { advice as zhHant } from './photo-advice/zh-hant.ts'
import { PHOTO_FAULTS, type PhotoFaultCode } from './photo-limits.ts'
import type { Language } from './vocabulary.ts'

/** One line per fault. Each language has its own file, so that the page loads only the one it needs. */
export const ADVICE: Record<Language, Record<PhotoFaultCode, string>> = {
  en,
  'zh-Hans': zhHans,
  'zh-Hant': zhHant,
}

/** Advice for the given faults (by default all), as sentences. */
export const adviceSentences = (language: Language, codes: readonly PhotoFaultCode[] = PHOTO_FAULTS): string[] =>
  codes.map((code) => ADVICE[language][code] + (language === 'en' ? '.' : '。'))
