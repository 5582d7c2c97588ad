/**
 * `make test`: formatting and lint, types, the page's client types, the page's build, then all tests by tap; a few files that fail are
 * run once more, alone, and what passes then is named as flaky. Arguments are test files or folders of them, in place of all that.
 * Ends with "N passed, N failed, N skipped"; a skipped test that test/allowed-skips.json does not list is a failure where CI is set.
 */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream, globSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { SHARED_POSTGRES_URL, startSharedPostgres } from '../fixtures/shared-postgres.ts'
import { findTestTerraform } from '../fixtures/terraform.ts'
import { buildPageIfStale } from './built-page.ts'

const root = resolve(import.meta.dirname, '..')
const output = join(root, '.data/test-output.tap')
const said = join(root, '.data/test-output.log')
/** Files; where more fail it is not the machine. */
const MOST_TRIED_AGAIN = 5
/** What has a time is a test or a file, and stands for the asserts in it. */
const WITH_TIME = /^ *(?:not )?ok \d+ - .* # time=/
const say = (text: string): void => void process.stderr.write(`\n== ${text}\n`)
const chosen = process.argv.slice(2).map((path) => relative(root, resolve(path)))
const filesIn = (path: string): string[] =>
  path.endsWith('.test.ts') ? [path] : globSync(join(path, '**/*.test.ts'), { cwd: root })
const files = (chosen.length > 0 ? chosen : ['test']).flatMap(filesIn)

function run(title: string, command: string, args: string[]): boolean {
  say(title)
  const started = performance.now()
  const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit' })
  process.stderr.write(`${status === 0 ? 'ok' : 'FAILED'} (${Math.round((performance.now() - started) / 1000)} s)\n`)
  return status === 0
}

interface FileResult {
  file: string
  ok: boolean
  /** Its part of tap's report; what is said of the file as a whole comes after its result. */
  lines: readonly string[]
}

const textOf = ({ lines }: FileResult): string => `${lines.join('\n')}\n`

/**
 * Runs tap, showing a line a file as each ends and at once what failed in it. What the tests' programs say goes to a
 * file: the words of a release that is broken on purpose would be taken for a failure of the tests.
 */
