import type { Truth } from '../api/types.ts'

/** On whose word figures and filters rest; the first where nothing is chosen. */
export const TRUTHS = ['final', 'ai', 'human'] as const satisfies Truth[]

/** As an address has it. */
export const truthOf = (text: string | null): Truth => TRUTHS.find((truth) => truth === text) ?? 'final'
