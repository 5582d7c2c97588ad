import { use } from 'react'
import type { Language } from '../api/types.ts'
import { useLanguage } from './use-language.ts'

/**
 * Texts that come with their screen instead of with the first load: gives a hook that suspends until those of the page's language are
 * there, and throws where they cannot be fetched.
 */
export function lateTexts<Texts>(catalogues: Record<Language, () => Promise<Texts>>): () => Texts {
  const known = new Map<Language, Promise<Texts>>()
  const fetched = (code: Language): Promise<Texts> => {
    const asked = known.get(code) ?? catalogues[code]()
    known.set(code, asked)
    asked.catch(() => known.delete(code))
    return asked
  }
  return () => use(fetched(useLanguage().code))
}
