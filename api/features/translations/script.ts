import { GLOSSARY } from '../../domain/glossary.ts'
import type { Language } from '../../domain/vocabulary.ts'

type Convert = (text: string) => string
type ChineseLanguage = Exclude<Language, 'en'>

/** Who is said to have converted. */
export const CONVERTER = 'opencc-js'

/** What the table for Hong Kong writes otherwise than the plant's people do. */
const HABITS: readonly [ofTheTable: string, ours: string][] = [
  ['羣', '群'],
  ['温', '溫'],
  ['衝次', '沖次'],
  ['“', '「'],
  ['”', '」'],
]

async function toTraditional(): Promise<Convert> {
  const { Converter, CustomConverter } = await import('opencc-js/cn2t')
  const byTable = Converter({ from: 'cn', to: 'hk' })
  const terms = GLOSSARY.map((term): [string, string] => [byTable(term['zh-Hans']), term['zh-Hant']])
  const ours = CustomConverter([...HABITS, ...terms.filter(([converted, term]) => converted !== term)])
  return (text) => ours(byTable(text))
}

async function toSimplified(): Promise<Convert> {
  const { Converter, CustomConverter } = await import('opencc-js/t2cn')
  const byTable = Converter({ from: 'hk', to: 'cn' })
  const quotes = HABITS.slice(-2).map(([theirs, ours]): [string, string] => [ours, theirs])
  const terms = GLOSSARY.map((term): [string, string] => [term['zh-Hant'], term['zh-Hans']])
  const ours = CustomConverter([...quotes, ...terms.filter(([term, other]) => byTable(term) !== other)])
  return (text) => byTable(ours(text))
}

const makers: Record<ChineseLanguage, () => Promise<Convert>> = { 'zh-Hans': toSimplified, 'zh-Hant': toTraditional }
const made: Partial<Record<ChineseLanguage, Promise<Convert>>> = {}

/** Between simplified and traditional Chinese no model is needed. */
export const isOtherScript = (from: Language, to: Language): to is ChineseLanguage =>
  from !== to && from !== 'en' && to !== 'en'

/**
 * Writes Chinese in the other script, in the words of the glossary. The table is read when it is first asked for: for traditional Chinese
 * that takes about half a second, and 100 MB from then on.
 */
export function converterTo(language: ChineseLanguage): Promise<Convert> {
  const known = made[language] ?? makers[language]()
  made[language] = known
  return known
}
