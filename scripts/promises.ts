/**
 * `make promises`: for each promise, its test passes on a copy of the repository, and fails on a copy in which a patch has
 * broken the promise. Arguments are rows (R3 D9), in place of all. JOBS is how many rows are tried at a time.
 * `--table` writes docs/promises.md instead.
 */
import { execFile } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { breakPromise, type Copies, openCopies } from './promises/copy.ts'
import { type Held, type Row, readRows, TABLE, tableOf, titleOf } from './promises/rows.ts'

/** Longer than the longest test file takes here. */
const TIMEOUT_MS = 15 * 60_000

/** Aborted when the user ends it: what runs is stopped, and no further row is begun. */
const ended = new AbortController()

type Outcome = 'caught' | 'not held' | `${string} (!)`

/** Runs a row's test file in a copy, all of it or only the subtests of the row; resolves to tap's report. */
function runTest(copy: string, row: Held, part: 'all' | 'row'): Promise<string> {
  const titles = [...(row.within ?? []).map((title) => `/^${title}$/`), `/^${titleOf(row.id)}/`]
  const only = part === 'row' ? titles.map((title) => `--grep=${title}`) : []
  const options = { cwd: copy, maxBuffer: 2 ** 28, timeout: TIMEOUT_MS, signal: ended.signal }
  const args = ['run', '--reporter=tap', '--jobs=1', ...only, row.test]
  return new Promise((resolve) => {
    // tap calls a test that was ended unfinished a failed one: what was cut short says nothing.
    const tap = execFile('tap', args, options, (_, stdout) => resolve(tap.killed ? '' : stdout))
  })
}

/** How the subtests of a row ended; one that tap has left out or skipped is not counted. */
function endsOf(report: string, id: string): { ok: number; failed: number; skipped: string | null } {
  const ends = [...report.matchAll(new RegExp(`^ +(ok|not ok) \\d+ - ${titleOf(id)}(.*)$`, 'gm'))]
  const skip = ends.map(([line]) => / # SKIP ?(.*)/.exec(line)?.[1]).find((reason) => reason !== undefined)
  const ran = ends.filter(([line]) => !/ # (SKIP|TODO)/.test(line))
  const failed = ran.filter(([, end]) => end === 'not ok').length
  return { ok: ran.length - failed, failed, skipped: skip ?? null }
}

async function tryRow(row: Row, copies: Copies): Promise<Outcome> {
  if (row.not_held !== undefined) return 'not held'
  try {
    const copy = copies.make(row.id)
    let part: 'all' | 'row' = 'row'
    let before = endsOf(await runTest(copy, row, part), row.id)
    // Some subtests look at what those before them have done.
    if (before.failed > 0) {
      part = 'all'
      before = endsOf(await runTest(copy, row, part), row.id)
    }
    if (before.failed > 0) return 'the test fails without the patch (!)'
    if (before.ok === 0) return before.skipped ? `skipped: ${before.skipped} (!)` : 'no test of this row ran (!)'
    const refusal = await breakPromise(copy, row.patch)
    if (refusal !== null) return `${refusal} (!)`
    return endsOf(await runTest(copy, row, part), row.id).failed > 0 ? 'caught' : 'NOT caught (!)'
  } finally {
    copies.remove(row.id)
  }
}

const rows = readRows()
const asked = process.argv.slice(2)
if (asked.includes('--table')) {
  writeFileSync(TABLE, tableOf(rows))
  process.exit()
}
const unknown = asked.filter((id) => !rows.some((row) => row.id === id))
if (unknown.length > 0) {
  process.stderr.write(`There is no row ${unknown.join(', ')}; rows are ${rows.map(({ id }) => id).join(' ')}\n`)
  process.exit(2)
}

const waiting = rows.filter(({ id }) => asked.length === 0 || asked.includes(id))
const outcomes = new Map<Row, Outcome>(waiting.map((row) => [row, 'not tried (!)']))
const copies = await openCopies()
process.once('exit', () => copies.close())
process.once('SIGINT', () => {
  ended.abort()
  process.exitCode = 130
})

async function work(): Promise<void> {
  for (let row = waiting.shift(); row && !ended.signal.aborted; row = waiting.shift()) {
    const started = performance.now()
    const outcome = await tryRow(row, copies)
    outcomes.set(row, outcome)
    process.stderr.write(`${row.id.padEnd(4)} ${outcome} (${Math.round((performance.now() - started) / 1000)} s)\n`)
  }
}
const jobs = Number(process.env.JOBS) || Math.max(1, Math.floor(availableParallelism() / 2))
await Promise.all(Array.from({ length: jobs }, work))

for (const [row, outcome] of outcomes) {
  const where = row.not_held ?? row.test
  process.stdout.write(`${row.id.padEnd(4)} | ${row.promise} | ${where} | ${outcome}\n`)
}
const missed = [...outcomes.values()].filter((outcome) => outcome.endsWith('(!)')).length
process.stdout.write(`${outcomes.size - missed} of ${outcomes.size} promises are as they should be\n`)
if (missed > 0) process.exitCode ??= 1
