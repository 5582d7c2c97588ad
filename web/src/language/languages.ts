import type { Language } from '../api/types.ts'

/** The languages of the page and of the analyzer's texts, each by its own name. */
export const LANGUAGES: Record<Language, string> = { en: 'English', 'zh-Hans': '简体中文', 'zh-Hant': '繁體中文' }

export const isLanguage = (text: string | null): text is Language => text !== null && Object.hasOwn(LANGUAGES, text)

/** The language of a BCP 47 tag, as far as the page speaks it: zh-HK and zh-TW are written in traditional characters. */
function languageOf(tag: string): Language | null {
  try {
    const { language, script } = new Intl.Locale(tag).maximize()
    if (language === 'en') return 'en'
    if (language !== 'zh' && language !== 'yue') return null
    return script === 'Hant' ? 'zh-Hant' : 'zh-Hans'
  } catch {
    return null
  }
}

/** The first of the reader's languages that the page speaks; English where it speaks none. */
export const guessLanguage = (tags: readonly string[]): Language =>
  tags.map(languageOf).find((language) => language !== null) ?? 'en'

/** Where the language of this browser is remembered. */
export const STORAGE_KEY = 'wiko.language'

/** The language of last time, or the first guess. */
export function firstLanguage(): Language {
  const remembered = localStorage.getItem(STORAGE_KEY)
  return isLanguage(remembered) ? remembered : guessLanguage(navigator.languages)
}

/** The locale for dates and numbers: the reader's own variety of English, and Chinese as the plants write it. */
export function localeOf(language: Language): string {
  if (language === 'en') return navigator.languages.find((tag) => /^en(-|$)/i.test(tag)) ?? 'en-GB'
  return language === 'zh-Hans' ? 'zh-CN' : 'zh-HK'
}
