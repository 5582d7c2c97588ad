import type { Language } from './vocabulary.ts'

/** What a person confirms or rewrites of an analysis. */
export interface ExplanationTexts {
  root_cause: string
  five_why_chain: string[]
  corrective_actions: string[]
  preventive_actions: string[]
}

/** Causes and actions that a person vouches for, as they are shown. */
export interface StoredExplanation extends ExplanationTexts {
  id: string
  /** 1, 2, 3 ... of its analysis. */
  number: number
  /** False: word for word what the analyzer wrote. */
  edited: boolean
  language: Language
  person: string
  /** ISO 8601. */
  confirmed_at: string
}
