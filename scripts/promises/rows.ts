/** The promises of shared/research/reliability.md, where each is tested, and the patch that breaks it. */
import { globSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

export const ROOT = resolve(import.meta.dirname, '../..')
export const PATCHES = join(ROOT, 'test/promises')
/** What `make promises ARGS=--table` writes. */
export const TABLE = join(ROOT, 'docs/promises.md')

export interface Held {
  id: string
  promise: string
  /** Test file that fails when the promise is broken; see titleOf. */
  test: string
  /** Patch in test/promises that breaks the promise. */
  patch: string
  /** Titles of the subtests around the one with the id, outermost first. */
  within?: string[]
  not_held?: undefined
}
interface NotHeld {
  id: string
  promise: string
  /** Why the promise cannot hold. */
  not_held: string
}
export type Row = Held | NotHeld

/** Pattern of the titles of a row's subtests: they begin with the id, or with those of several rows. */
export const titleOf = (id: string): string => `(?:[UARDSL]\\d+ )*${id} `

/** Letter of a group and how many rows it has. */
const GROUPS = { U: 15, A: 15, R: 11, D: 17, S: 12, L: 9 }

/** Every row, in the order of the list. */
export const IDS = Object.entries(GROUPS).flatMap(([group, count]) =>
  Array.from({ length: count }, (_, index) => `${group}${index + 1}`),
)

/** The rows of all subjects, in the order of the list; what the list does not have comes last. */
export function readRows(): Row[] {
  const files = globSync('rows/*.json', { cwd: PATCHES }).sort()
  const rows = files.flatMap((file) => {
    const subject: Record<string, Omit<Row, 'id'>> = JSON.parse(readFileSync(join(PATCHES, file), 'utf8'))
    return Object.entries(subject).map(([id, row]) => ({ id, ...row }) as Row)
  })
  const place = ({ id }: Row) => (IDS.includes(id) ? IDS.indexOf(id) : IDS.length)
  return rows.sort((a, b) => place(a) - place(b))
}

/** docs/promises.md. */
export function tableOf(rows: Row[]): string {
  const lines = rows.map((row) => {
    const where = row.not_held === undefined ? `[${row.test}](../${row.test})` : `Not held: ${row.not_held}`
    return `| ${row.id} | ${row.promise} | ${where} |`
  })
  return `# Promises

What the service promises when its input, its dependencies or its own processes fail: U uploads, A the API, R rates and
overload, D dependencies, S shutdown and deployment, L logs, secrets and the page. Each is held by a test whose title
begins with the row, and \`test/promises\` has a patch that breaks it: \`make promises\` applies every patch to a copy and
expects the test to fail. \`make promises ARGS=--table\` writes this file from \`test/promises/rows\`.

| Row | Promise | Test |
|---|---|---|
${lines.join('\n')}
`
}
