import { createContext, use } from 'react'
import type { Analysis, Effective, Truth } from '../../api/types.ts'

/** By whose word the list is filtered, and so shown. */
export const Word = createContext<Truth>('final')

/** What the list says of a result. */
export function useWord(analysis: Analysis): Effective {
  if (use(Word) !== 'ai') return analysis.effective
  const { verdict, defect_detected, defect_type, severity } = analysis
  return { ...analysis.effective, verdict, defect_detected, defect_type, severity }
}
