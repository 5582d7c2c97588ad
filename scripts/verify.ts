/** `make verify`: the checks that are too long for everyday, one after another; all run, any failure fails it. ARGS=--all adds those that are too long for CI. */
import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'

const root = resolve(import.meta.dirname, '..')

interface Check {
  title: string
  command: [string, ...string[]]
  /** A program without which the check is skipped, in plain sight. */
  needs?: string
  /** Ends it by force; without: none. */
  minutes?: number
  /** Once, unless what it runs on (not what it checks) is known to fail now and then. */
  tries?: number
  /** Only where all are asked for. */
  onlyAll?: boolean
}

const all = process.argv.includes('--all')
const known: Check[] = [
  // 16 clients: the ratio then says something of the service and not of what else the machine does.
  {
    title: 'Benchmark, short',
    command: ['node', 'bench/bench.ts', '--quick', '--clients', '16', '--only', 'load,reads'],
  },
  {
    title: 'The API by its document, with cases that change daily',
    command: [
      'env',
      'SCHEMATHESIS_SEED=today',
      'SCHEMATHESIS_EXAMPLES=16',
      'tap',
      'test/contract/schemathesis.test.ts',
    ],
  },
  { title: 'The container image builds and runs', command: ['node', 'test/container-image/build.ts'] },
  {
    title: 'All drills of this machine',
    command: ['env', 'NAME=all', 'ENV=', 'node', 'ops/drill.ts'],
    minutes: 20,
    onlyAll: true,
  },
  {
    title: 'Deployment on a simulated AWS account',
    command: ['node', '--disable-warning=DEP0044', 'test/rehearsal/deployment.ts'],
    needs: 'terraform',
    minutes: 25,
    tries: 2,
    onlyAll: true,
  },
  {
    title: "README's first deployment from a clean clone, on a simulated AWS account",
    command: ['node', '--disable-warning=DEP0044', 'test/walkthrough/walkthrough.ts'],
    needs: 'terraform',
    minutes: 40,
    tries: 2,
    onlyAll: true,
  },
  {
    title: 'The whole life of the infrastructure on a simulated AWS account',
    command: ['node', '--disable-warning=DEP0044', 'test/rehearsal/infrastructure.ts'],
    needs: 'terraform',
    // moto's proxy may drop a connection, and Terraform then waits for ever: a second try is on a fresh account.
    minutes: 25,
    tries: 2,
  },
  {
    title: 'A deployment by its own role, with permission checks, on a simulated AWS account',
    command: ['node', '--disable-warning=DEP0044', 'test/rehearsal/role.ts'],
    needs: 'terraform',
    minutes: 25,
    tries: 2,
    onlyAll: true,
  },
]
const checks = known.filter(({ onlyAll }) => all || !onlyAll)

function passes({ command: [program, ...args], minutes }: Check): boolean {
  const timeout = minutes === undefined ? {} : { timeout: minutes * 60_000 }
  return spawnSync(program, args, { cwd: root, stdio: 'inherit', ...timeout }).status === 0
}

const isThere = (program: string) => spawnSync(program, ['version'], { stdio: 'ignore' }).status === 0
const skipped = checks.filter(({ needs }) => needs && !isThere(needs))
const failed = checks.filter((check) => {
  if (skipped.includes(check)) return false
  for (let left = check.tries ?? 1; left > 0; left--) {
    process.stderr.write(`\n== ${check.title}\n`)
    if (passes(check)) return false
  }
  return true
})
for (const { title, needs } of skipped) process.stdout.write(`skipped: ${title} (${needs} is not here)\n`)
for (const { title } of failed) process.stdout.write(`failed: ${title}\n`)
process.exit(failed.length === 0 ? 0 : 1)
