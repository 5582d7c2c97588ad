import { AnalyzerError } from '../../domain/analyzer-error.ts'
import { adviceSentences } from '../../domain/photo-advice.ts'
import { type Language, USUAL_CAUSES } from '../../domain/vocabulary.ts'
import { TEXTS, type Texts } from './texts.ts'

/** Placeholders for the variable parts of a sentence, in private-use characters that no text contains. */
const SLOTS = { place: '\uE000', detector: '\uE001', stage: '\uE002', cause: '\uE003', number: '\uE004' }
const SLOT = new RegExp(`[${Object.values(SLOTS).join('')}]`, 'gu')
const NUMBER = /\d+(?:\.\d+)?/g

const causes = ({ causes }: Texts): string[] =>
  Object.entries(USUAL_CAUSES).flatMap(([type, usual]) =>
    usual.map(({ cause }, i) => causes[type as keyof typeof USUAL_CAUSES]?.[i] ?? cause),
  )

/** Words that may fill a slot, in the same order in every language. Numbers are the same everywhere. */
const wordsOf = (texts: Texts): Record<string, readonly string[]> => ({
  [SLOTS.place]: texts.places.flat(),
  [SLOTS.detector]: Object.values(texts.detectors),
  [SLOTS.stage]: Object.values(texts.stages),
  [SLOTS.cause]: causes(texts),
})

/** Every sentence with its slots, in the same order in every language. */
function sentencesOf(language: Language): string[] {
  const texts = TEXTS[language]
  const { place, detector, stage, cause, number } = SLOTS
  const withNumbers = [
    ...Object.values(texts.found).map((found) => found(place, 1, 1)),
    texts.more(2),
    texts.good(detector, 1),
  ]
  return [
    ...Object.values(texts.looked),
    texts.noScale,
    texts.blank,
    texts.unrecognised,
    ...adviceSentences(language),
    texts.noUsualCause,
    // "One more place" is a word in some languages and a number in others.
    texts.more(1),
    ...withNumbers.map((sentence) => sentence.replaceAll(NUMBER, number)),
    texts.usual(cause),
    texts.correct(stage),
    texts.prevent(stage, cause),
  ]
}

const literal = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')

function patternOf(sentence: string, words: Record<string, readonly string[]>): RegExp {
  const slot = (name: string) =>
    name === SLOTS.number
      ? `(${NUMBER.source})`
      : `(${(words[name] ?? [])
          .toSorted((a, b) => b.length - a.length)
          .map(literal)
          .join('|')})`
  return new RegExp(literal(sentence).replaceAll(SLOT, slot), 'uy')
}

/**
 * Translates texts that the local analyzer or the photo gate has written. Throws AnalyzerError 'untranslatable' on any
 * other text.
 */
export function localTranslator(from: Language, to: Language): (text: string) => string {
  const [fromWords, toWords] = [wordsOf(TEXTS[from]), wordsOf(TEXTS[to])]
  const toSentences = sentencesOf(to)
  const known = sentencesOf(from).map((sentence, i) => ({
    pattern: patternOf(sentence, fromWords),
    slots: sentence.match(SLOT) ?? [],
    translation: toSentences[i] ?? '',
  }))

  /** Translates the sentence that begins at `start`, and tells where it ends. */
  function sentenceAt(text: string, start: number): { translation: string; end: number } {
    for (const { pattern, slots, translation } of known) {
      pattern.lastIndex = start
      const found = pattern.exec(text)
      if (!found) continue
      const left = slots.map((slot, i) => {
        const word = found[i + 1] ?? ''
        return { slot, word: slot === SLOTS.number ? word : toWords[slot]?.[fromWords[slot]?.indexOf(word) ?? -1] }
      })
      // Numbers have the same order in every language; other slots occur once.
      const take = (slot: string) =>
        left.splice(
          left.findIndex((one) => one.slot === slot),
          1,
        )[0]?.word ?? ''
      return { translation: translation.replaceAll(SLOT, take), end: pattern.lastIndex }
    }
    throw new AnalyzerError(
      'untranslatable',
      'The local analyzer cannot translate a text that the model has written; use a service with the model',
    )
  }

  return (text) => {
    const sentences: string[] = []
    for (let at = 0; at < text.length; ) {
      const { translation, end } = sentenceAt(text, at)
      sentences.push(translation)
      at = end + (text[end] === ' ' ? 1 : 0)
    }
    return sentences.join(' ')
  }
}
