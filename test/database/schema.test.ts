import { execFile } from 'node:child_process'
import { cpSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import { promisify } from 'node:util'
import t from 'tap'
import { testFolder } from '../support/service.ts'

const root = resolve(import.meta.dirname, '../..')

t.test('the migrations make the tables that the code describes', async (t) => {
  const folder = testFolder()
  t.teardown(() => folder.remove())
  cpSync(resolve(root, 'drizzle/migrations'), folder.path, { recursive: true })
  const out = relative(root, folder.path)
  const { stdout } = await promisify(execFile)(
    resolve(root, 'node_modules/.bin/drizzle-kit'),
    ['generate', '--dialect', 'postgresql', '--schema', './drizzle/schema.ts', '--out', out],
    { cwd: root },
  )
  t.match(stdout, /No schema changes/)
})
