import type { Ishikawa } from '../api/types.ts'
import { vocabulary } from '../texts/en/vocabulary.ts'

const codesOf = <Code extends string>(names: Record<Code, unknown>): Code[] => Object.keys(names) as Code[]

/** The codes of the vocabulary, in its order. */
export const defectTypes = codesOf(vocabulary.defectTypes)
export const severities = codesOf(vocabulary.severities)
export const facilities = codesOf(vocabulary.facilities)
export const verdicts = codesOf(vocabulary.verdicts)
export const stages = codesOf(vocabulary.stages)
export const ishikawaCategories: (keyof Ishikawa)[] = codesOf(vocabulary.ishikawa)
