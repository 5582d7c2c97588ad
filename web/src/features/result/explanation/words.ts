import type { Analysis, Explanation } from '../../../api/types.ts'

export const WORDS = ['root_cause', 'five_why_chain', 'corrective_actions', 'preventive_actions'] as const

/** What stands of causes and actions. */
export type Words = Pick<Explanation, (typeof WORDS)[number] | 'language'>

/** A person's where one has rewritten them, else the analyzer's, in the language in which they are read here. */
export const wordsOf = ({ explanation, ...analysis }: Analysis): Words => (explanation?.edited ? explanation : analysis)

/** As it is typed: a list has one text to a line. */
export type Entered = Record<(typeof WORDS)[number], string>

export const enteredOf = (words: Words): Entered => ({
  root_cause: words.root_cause,
  five_why_chain: words.five_why_chain.join('\n'),
  corrective_actions: words.corrective_actions.join('\n'),
  preventive_actions: words.preventive_actions.join('\n'),
})

const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')

export const saidOf = (entered: Entered) => ({
  root_cause: entered.root_cause.trim(),
  five_why_chain: linesOf(entered.five_why_chain),
  corrective_actions: linesOf(entered.corrective_actions),
  preventive_actions: linesOf(entered.preventive_actions),
})

export const isEmpty = (entered: Entered): boolean => WORDS.every((name) => entered[name].trim() === '')
