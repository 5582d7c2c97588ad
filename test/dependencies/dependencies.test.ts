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

t.test('L9 the lock file holds only packages of the registry, each with its hash', async (t) => {
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
  metadata?: object
  vulnerabilities?: Record<string, { severity: string }>
}

/** What the registry knows of the production packages; undefined where it does not answer. */
function audit(): Audit | undefined {
  const { stdout } = spawnSync('npm', ['audit', '--omit=dev', '--json'], {
    cwd: ROOT,
    encoding: 'utf8',
    timeout: 60_000,
  })
  try {
    const answer = JSON.parse(stdout) as Audit
    return answer.metadata && answer
  } catch {
    return undefined
  }
}

const known = audit()

t.test(
  'L9 no production package has a known vulnerability',
  { skip: !known && 'the registry answers no audit' },
  async (t) => {
    t.strictSame(known?.vulnerabilities, {})
  },
)
