import { TERMS, type Term } from '../../domain/glossary.ts'
import { DEFECT_TYPES, LANGUAGES, PRODUCTION_STAGES, SEVERITIES } from '../../domain/vocabulary.ts'

/** Codes that a text names, in any language. */
export interface NamedCodes {
  defectTypes: string[]
  severities: string[]
  stages: string[]
  /** Spellings of a line id that clients may have sent: "line 6" yields L6, line-06, 6号线 ... Empty if no line is named. */
  lines: string[]
}

/** Fewer Latin letters would match too many words. */
const MIN_LETTERS = 3
const HAN = /\p{Script=Han}/u

const fold = (text: string): string => text.normalize('NFKC').toLowerCase()

/** All names of a term: its code, its name in each language and its synonyms. */
const namesOf = (code: string, term: Term): string[] =>
  [code.replaceAll('_', ' '), ...LANGUAGES.map((language) => term[language]), ...(term.avoid ?? [])].map(fold)

const NAMES = new Map(Object.entries(TERMS).map(([code, term]) => [code, namesOf(code, term)]))

/** Whether each word is a prefix of a word in the name: "chip" and "chips" match "blade chip", "hip" does not. */
const matchesName = (name: string, words: readonly string[]): boolean => {
  const own = name.split(/[^\p{L}\p{N}]+/u)
  const isPrefix = (word: string) => own.some((one) => one.startsWith(word))
  return words.every((word) => isPrefix(word) || isPrefix(word.replace(/e?s$/, '')))
}

/** Chinese is written without spaces, so any substring matches. */
function isName(code: string, wanted: string): boolean {
  const names = NAMES.get(code) ?? []
  if (HAN.test(wanted)) return names.some((name) => name.includes(wanted))
  const words = wanted.split(/[\s_-]+/).filter(Boolean)
  if (words.join('').length < MIN_LETTERS) return false
  return names.some((name) => matchesName(name, words))
}

/** Lines have no code; clients choose their ids. Longer words come first, so that they match first. */
const LINE_WORDS = ['line', '生产线', '生產線', '产线', '產線', '线', '線']
const LINE_ID = '([a-z]?\\d{1,4}[a-z]?|[a-z])'
const BEFORE = new RegExp(`^(?:${LINE_WORDS.join('|')})\\s*[-_#]?\\s*${LINE_ID}$`, 'u')
const AFTER = new RegExp(`^${LINE_ID}\\s*[号號]?\\s*(?:${LINE_WORDS.filter((word) => HAN.test(word)).join('|')})$`, 'u')

function linesNamed(wanted: string): string[] {
  const id = (BEFORE.exec(wanted) ?? AFTER.exec(wanted))?.[1]
  if (!id) return []
  const bare = id.replace(/^l(?=\d)/, '').replace(/^0+(?=\d)/, '')
  const ids = [bare, bare.toUpperCase(), ...(/^\d$/.test(bare) ? [`0${bare}`] : [])]
  const words = ['l', 'L', 'Line', 'LINE', ...LINE_WORDS]
  const written = ids.flatMap((one) => [
    one,
    ...words.flatMap((word) => ['', ' ', '-', '_', '#'].map((between) => `${word}${between}${one}`)),
    ...LINE_WORDS.filter((word) => HAN.test(word)).flatMap((word) => ['', '号', '號'].map((sign) => one + sign + word)),
  ])
  return [...new Set(written)]
}

/** Vocabulary codes and line ids named by a search text. The names come from the glossary. */
export function codesNamed(text: string): NamedCodes {
  const wanted = fold(text.trim())
  const named = (codes: readonly { code: string }[]) =>
    codes.map(({ code }) => code).filter((code) => wanted !== '' && isName(code, wanted))
  return {
    defectTypes: named(DEFECT_TYPES),
    severities: named(SEVERITIES),
    stages: named(PRODUCTION_STAGES),
    lines: linesNamed(wanted),
  }
}
