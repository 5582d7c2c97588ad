import { useSyncExternalStore } from 'react'
import type { Messages } from '../texts/en/index.ts'
import { type Formats, formatsOf } from './formats.ts'
import { language, type Spoken } from './language.ts'

export const useLanguage = (): Spoken => useSyncExternalStore(language.subscribe, language.get)

/** All texts of the page, in its language. */
export const useTexts = (): Messages => useLanguage().messages

/** Dates, numbers and lists, as the page's language writes them. */
export const useFormats = (): Formats => formatsOf(useLanguage().code)
