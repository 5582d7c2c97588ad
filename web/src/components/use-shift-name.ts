import { useTexts } from '../language/use-language.ts'

/** What a shift is called: those of the default hours in the reader's language. */
export function useShiftName(): (name: string) => string {
  const { shiftNames } = useTexts().figures
  return (name) => (Object.hasOwn(shiftNames, name) ? (shiftNames[name] ?? name) : name)
}
