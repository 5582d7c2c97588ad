import { readFileSync } from 'node:fs'
import { glossary } from '../../domain/glossary.ts'
import {
  AFFECTED_AREAS,
  DEFECT_TYPES,
  ISHIKAWA_CATEGORIES,
  type Language,
  PRODUCTION_STAGES,
  QUALITY_FACTS,
  SEVERITIES,
  USUAL_CAUSES,
} from '../../domain/vocabulary.ts'

/** Default prompt folder. A change of wording is a new folder, so that stored results stay traceable. */
export const DEFAULT_PROMPT_VERSION = 'v2'

/** Folder of the translation prompt, which is versioned separately. */
export const TRANSLATION_PROMPT_VERSION = 'translate-v2'

/** Characters of client data that reach the model; longer data is truncated. */
export const MAX_CLIENT_DATA = 4000

const LANGUAGE_NAMES: Record<Language, string> = {
  en: 'English',
  'zh-Hans': 'simplified Chinese (简体中文)',
  'zh-Hant': 'traditional Chinese as written in Hong Kong (繁體中文)',
}

/** Instructions are the same for every part, so that the provider can cache them. The input has what differs. */
export interface Prompt {
  instructions: string
  input: string
}

export interface Prompts {
  version: string
  detect(values: { width: number; height: number; language: Language; clientData: unknown }): Prompt
  explain(values: { findings: unknown; language: Language; clientData: unknown }): Prompt
}

const list = (lines: readonly string[]): string => lines.map((line) => `- ${line}`).join('\n')

const VOCABULARY = {
  quality_facts: list(QUALITY_FACTS),
  defect_types: list(DEFECT_TYPES.map(({ code, description }) => `\`${code}\`: ${description}`)),
  severities: list(SEVERITIES.map(({ code, description }) => `\`${code}\`: ${description}`)),
  affected_areas: list(AFFECTED_AREAS.map((area) => `\`${area}\``)),
  production_stages: PRODUCTION_STAGES.map(({ code, name, order }) => `${order}. \`${code}\`: ${name}`).join('\n'),
  usual_causes: list(
    Object.entries(USUAL_CAUSES).map(
      ([type, causes]) => `\`${type}\`: ${causes.map(({ stage, cause }) => `${cause} (\`${stage}\`)`).join(', or ')}`,
    ),
  ),
  ishikawa_categories: ISHIKAWA_CATEGORIES.map((category) => `\`${category}\``).join(', '),
}

/** Language of the answer and, for Chinese, the plant's own terms. The English ones are in the vocabulary. */
const saidIn = (language: Language) => ({
  language: LANGUAGE_NAMES[language],
  terms:
    language === 'en'
      ? ''
      : `\n\n# Terms\nUse the term on the right for what is on the left.\n${glossary('en', language)}`,
})

/**
 * Fills in `{{name}}` in one pass, so that a value that looks like a placeholder stays text. Throws on a name without a
 * value.
 */
export function fill(template: string, values: Readonly<Record<string, string | number>>): string {
  return template.replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
    const value = values[name]
    if (value === undefined) throw new Error(`No value for {{${name}}} in the prompt`)
    return String(value)
  })
}

/** JSON without `<`, so that data cannot close the tag around it; truncated to `max` characters. */
export function asData(value: unknown, max = MAX_CLIENT_DATA): string {
  const json = JSON.stringify(value).toWellFormed().replaceAll('<', '\\u003c')
  return json.length > max ? `${json.slice(0, max).toWellFormed()} [cut]` : json
}

function reader(version: string) {
  if (!/^[\w.-]+$/.test(version)) throw new Error(`"${version}" is not a prompt version`)
  return (name: string) => readFileSync(new URL(`./${version}/${name}.md`, import.meta.url), 'utf8')
}

/** Reads the prompts of a version. Throws if its folder does not exist. */
export function loadPrompts(version: string = DEFAULT_PROMPT_VERSION): Prompts {
  const read = reader(version)
  const detect = { instructions: read('detect.instructions'), input: read('detect.input') }
  const explain = { instructions: read('explain.instructions'), input: read('explain.input') }
  return {
    version,
    detect: ({ width, height, language, clientData }) => ({
      instructions: fill(detect.instructions, { ...VOCABULARY, ...saidIn(language) }),
      input: fill(detect.input, { width, height, client_data: asData(clientData) }),
    }),
    explain: ({ findings, language, clientData }) => ({
      instructions: fill(explain.instructions, { ...VOCABULARY, ...saidIn(language) }),
      input: fill(explain.input, { findings: asData(findings, 4 * MAX_CLIENT_DATA), client_data: asData(clientData) }),
    }),
  }
}

/** Creates the prompt for a translation. Texts are not truncated, because each must come back. */
export function loadTranslationPrompt() {
  const read = reader(TRANSLATION_PROMPT_VERSION)
  const [instructions, input] = [read('instructions'), read('input')]
  return ({ texts, from, to }: { texts: Readonly<Record<string, string>>; from: Language; to: Language }): Prompt => ({
    instructions: fill(instructions, {
      from: LANGUAGE_NAMES[from],
      to: LANGUAGE_NAMES[to],
      glossary: glossary(from, to),
    }),
    input: fill(input, { texts: asData(texts, Number.POSITIVE_INFINITY) }),
  })
}
