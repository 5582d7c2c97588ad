import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import t from 'tap'
import { auditPackages } from '../../scripts/scan/packages.ts'

const ROOT = resolve(import.meta.dirname, '../..')

interface Locked {
  resolved?: string
  integrity?: string
  link?: boolean
  inBundle?: boolean
}

t.test('L9 the lock file has packages of the registry only, each with its hash', async (t) => {
  const lock: { packages: Record<string, Locked> } = JSON.parse(
    readFileSync(resolve(ROOT, 'package-lock.json'), 'utf8'),
  )
  const { '': root, ...packages } = lock.packages
  t.ok(root)
  t.ok(Object.keys(packages).length > 100)
  for (const [name, { resolved, integrity, link, inBundle }] of Object.entries(packages)) {
    if (resolved !== undefined) t.match(resolved, /^https:\/\/registry\.npmjs\.org\//, name)
    if (link) t.fail(`${name} is a link`)
    // What a package brings in its own archive has the hash of that.
    if (!inBundle) t.match(integrity, /^sha512-/, name)
  }
})

const audit = await auditPackages(ROOT)

t.test('L9 no production package has a known fault', { skip: 'notRun' in audit && audit.notRun }, async (t) => {
  t.same(audit, [])
})