async function runTests(title: string, args: string[]): Promise<FileResult[]> {
  say(title)
  const tap = spawn('tap', ['run', '--reporter=tap', ...args], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
  const ended = once(tap, 'close')
  tap.stderr.pipe(createWriteStream(said, { flags: 'a' }))
  const report = createWriteStream(output, { flags: 'a' })
  const results: FileResult[] = []
  const parts: string[][] = []
  for await (const line of createInterface(tap.stdout)) {
    report.write(`${line}\n`)
    if (line.startsWith('# Subtest: ')) {
      show(results.at(-1))
      parts.push([])
    }
    parts.at(-1)?.push(line)
    const [, word = '', file = '', time = '0'] = /^(not ok|ok) \d+ - (\S+)(?: # time=(\d+))?/.exec(line) ?? []
    if (!files.includes(file)) continue
    process.stderr.write(`${word.padEnd(6)} ${file} (${Math.round(Number(time) / 1000)} s)\n`)
    results.push({ file, ok: word === 'ok', lines: parts.at(-1) ?? [] })
  }
  show(results.at(-1))
  report.end()
  await ended
  return results
}

/** The failed asserts of a file with what tap says of them; where none failed, what tap says of the file itself. */
function failures(result: FileResult): string[] {
  const blocks = [...textOf(result).matchAll(/^( *)not ok .*\n(?:\1 {2}---\n(?:\1 .*\n|\n)*?\1 {2}\.\.\.\n)?/gm)].map(
    ([block]) => block,
  )
  const asserts = blocks.filter((block) => !WITH_TIME.test(block))
  return asserts.length > 0 ? asserts : blocks
}

/** Says what failed in a file. */
function show(result: FileResult | undefined): void {
  if (result) for (const block of failures(result)) process.stderr.write(`${block}\n`)
}

interface Skip {
  name: string
  reason: string
}

/** The skipped tests of a file; a skip counts once, where it is nearest to the test. */
const skipsOf = (result: FileResult): Skip[] =>
  [...textOf(result).matchAll(/^\s*ok \d+ - (.*?) # SKIP ?(.*)$/gm)].map(([, name = '', reason = '']) => ({
    name,
    reason,
  }))

const passesOf = ({ lines }: FileResult): number =>
  lines.filter((line) => /^ *ok \d+/.test(line) && !WITH_TIME.test(line) && !line.includes(' # SKIP')).length

function unlisted(skips: Skip[]): Skip[] {
  const allowed: { reason: string }[] = JSON.parse(readFileSync(join(root, 'test/allowed-skips.json'), 'utf8'))
  return skips.filter((skip) => !allowed.some(({ reason }) => skip.reason.startsWith(reason)))
}

mkdirSync(join(root, '.data'), { recursive: true })
const checks =
  chosen.length > 0 ||
  [
    run('Lint and formatting', 'biome', ['check', '.']),
    run('Imports between folders', 'npm', ['run', '--silent', 'lint:imports']),
    run('Types', 'tsc', ['--noEmit']),
    run('Types of the page', 'tsc', ['--noEmit', '-p', 'web']),
    run("Types of the page's client", 'node', ['scripts/openapi.ts', '--check']),
  ].every(Boolean)
run('Plugins of tap', 'tap', ['build'])
// Once, so that no two files of tests build it at the same time.
if (files.some((file) => file.startsWith('test/e2e/'))) await buildPageIfStale(say)
// Looked for once: all tests with Terraform then take this provider (TEST_AWS_PROVIDER).
const terraform = files.some((file) => file.startsWith('test/infra/')) ? await findTestTerraform() : undefined
const provider = terraform && ('missing' in terraform ? `none: ${terraform.missing}` : terraform.provider)
if (provider) process.stderr.write(`\nAWS provider: ${provider}\n`)
for (const file of [output, said]) rmSync(file, { force: true })
// The tests and the services they start import the same few hundred files each time.
process.env.NODE_COMPILE_CACHE ??= join(root, '.data/compile-cache')
const postgresFolder = join(root, '.data/test/postgres-of-all')
rmSync(postgresFolder, { recursive: true, force: true })
const postgres = await startSharedPostgres(postgresFolder)
process.env[SHARED_POSTGRES_URL] = postgres.url
const results = new Map(
  (await runTests('Tests', chosen.length > 0 ? files : [])).map((result) => [result.file, result]),
)
/** Failed, or never run: a file that takes too long ends all. */
const missing = () => files.filter((file) => !results.get(file)?.ok)
const again = missing()
if (chosen.length === 0 && again.length > 0 && again.length <= MOST_TRIED_AGAIN)
  for (const result of await runTests('What failed, once more and alone', ['--jobs=1', ...again]))
    results.set(result.file, result)
await postgres.stop()
rmSync(postgresFolder, { recursive: true, force: true })
const flaky = again.filter((file) => results.get(file)?.ok)
const wrong = missing()
const skips = [...results.values()].flatMap(skipsOf)
const blocks = [...results.values()].flatMap(failures)
const failed = blocks.length + wrong.filter((file) => !results.has(file)).length
const passed = [...results.values()].reduce((sum, result) => sum + passesOf(result), 0)

for (const block of blocks) process.stdout.write(`${block}\n`)
if (provider) process.stdout.write(`AWS provider: ${provider}\n`)
for (const file of flaky) process.stdout.write(`flaky: ${file} (passed the second time)\n`)
for (const file of wrong) process.stdout.write(`not ok: ${file}${results.has(file) ? '' : ' (did not run)'}\n`)
for (const { name, reason } of skips) process.stdout.write(`skipped: ${name} (${reason})\n`)
const forbidden = process.env.CI ? unlisted(skips) : []
for (const { name } of forbidden) process.stdout.write(`not in test/allowed-skips.json: ${name}\n`)
if (wrong.length > 0) process.stdout.write(`What the tests' programs said: ${relative(root, said)}\n`)
process.stdout.write(`${passed} passed, ${failed} failed, ${skips.length} skipped\n`)
process.exit(checks && wrong.length === 0 && forbidden.length === 0 ? 0 : 1)
