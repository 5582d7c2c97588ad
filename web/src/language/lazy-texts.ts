import { use } from 'react'
import type { Language } from '../api/types.ts'
import { language } from './language.ts'
import { useLanguage } from './use-language.ts'

interface LazyTexts<Texts> {
  /** Suspends until the texts of the page's language are there; throws if they cannot be fetched. */
  (): Texts
  /** Starts fetching the texts, for route loaders. */
  preload: () => void
}

/** Texts that are loaded with their screen instead of with the first load. */
export function lazyTexts<Texts>(catalogues: Record<Language, () => Promise<Texts>>): LazyTexts<Texts> {
  const pending = new Map<Language, Promise<Texts>>()
  const load = (code: Language): Promise<Texts> => {
    const texts = pending.get(code) ?? catalogues[code]()
    pending.set(code, texts)
    // A failed download is tried again the next time.
    texts.catch(() => pending.delete(code))
    return texts
  }
  const useLazyTexts = () => use(load(useLanguage().code))
  return Object.assign(useLazyTexts, { preload: () => void load(language.wanted()) })
}
