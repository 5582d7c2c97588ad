/** docs/promises.md has every row once, and each row's test file has a test whose title names the row. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { read, root } from './markdown.ts'

/** Letter of a group and how many rows it has. */
const GROUPS = { U: 15, A: 15, R: 11, D: 17, S: 12, L: 9 }
const IDS = Object.entries(GROUPS).flatMap(([group, count]) =>
  Array.from({ length: count }, (_, index) => `${group}${index + 1}`),
)

const rows = [...read('docs/promises.md').matchAll(/^\| ([A-Z]\d+) \| .+ \| (.+) \|$/gm)].map(
  ([, id = '', held = '']) => ({ id, held, file: /^\[(test\/[^\]]+)\]/.exec(held)?.[1] }),
)

t.test('every promise is listed once, in order', async (t) => {
  t.same(
    rows.map(({ id }) => id),
    IDS,
  )
})

t.test('each has a test whose title names it, or says why it does not hold', async (t) => {
  for (const { id, held, file } of rows) {
    if (file === undefined) {
      t.match(held, /^Not held: .{40,}/, id)
      continue
    }
    const path = join(root, file)
    // A title may name several rows, at its beginning or in brackets at its end.
    const title = new RegExp(
      `\\b(?:test|stageTest)\\(\\s*(['"\`])(?:(?:[A-Z]\\d+ )*${id} |(?:(?!\\1).)*\\((?:[A-Z]\\d+, )*${id}(?:, [A-Z]\\d+)*\\)\\1)`,
    )
    t.ok(existsSync(path) && title.test(readFileSync(path, 'utf8')), `${id} in ${file}`)
  }
})
