import { advice as en } from './photo-advice/en.ts'
import { advice as zhHans } from './photo-advice/zh-hans.ts'
import { advice as zhHant } from './photo-advice/zh-hant.ts'
import { PHOTO_FAULTS, type PhotoFaultCode } from './photo-limits.ts'
import type { Language } from './vocabulary.ts'

/** One line for each fault; a file a language, so that the page loads its own only. */
export const ADVICE: Record<Language, Record<PhotoFaultCode, string>> = {
  en,
  'zh-Hans': zhHans,
  'zh-Hant': zhHant,
}

/** The advice for each of the faults as a sentence; by default for all. */
export const adviceSentences = (language: Language, codes: readonly PhotoFaultCode[] = PHOTO_FAULTS): string[] =>
  codes.map((code) => ADVICE[language][code] + (language === 'en' ? '.' : '。'))
