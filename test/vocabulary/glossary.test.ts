import { globSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import t from 'tap'
import { TEXTS as LOCAL } from '../../api/analyzers/local/texts.ts'
import { loadPrompts, loadTranslationPrompt } from '../../api/analyzers/prompts/prompts.ts'
import { GLOSSARY, PAGE_WORDS, TERMS, TRADE_WORDS } from '../../api/domain/glossary.ts'
import { LANGUAGES, type Language } from '../../api/domain/vocabulary.ts'
import { TEXTS as DEMO } from '../../scripts/demo-data/texts.ts'
import type { Messages } from '../../web/src/texts/en/index.ts'

/** All catalogues of a language, those that a screen loads with it too. */
async function catalogues(folder: string): Promise<Messages> {
  const texts = resolve(import.meta.dirname, '../../web/src/texts')
  const files = globSync(join(folder, '*.ts'), { cwd: texts }).filter((file) => !file.endsWith('index.ts'))
  const modules: object[] = await Promise.all(files.toSorted().map((file) => import(join(texts, file))))
  return Object.assign({} as Messages, ...modules)
}

const PAGE = {
  en: await catalogues('en'),
  'zh-Hans': await catalogues('zh-hans'),
  'zh-Hant': await catalogues('zh-hant'),
}
const CHINESE = ['zh-Hans', 'zh-Hant'] as const
const HAN = /\p{Script=Han}/u

/** Every text of a catalogue by its path; of a function its source, which holds its words. */
function textsOf(catalogue: unknown, path = ''): [path: string, text: string][] {
  if (typeof catalogue !== 'object' || catalogue === null) return [[path, String(catalogue)]]
  return Object.entries(catalogue).flatMap(([name, value]) => textsOf(value, `${path}.${name}`))
}

/** The prompts as they are sent for an answer in a language. */
function promptsIn(language: Language): string[] {
  const { detect, explain } = loadPrompts()
  return [
    detect({ width: 1, height: 1, language, clientData: {} }),
    explain({ findings: [], language, clientData: {} }),
    ...LANGUAGES.map((from) => loadTranslationPrompt()({ texts: {}, from, to: language })),
  ].map(({ instructions }) => instructions)
}

t.test('no text uses a word that the glossary avoids', async (t) => {
  for (const language of CHINESE) {
    const other = language === 'zh-Hans' ? 'zh-Hant' : 'zh-Hans'
    const prompts = promptsIn(language).map((prompt) =>
      // The translator's list has the terms of both languages.
      GLOSSARY.reduce((left, term) => left.replaceAll(`- ${term[other]}: `, '- '), prompt),
    )
    const texts = textsOf({ page: PAGE[language], local: LOCAL[language], demo: DEMO[language], prompts })
    t.ok(texts.length > 1000, `${texts.length} texts`)
    for (const { avoid = [], ...term } of GLOSSARY) {
      const wrong = avoid.filter((word) => !term[language].includes(word))
      for (const word of wrong) {
        const found = texts.filter(([, text]) => text.includes(word)).map(([path, text]) => `${path}: ${text}`)
        t.same(found, [], `${language}: ${term[language]}, not ${word}`)
      }
    }
  }
})

t.test('the page names the codes as the glossary does', async (t) => {
  for (const language of LANGUAGES) {
    const { defectTypes, severities, stages, areas, ishikawa } = PAGE[language].vocabulary
    const { unknown: _, ...types } = defectTypes
    // The page writes a category as "机（设备）".
    const categories = Object.entries(ishikawa).map(([code, name]) => [code, /（(.+)）/.exec(name)?.[1] ?? name])
    const names: [string, string][] = Object.entries({
      ...types,
      ...Object.fromEntries(Object.entries(severities).map(([code, { name }]) => [code, name])),
      ...stages,
      ...areas,
      ...Object.fromEntries(categories),
    })
    t.same(
      Object.fromEntries(names.map(([code, name]) => [code, name.toLowerCase()])),
      Object.fromEntries(Object.entries(TERMS).map(([code, term]) => [code, term[language].toLowerCase()])),
      language,
    )
  }
})

/** Common English words that Chinese leaves out, or says in another way. */
const LOOSE = ['part', 'here', 'use']

/** The words of an English text, without the code around them where it is a function. */
const wordsOf = (text: string): string =>
  text.includes('=>') ? (text.replaceAll(/\$\{[^{}]*\}/g, '').match(/'[^']*'|`[^`]*`|"[^"]*"/g) ?? []).join(' ') : text

t.test('the Chinese texts use the glossary term for each English term', async (t) => {
  const byLength = [...TRADE_WORDS, ...PAGE_WORDS].toSorted((a, b) => b.en.length - a.en.length)
  let pairs = 0
  for (const language of CHINESE) {
    const chinese = new Map(textsOf(PAGE[language]))
    for (const [path, text] of textsOf(PAGE.en)) {
      let words = wordsOf(text)
      for (const term of byLength) {
        const inText = new RegExp(`\\b${term.en}s?\\b`, 'gi')
        if (!inText.test(words)) continue
        // "Shift leader" does not also ask for "shift".
        words = words.replaceAll(inText, '')
        if (LOOSE.includes(term.en)) continue
        pairs += 1
        const said = chinese.get(path) ?? ''
        t.ok(said.includes(term[language]), `${language} ${path}: "${said}" has ${term[language]}`)
      }
    }
  }
  t.ok(pairs > 100, `${pairs} pairs`)
})

t.test('every term of the glossary is used', async (t) => {
  for (const language of CHINESE) {
    const all = textsOf(PAGE[language]).map(([, text]) => text)
    const unused = GLOSSARY.filter((term) => !all.some((text) => text.includes(term[language])))
    t.same(unused, [], language)
  }
})

t.test('the Ishikawa categories are in the order used in the plant', async (t) => {
  for (const [language, expected] of [
    ['zh-Hans', '人机料法环测'],
    ['zh-Hant', '人機料法環測'],
  ] as const) {
    const { ishikawa } = PAGE[language].vocabulary
    // The page takes the order of the English catalogue.
    const codes = Object.keys(PAGE.en.vocabulary.ishikawa) as (keyof typeof ishikawa)[]
    t.equal(codes.map((code) => ishikawa[code][0]).join(''), expected)
  }
})

t.test('no other file uses a word that is avoided in both scripts', async (t) => {
  const files = globSync([
    'api/**/*.{ts,md}',
    'fixtures/**/*.ts',
    'ops/**/*.ts',
    'scripts/**/*.ts',
    'web/src/**/*.{ts,tsx}',
    'web/index.html',
  ])
  const others = files.filter((file) => file !== 'api/domain/glossary.ts')
  const chinese = others
    .map((file) => ({ file, text: readFileSync(file, 'utf8') }))
    .filter(({ text }) => HAN.test(text))
  t.ok(chinese.length > 30, `${chinese.length} files`)
  for (const { avoid = [], ...term } of GLOSSARY) {
    for (const word of avoid.filter((word) => CHINESE.every((language) => !term[language].includes(word)))) {
      const found = chinese.filter(({ text }) => text.includes(word)).map(({ file }) => file)
      t.same(found, [], `${term['zh-Hans']}, ${term['zh-Hant']}, not ${word}`)
    }
  }
})
