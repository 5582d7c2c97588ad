import { GLOSSARY } from '../../domain/glossary.ts'
import type { Language } from '../../domain/vocabulary.ts'

type Convert = (text: string) => string
type ChineseLanguage = Exclude<Language, 'en'>

/** model_version of converted texts. */
export const CONVERTER = 'opencc-js'

/** Where usage in the plant differs from the converter's table for Hong Kong. */
const LOCAL_USAGE: readonly [table: string, ours: string][] = [
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
  const ours = CustomConverter([...LOCAL_USAGE, ...terms.filter(([converted, term]) => converted !== term)])
  return (text) => ours(byTable(text))
}

async function toSimplified(): Promise<Convert> {
  const { Converter, CustomConverter } = await import('opencc-js/t2cn')
  const byTable = Converter({ from: 'hk', to: 'cn' })
  const quotes = LOCAL_USAGE.slice(-2).map(([theirs, ours]): [string, string] => [ours, theirs])
  const terms = GLOSSARY.map((term): [string, string] => [term['zh-Hant'], term['zh-Hans']])
  const ours = CustomConverter([...quotes, ...terms.filter(([term, other]) => byTable(term) !== other)])
  return (text) => byTable(ours(text))
}

const factories: Record<ChineseLanguage, () => Promise<Convert>> = { 'zh-Hans': toSimplified, 'zh-Hant': toTraditional }
const converters: Partial<Record<ChineseLanguage, Promise<Convert>>> = {}

/** Whether both languages are Chinese, so that the script can be converted without a model. */
export const isOtherScript = (from: Language, to: Language): to is ChineseLanguage =>
  from !== to && from !== 'en' && to !== 'en'

/**
 * Converts Chinese to the other script, using the terms of the glossary. The table is loaded on first use; the one for traditional
 * Chinese takes about half a second and 100 MB.
 */
export function converterTo(language: ChineseLanguage): Promise<Convert> {
  const converter = converters[language] ?? factories[language]()
  converters[language] = converter
  return converter
}
