import type { KeyMeaning } from '../../components/shortcuts/key-list.tsx'
import { useTexts } from '../../language/use-language.ts'
import { severityKeys, typeKeys } from './choice-keys.ts'
import { useReviewTexts } from './texts.ts'

/** All keys of a result, and of the queue where it stands in one. */
export function useKeyGroups(inQueue: boolean): { title: string; keys: KeyMeaning[] }[] {
  const review = useReviewTexts()
  const { vocabulary } = useTexts()
  const { keys: texts } = review
  const types = typeKeys.map(({ key, type }) => ({ keys: [key.toUpperCase()], meaning: vocabulary.defectTypes[type] }))
  const severities = severityKeys.map(({ key, severity }) => ({
    keys: [key.toUpperCase()],
    meaning: vocabulary.severities[severity].name,
  }))
  const steps = [
    { keys: ['J', '→'], meaning: review.next },
    { keys: ['K', '←'], meaning: review.previous },
  ]
  return [
    {
      title: texts.judging,
      keys: [
        ...(inQueue ? steps : []),
        { keys: ['A'], meaning: texts.confirm },
        { keys: ['R'], meaning: review.correct },
        { keys: ['U'], meaning: review.unsure },
        { keys: ['Enter'], meaning: texts.save },
        { keys: ['Esc'], meaning: texts.close },
        { keys: ['B'], meaning: texts.boxes },
        { keys: ['?'], meaning: texts.list },
      ],
    },
    { title: texts.types, keys: [{ keys: ['0'], meaning: review.defectNo }, ...types] },
    { title: review.severity, keys: severities },
    {
      title: texts.correcting,
      keys: [
        { keys: ['N'], meaning: review.addDefect },
        { keys: ['[', ']'], meaning: texts.choose },
        { keys: ['D'], meaning: texts.remove },
        { keys: ['←', '→', '↑', '↓'], meaning: texts.moveBox },
        { keys: ['Shift'], meaning: texts.resizeBox },
        { keys: ['Ctrl'], meaning: texts.pixel },
        { keys: ['Ctrl+Z'], meaning: review.undo },
        { keys: ['Ctrl+Y'], meaning: review.redo },
      ],
    },
    {
      title: texts.picture,
      keys: [
        { keys: ['+', '−'], meaning: texts.zoom },
        { keys: ['0'], meaning: texts.fit },
        { keys: ['1'], meaning: texts.full },
        { keys: ['←', '→', '↑', '↓'], meaning: texts.move },
      ],
    },
  ]
}
