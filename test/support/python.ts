import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/** Test files run side by side; one of them installs. Resolves to false where another one did meanwhile. */
async function takeLock(lock: string, ready: string): Promise<boolean> {
  while (!existsSync(ready)) {
    try {
      await writeFile(lock, String(process.pid), { flag: 'wx' })
      return true
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    }
    const owner = Number(await readFile(lock, 'utf8').catch(() => ''))
    if (owner > 0 && !isAlive(owner)) await rm(lock, { force: true })
    else await sleep(200)
  }
  return false
}

/** The Python programs that the tests run, each in an environment of its own, as they pin different versions of the same things. */
const PROGRAMS = {
  moto: 'moto[server]>=5.2,<6',
  schemathesis: 'schemathesis==4.32.5',
  checkov: 'checkov==3.3.30',
} as const

export type Program = keyof typeof PROGRAMS

/** Where the commands of a program lie. */
export const binOf = (program: Program): string => resolve(import.meta.dirname, '../../.venv', program, 'bin')

/**
 * Installs a program below .venv, about 30 s the first time and nothing after that.
 * Returns null, or in plain words why it cannot be had: tests with it are then skipped.
 */
export async function installPython(program: Program): Promise<string | null> {
  const folder = resolve(binOf(program), '..')
  // Written last: pip places the commands before it is done.
  const ready = resolve(folder, 'is-installed')
  if (existsSync(ready)) return null
  try {
    await run('python3', ['--version'])
  } catch {
    return `python3 is not installed, so ${program} cannot run`
  }
  await mkdir(folder, { recursive: true })
  const lock = `${folder}-lock`
  if (!(await takeLock(lock, ready))) return null
  try {
    process.stderr.write(`Installing ${program} (half a minute) ...\n`)
    await run('python3', ['-m', 'venv', folder])
    await run(resolve(binOf(program), 'python'), ['-m', 'pip', 'install', '--quiet', PROGRAMS[program]])
    await writeFile(ready, '')
    return null
  } catch (error) {
    const last = error instanceof Error ? error.message.trim().split('\n').at(-1) : String(error)
    return `${program} cannot be installed by python3 -m venv and pip: ${last}`
  } finally {
    await rm(lock, { force: true })
  }
}

// Run by itself: all of them, ahead of the tests.
if (import.meta.main) {
  for (const program of Object.keys(PROGRAMS) as Program[]) {
    const reason = await installPython(program)
    if (reason !== null) process.stderr.write(`${reason}; the tests with it will be skipped\n`)
  }
}
