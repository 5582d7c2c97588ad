/** Real processes for tests and the benchmark: the service and the fake of Azure, each started as an operator would. */
import { type ChildProcess, fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { refuseLeaks } from '../support/canaries.ts'
import { FAKE_KEY } from '../support/fake-azure.ts'

const ROOT = resolve(import.meta.dirname, '../..')
/** A service that has not stopped by itself after this long is killed. */
const STOP_MS = 45_000

export interface ServiceProcess {
  process: ChildProcess
  pid: number
  /** Lines of standard output so far: the log. */
  logs: string[]
  /** Lines of standard error so far. */
  errors: string[]
  /** Origin, once it listens. Rejects with the lines of standard error where it ends before. */
  listening: Promise<string>
  /** Exit code (null after a signal), once it has ended and its output is read. */
  exited: Promise<number | null>
  /** Asks it to stop, kills it where it does not; resolves to the exit code. */
  stop(): Promise<number | null>
}

/** Only these pass from our environment: a developer's own settings must not change what is tested. The last is glibc's. */
const inherited = (): NodeJS.ProcessEnv => ({
  PATH: process.env.PATH,
  HOME: process.env.HOME,
  MALLOC_ARENA_MAX: process.env.MALLOC_ARENA_MAX,
})

/** A test that ends early, at a timeout of its runner say, leaves nothing behind. */
const running = new Set<ChildProcess>()
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})
function remember(child: ChildProcess): void {
  running.add(child)
  child.once('exit', () => running.delete(child))
}

/** Runs `node api/server.ts` of a checkout with these variables and no others, on a free port unless PORT says otherwise, without the photo gate unless PHOTO_GATE does. */
export function spawnService(env: Record<string, string>, nodeOptions: string[] = [], root = ROOT): ServiceProcess {
  const child = fork(resolve(root, 'api/server.ts'), {
    env: { ...inherited(), PORT: '0', PHOTO_GATE: 'off', ...env },
    // As `npm start` and the image do.
    execArgv: ['--max-semi-space-size=8', ...nodeOptions],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  remember(child)
  const logs: string[] = []
  const errors: string[] = []
  if (child.stdout) createInterface(child.stdout).on('line', (line) => logs.push(line))
  if (child.stderr) createInterface(child.stderr).on('line', (line) => errors.push(line))
  const exited = once(child, 'close').then(([code]) => {
    refuseLeaks([...logs, ...errors], env)
    return code as number | null
  })
  const listening = Promise.race([
    once(child, 'message').then(([message]) => (message as { address: string }).address),
    exited.then(() => Promise.reject(new Error(`the service ended: ${errors.join('\n')}`))),
  ])
  // Whoever only waits for the end is not to be told as well that it never listened.
  listening.catch(() => undefined)
  return {
    process: child,
    pid: child.pid ?? 0,
    logs,
    errors,
    listening,
    exited,
    async stop() {
      child.kill('SIGTERM')
      const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS)
      const code = await exited
      clearTimeout(timer)
      return code
    },
  }
}

export interface FakeProcess {
  url: string
  pid: number
  /** Variables that make a service use it. */
  env: Record<string, string>
  /** Calls it has taken: with a picture, and for an explanation. */
  calls(): Promise<{ detect: number; explain: number }>
  stop(): Promise<void>
}

/** Runs the fake of Azure; every nth picture has a defect (0: none). */
export async function spawnFake({ delayMs = 0, defectEvery = 0 } = {}): Promise<FakeProcess> {
  const script = resolve(ROOT, 'test/support/fake-azure.ts')
  const child = spawn(
    process.execPath,
    [script, '--port', '0', '--delay-ms', String(delayMs), '--defect-every', String(defectEvery)],
    { env: inherited(), stdio: ['ignore', 'pipe', 'inherit'] },
  )
  remember(child)
  const exited = once(child, 'close')
  const url = await Promise.race([
    once(createInterface(child.stdout), 'line').then(([line]) => String(line)),
    exited.then(() => Promise.reject(new Error('the fake of Azure did not start'))),
  ])
  return {
    url,
    pid: child.pid ?? 0,
    env: { AZURE_AI_ENDPOINT: url, AZURE_AI_API_KEY: FAKE_KEY },
    calls: async () => (await fetch(`${url}/calls`)).json() as Promise<{ detect: number; explain: number }>,
    async stop() {
      child.kill('SIGTERM')
      await exited
    },
  }
}

/** Linux tells about processes in /proc; elsewhere such questions have no answer. */
export const HAS_PROC = existsSync('/proc/self/status')

const statusOf = (pid: number): string => {
  try {
    return readFileSync(`/proc/${pid}/status`, 'utf8')
  } catch {
    return ''
  }
}

/** Megabytes (2^20 bytes) of a process: VmRSS is what it has in memory now, VmHWM the most it had. NaN where not known. */
export const memoryOf = (pid: number, field: 'VmRSS' | 'VmHWM'): number =>
  Number(new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(statusOf(pid))?.[1] ?? Number.NaN) / 1024

/** Children of a process, and theirs. */
export function descendants(pid: number): number[] {
  const parents = readdirSync('/proc')
    .map(Number)
    .filter((id) => id > 0)
    .map((id) => ({ id, parent: Number(/^PPid:\s+(\d+)$/m.exec(statusOf(id))?.[1]) }))
  const below = (parent: number): number[] =>
    parents.filter((one) => one.parent === parent).flatMap(({ id }) => [id, ...below(id)])
  return below(pid)
}

const isAlive = (pid: number): boolean => /^State:\s+[^ZX]/m.test(statusOf(pid))

/** Those of the processes that still run after 20 seconds; empty as soon as none does. */
export async function survivors(pids: number[]): Promise<number[]> {
  for (let waited = 0; waited < 200 && pids.some(isAlive); waited++) await sleep(100)
  return pids.filter(isAlive)
}
