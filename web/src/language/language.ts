import type { Language } from '../api/types.ts'
import { english, type Messages } from '../texts/en/index.ts'
import { firstLanguage, STORAGE_KEY } from './languages.ts'

/** Only English comes with the page; it is also what is left where another language cannot be fetched. */
const catalogues: Record<Language, () => Promise<Messages>> = {
  en: async () => english,
  'zh-Hans': async () => (await import('../texts/zh-hans/index.ts')).simplifiedChinese,
  'zh-Hant': async () => (await import('../texts/zh-hant/index.ts')).traditionalChinese,
}

export interface Spoken {
  code: Language
  messages: Messages
}

let current: Spoken = { code: 'en', messages: english }
let wanted: Language = firstLanguage()
const listeners = new Set<() => void>()

async function speak(code: Language): Promise<void> {
  wanted = code
  const messages = await catalogues[code]()
  // Somebody has chosen another one meanwhile.
  if (wanted !== code) return
  current = { code, messages }
  document.documentElement.lang = code
  for (const listener of listeners) listener()
}

/** The language of the page. */
export const language = {
  get: (): Spoken => current,
  /** The language that was chosen last; its texts may still be loading. */
  wanted: (): Language => wanted,
  /** Speaks the first language. Throws where its texts cannot be fetched. */
  start: (): Promise<void> => speak(firstLanguage()),
  /** Changes the language and remembers it. Throws, changing nothing, where its texts cannot be fetched. */
  async choose(code: Language): Promise<void> {
    await speak(code)
    localStorage.setItem(STORAGE_KEY, code)
  },
  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener)
    return () => void listeners.delete(listener)
  },
}
