/**
 * `make walkthrough`: a clean clone of what is committed, and in it the commands of the section on a first deployment in docs/delivery.md, one
 * after the other, as they stand there. Around them are a simulated AWS account, two processes of the API behind a load balancer and a stand-in of
 * CloudFront, PostgreSQL, Redis and a fake of the model. Ends with a table; non-zero with one line where a command fails.
 */
import { execFileSync, spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { chmod, mkdtemp, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { Failure } from '../../ops/lib/failures.ts'
import { secondsSince } from '../../ops/lib/progress.ts'
import { PAGE, SECTION, stepsIn } from './blocks.ts'
import { type Simulation, startSimulation } from './simulation.ts'

const root = resolve(import.meta.dirname, '../..')
const begin = performance.now()
const say = (line: string) =>
  void process.stderr.write(`[${new Date().toISOString().slice(11, 19)} +${secondsSince(begin)} s] ${line}\n`)
const git = (folder: string, ...args: string[]) =>
  execFileSync('git', ['-C', folder, ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }).trim()

interface Row {
  readonly step: string
  readonly command: string
  readonly result: string
  readonly seconds: number
}

/** Nothing of ours but what a person's shell has: no variables of the make that runs this. */
const shell = Object.fromEntries(
  ['HOME', 'LANG', 'TERM', 'USER', 'TMPDIR'].flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])),
)

/** Runs a command in the clone with its output on the terminal; returns what it last said where it failed. */
async function run(command: string, cwd: string, simulation: Simulation): Promise<string | undefined> {
  const env = { ...shell, ...(await simulation.variables()) }
  const child = spawn('sh', ['-c', command], { cwd, env, stdio: ['pipe', 'inherit', 'pipe'], detached: true })
  const kill = () => void process.kill(-(child.pid ?? 0), 'SIGKILL') // where a signal ends us: all that it started
  process.prependOnceListener('exit', kill)
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    process.stderr.write(text)
    said = (said + text).slice(-4000)
  })
  child.stdin.on('error', () => undefined)
  child.stdin.end(/\bmake secret\b/.test(command) ? simulation.modelKey : '')
  const code = await new Promise<number | null>((done) => child.once('close', done))
  process.off('exit', kill)
  if (code === 0) return undefined
  const last = said.split('\n').findLast((line) => line.trim() && !/^make(\[\d+\])?:/.test(line))
  return `exit code ${code}: ${last?.trim() ?? 'without a word'}`
}

/** A clone of HEAD, and in the repository it comes from a commit more, for `git pull`. */
function cloneOf(folder: string): { clone: string; first: string; second: string } {
  const changed = git(root, 'status', '--porcelain').split('\n').filter(Boolean)
  if (changed.length > 0) say(`${changed.length} changed files are not committed, and so not in the clone`)
  const [origin, clone] = [join(folder, 'origin.git'), join(folder, 'wiko')]
  git(root, 'clone', '--quiet', '--bare', '--no-local', root, origin)
  // A branch of its own: HEAD of a workflow's checkout is on none.
  git(origin, 'update-ref', 'refs/heads/walkthrough', git(root, 'rev-parse', 'HEAD'))
  git(origin, 'symbolic-ref', 'HEAD', 'refs/heads/walkthrough')
  git(folder, 'clone', '--quiet', origin, clone)
  const author = ['-c', 'user.name=A colleague', '-c', 'user.email=colleague@example.com']
  const next = git(origin, ...author, 'commit-tree', 'HEAD^{tree}', '-p', 'HEAD', '-m', 'The next commit')
  git(origin, 'update-ref', 'refs/heads/walkthrough', next)
  return { clone, first: git(clone, 'rev-parse', '--short=12', 'HEAD'), second: next.slice(0, 12) }
}

function table(rows: readonly Row[]): string {
  const width = (of: (row: Row) => string) => Math.max(...rows.map((row) => of(row).length))
  const [steps, commands] = [width(({ step }) => step), width(({ command }) => command)]
  return rows
    .map(
      ({ step, command, result, seconds }) =>
        `${step.padEnd(steps)}  ${command.padEnd(commands)}  ${String(seconds).padStart(4)} s  ${result}`,
    )
    .join('\n')
}

async function walk(folder: string): Promise<void> {
  const { clone, first, second } = cloneOf(folder)
  say(`${clone} is a clone of ${first}; ${second} is what git pull will bring`)
  const steps = stepsIn(await readFile(join(clone, PAGE), 'utf8'))
  const simulation = await startSimulation(folder, clone, say)
  say('a simulated account, PostgreSQL, Redis and a fake of the model are there')
  const rows: Row[] = []
  try {
    for (const { title, commands } of steps) {
      for (const command of commands) {
        say(`${title}: ${command}`)
        const start = performance.now()
        const fault = await run(command, clone, simulation)
        rows.push({ step: title, command, result: fault ? 'FAILED' : 'ok', seconds: secondsSince(start) })
        if (fault) throw new Failure(`FAILED at "${title}": ${command}: ${fault}`)
        const { image, page, pids } = await simulation.now()
        say(`now: image ${image ?? 'none'} in ${pids.length} processes, page ${page ?? 'none'}`)
      }
    }
    const { image, page } = await simulation.now()
    if (image !== first || page !== first)
      throw new Failure(
        `After "${steps.at(-1)?.title}" the image is ${image} and the page ${page}: both should be ${first}.`,
      )
    say(`image and page are those of ${first} again`)
  } catch (error) {
    for (const line of simulation.notSimulated()) say(line)
    throw error
  } finally {
    await simulation.close()
    process.stdout.write(`\n${PAGE}, "${SECTION}", in a clean clone of ${first}:\n${table(rows)}\n`)
  }
}

const folder = await mkdtemp(join(tmpdir(), 'wiko-walkthrough-'))
await chmod(folder, 0o711) // PostgreSQL's user passes through
process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130))
try {
  await walk(folder)
  process.stdout.write(`The walk-through passed, in ${secondsSince(begin)} s.\n`)
} catch (error) {
  if (!(error instanceof Failure)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}
