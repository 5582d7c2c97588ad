import { Failure } from '../../ops/lib/failures.ts'

/** The page and the section of it that the walk-through runs. */
export const PAGE = 'docs/delivery.md'
export const SECTION = 'A first deployment, from a clone'

/** A paragraph that begins with a bold title, and the commands of the indented block below it. */
export interface Step {
  readonly title: string
  /** As a person types them; a line that ends with a backslash goes on in the next. */
  readonly commands: readonly string[]
}

/** The steps of the section, read from the text of the page. @throws Failure if there is no such section, or a step without commands */
export function stepsIn(page: string): Step[] {
  const [, rest] = page.split(`\n## ${SECTION}\n`)
  if (rest === undefined) throw new Failure(`${PAGE} has no section "${SECTION}".`)
  const section = rest.split(/^## /m)[0] ?? ''
  const parts = section.split(/^\*\*(.+?)\*\*/m).slice(1)
  const steps = Array.from({ length: parts.length / 2 }, (_, index) => ({
    title: (parts[index * 2] ?? '').replace(/\.$/, ''),
    commands: commandsIn(parts[index * 2 + 1] ?? ''),
  }))
  const empty = steps.find(({ commands }) => commands.length === 0)
  if (steps.length === 0 || empty) throw new Failure(`${PAGE}, "${SECTION}": ${empty?.title ?? 'it'} has no command.`)
  return steps
}

function commandsIn(text: string): string[] {
  const code = [...text.matchAll(/^ {4}(.*)$/gm)].map(([, line = '']) => line).join('\n')
  return code
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .map((line) => line.replace(/(^|\s+)#.*$/, ''))
    .filter(Boolean)
}
