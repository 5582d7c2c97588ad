/** The list of promises is whole, and each row's test and patch are there. That the patches are caught: `make promises`. */
import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { refusalOfPatch } from '../../scripts/promises/copy.ts'
import { IDS, PATCHES, ROOT, readRows, TABLE, tableOf, titleOf } from '../../scripts/promises/rows.ts'

const rows = readRows()

t.test('every row of the list is there once', async (t) => {
  t.same(
    rows.map(({ id }) => id),
    IDS,
  )
})

t.test('docs/promises.md has what the rows say (make promises ARGS=--table)', async (t) => {
  t.equal(readFileSync(TABLE, 'utf8'), tableOf(rows))
})

t.test('each test file has a test whose title begins with the row', async (t) => {
  for (const row of rows) {
    if (row.not_held !== undefined) {
      t.ok(row.not_held.length > 40, `${row.id} says why it does not hold`)
      continue
    }
    const file = join(ROOT, row.test)
    const title = new RegExp(`\\btest\\(\\s*['"\`]${titleOf(row.id)}`)
    t.ok(existsSync(file) && title.test(readFileSync(file, 'utf8')), `${row.id} in ${row.test}`)
  }
})

t.test('each patch applies, and each belongs to a row', async (t) => {
  const patches = rows.flatMap((row) => (row.not_held === undefined ? [row.patch] : []))
  t.same(globSync('*.patch', { cwd: PATCHES }).sort(), patches.sort())
  for (const patch of patches) t.equal(await refusalOfPatch(patch), null, patch)
})
