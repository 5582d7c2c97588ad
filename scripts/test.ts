/**
 * `make test`: formatting and lint, types, the page's client types, the page's build, then all tests by tap.
 * Arguments are test files, in place of all. Ends with "N passed, N failed, N skipped"; a skipped test that
 * test/allowed-skips.json does not list is a failure where CI is set.
 */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream, mkdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'

const root = resolve(import.meta.dirname, '..')
const output = join(root, '.data/test-output.tap')
const files = process.argv.slice(2)

function run(title: string, command: string, args: string[]): boolean {
  process.stderr.write(`\n== ${title}\n`)
  const started = performance.now()
  const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit' })
  process.stderr.write(`${status === 0 ? 'ok' : 'FAILED'} (${Math.round((performance.now() - started) / 1000)} s)\n`)
  return status === 0
}

/** Runs tap, keeping its report and showing a line a file as each ends. */
async function runTests(): Promise<boolean> {
  process.stderr.write('\n== Tests\n')
  const tap = spawn('tap', ['run', '--reporter=tap', ...files], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = once(tap, 'close')
  const report = createWriteStream(output)
  for await (const line of createInterface(tap.stdout)) {
    report.write(`${line}\n`)
    const file = /^(not ok|ok) \d+ - (\S+)(?: # time=(\d+))?/.exec(line)
    if (file) process.stderr.write(`${file[1]?.padEnd(6)} ${file[2]} (${Math.round(Number(file[3] ?? 0) / 1000)} s)\n`)
  }
  report.end()
  await once(report, 'close')
  const [code] = await ended
  return code === 0
}

/** The failed asserts of a TAP file with what tap says of them. */
const failures = (text: string): string[] =>
  [...text.matchAll(/^( *)not ok .*\n(?:\1 {2}---\n(?:\1 .*\n|\n)*?\1 {2}\.\.\.\n)?/gm)]
    .map(([block]) => block)
    .filter((block) => !/^ *not ok \d+ - .* # time=/.test(block))

interface Skip {
  name: string
  reason: string
}

/** Counts and skipped tests of a TAP file; a skip counts once, where it is nearest to the test. */
function readTap(text: string): { passed: number; failed: number; skips: Skip[] } {
  const totals = text.split('\n').findLast((line) => line.startsWith('# { total:')) ?? ''
  const total = (name: string) => Number(new RegExp(`\\b${name}: (\\d+)`).exec(totals)?.[1] ?? 0)
  const skips = [...text.matchAll(/^\s*ok \d+ - (.*?) # SKIP ?(.*)$/gm)].map(([, name = '', reason = '']) => ({
    name,
    reason,
  }))
  return { passed: total('pass'), failed: total('fail'), skips }
}

function unlisted(skips: Skip[]): Skip[] {
  const allowed: { reason: string }[] = JSON.parse(readFileSync(join(root, 'test/allowed-skips.json'), 'utf8'))
  return skips.filter((skip) => !allowed.some(({ reason }) => skip.reason.startsWith(reason)))
}

mkdirSync(join(root, '.data'), { recursive: true })
const checks =
  files.length > 0 ||
  [
    run('Lint and formatting', 'biome', ['check', '.']),
    run('Types', 'tsc', ['--noEmit']),
    run('Types of the page', 'tsc', ['--noEmit', '-p', 'web']),
    run("Types of the page's client", 'node', ['scripts/openapi.ts', '--check']),
    run('Build of the page', 'vite', ['build', 'web', '--logLevel', 'warn']),
  ].every(Boolean)
run('Plugins of tap', 'tap', ['build'])
const tested = await runTests()
const report = readFileSync(output, 'utf8')
const { passed, failed, skips } = readTap(report)
for (const block of failures(report)) process.stdout.write(`${block}\n`)
for (const { name, reason } of skips) process.stdout.write(`skipped: ${name} (${reason})\n`)
const forbidden = process.env.CI ? unlisted(skips) : []
for (const { name } of forbidden) process.stdout.write(`not in test/allowed-skips.json: ${name}\n`)
process.stdout.write(`${passed} passed, ${failed} failed, ${skips.length} skipped\n`)
process.exit(checks && tested && failed === 0 && forbidden.length === 0 ? 0 : 1)
