import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The repository's root. */
export const root = join(import.meta.dirname, '..', '..')

/** Every Markdown file that is in the repository or about to be, by its path from the root. */
export const markdownFiles: readonly string[] = execFileSync(
  'git',
  ['ls-files', '--cached', '--others', '--exclude-standard', '--deduplicate', '*.md'],
  { cwd: root, encoding: 'utf8' },
)
  .split('\n')
  .filter((path) => path !== '' && !path.startsWith('api/analyzers/prompts/')) // prompts are texts for the model

export const read = (path: string): string => readFileSync(join(root, path), 'utf8')

/** Targets of the Makefile. */
export const makeTargets: ReadonlySet<string> = new Set([
  ...[...read('Makefile').matchAll(/^([a-z][a-z-]*):/gm)].map(([, name = '']) => name),
])

/** Code of a page: its fences and indented blocks, and what stands between backticks. Prose may say "make sure". */
export function codeOf(markdown: string): string[] {
  const fences = [...markdown.matchAll(/^ *```[^\n]*\n([\s\S]*?)^ *```/gm)].map(([, code = '']) => code)
  const rest = markdown.replace(/^ *```[\s\S]*?^ *```/gm, '')
  const indented = [...rest.matchAll(/^ {4}(?! *[-*\d|])(.*)$/gm)].map(([, code = '']) => code)
  const inline = [...rest.matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code)
  return [...fences, ...indented, ...inline]
}

/** Targets that commands of a page call. */
export const targetsIn = (markdown: string): string[] =>
  codeOf(markdown).flatMap((code) =>
    [...code.matchAll(/(?:^|&& |\|\| |[|;(] ?|\w=\S+ )make(?: -\S+)* ([a-z][a-z-]*)/gm)].map(([, name = '']) => name),
  )

/** Anchors that GitHub gives the headings of a page. */
export const anchorsOf = (markdown: string): Set<string> =>
  new Set(
    [...markdown.replace(/^ *```[\s\S]*?^ *```/gm, '').matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = '']) =>
      heading
        .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
        .replace(/[`*]/g, '')
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  )
