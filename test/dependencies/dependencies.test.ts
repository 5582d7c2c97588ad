import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import t from 'tap'

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

interface Audit {
  metadata?: { vulnerabilities: { moderate: number; high: number; critical: number } }
  vulnerabilities?: Record<string, { severity: string }>
}

const { stdout } = spawnSync('npm', ['audit', '--omit=dev', '--json'], { cwd: ROOT, encoding: 'utf8', timeout: 60_000 })
const audit = ((): Audit => {
  try {
    return JSON.parse(stdout)
  } catch {
    return {}
  }
})()
const unanswered = audit.metadata ? false : 'the registry answers no audit'

t.test('L9 no production package has a known fault', { skip: unanswered }, async (t) => {
  const faults = Object.entries(audit.vulnerabilities ?? {}).map(([name, { severity }]) => `${name} (${severity})`)
  t.same(faults, [])
})
