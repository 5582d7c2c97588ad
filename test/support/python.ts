import { execFile } from 'node:child_process'
import { resolve } from 'node:path'
import { promisify } from 'node:util'
import { installOnce } from './install-once.ts'

const run = promisify(execFile)

/** The Python programs that the tests run, each in an environment of its own, as they pin different versions of the same things. */
const PROGRAMS = {
  moto: ['moto[server]>=5.2,<6'],
  schemathesis: ['schemathesis==4.32.5'],
  checkov: ['checkov==3.3.30'],
  parliament: ['parliament==1.6.4', 'setuptools==80.9.0'], // it imports pkg_resources, which setuptools 81 no longer has
} as const

export type Program = keyof typeof PROGRAMS

/** Where the commands of a program lie. */
export const binOf = (program: Program): string => resolve(import.meta.dirname, '../../.venv', program, 'bin')

/**
 * Installs a program below .venv, about 30 s the first time and nothing after that.
 * Returns null, or in plain words why it cannot be had: tests with it are then skipped.
 */
export async function installPython(program: Program): Promise<string | null> {
  try {
    await run('python3', ['--version'])
  } catch {
    return `python3 is not installed, so ${program} cannot run`
  }
  const folder = resolve(binOf(program), '..')
  const failure = await installOnce(program, folder, async () => {
    await run('python3', ['-m', 'venv', folder])
    await run(resolve(binOf(program), 'python'), ['-m', 'pip', 'install', '--quiet', ...PROGRAMS[program]])
  })
  return failure && `${program} cannot be installed by python3 -m venv and pip: ${failure}`
}

// Run by itself: all of them, ahead of the tests.
if (import.meta.main) {
  for (const program of Object.keys(PROGRAMS) as Program[]) {
    const reason = await installPython(program)
    if (reason !== null) process.stderr.write(`${reason}; the tests with it will be skipped\n`)
  }
}
