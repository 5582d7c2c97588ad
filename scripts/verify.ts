/** `make verify`: the checks that are too long for everyday, one after another; all run, any failure fails it. */
import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'

const root = resolve(import.meta.dirname, '..')

const checks: [title: string, command: string, ...args: string[]][] = [
  // 16 clients: the ratio then says something of the service and not of what else the machine does.
  ['Benchmark, short', 'node', 'bench/bench.ts', '--quick', '--clients', '16'],
  ['The container image builds and runs', 'node', 'scripts/image/build.ts'],
]

const failed = checks.filter(([title, command, ...args]) => {
  process.stderr.write(`\n== ${title}\n`)
  return spawnSync(command, args, { cwd: root, stdio: 'inherit' }).status !== 0
})
for (const [title] of failed) process.stdout.write(`failed: ${title}\n`)
process.exit(failed.length === 0 ? 0 : 1)
