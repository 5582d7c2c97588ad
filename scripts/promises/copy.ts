/** Copies of the repository in which a promise is broken. */
import { execFile } from 'node:child_process'
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { PATCHES, ROOT } from './rows.ts'

const run = promisify(execFile)

/** What is installed, and shared by all copies. */
const INSTALLED = ['node_modules', '.venv', '.tap/plugins']

async function filesOf(): Promise<string[]> {
  const options = { cwd: ROOT, maxBuffer: 2 ** 26 }
  const { stdout } = await run('git', ['ls-files', '-co', '--exclude-standard', '-z'], options)
  // A file that was removed and not yet committed is listed too.
  return stdout.split('\0').filter((file) => file !== '' && existsSync(join(ROOT, file)))
}

export interface Copies {
  /** A new copy of the repository as it was at the start. */
  make(name: string): string
  remove(name: string): void
  /** Removes all of them. */
  close(): void
}

/** Copies lie side by side with a link to ../shared, so that the tests on it find it as they do here. */
export async function openCopies(): Promise<Copies> {
  const folder = mkdtempSync(join(tmpdir(), 'wiko-promises-'))
  // PostgreSQL's own user has to get through.
  chmodSync(folder, 0o755)
  const shared = resolve(ROOT, '../shared')
  if (existsSync(shared)) symlinkSync(shared, join(folder, 'shared'))
  const files = await filesOf()
  const original = join(folder, 'original')
  for (const file of files) cpSync(join(ROOT, file), join(original, file), { verbatimSymlinks: true })

  return {
    make(name) {
      const copy = join(folder, name)
      cpSync(original, copy, { recursive: true, verbatimSymlinks: true })
      for (const installed of INSTALLED.filter((path) => existsSync(join(ROOT, path)))) {
        mkdirSync(dirname(join(copy, installed)), { recursive: true })
        symlinkSync(join(ROOT, installed), join(copy, installed))
      }
      return copy
    },
    remove: (name) => rmSync(join(folder, name), { recursive: true, force: true }),
    close: () => rmSync(folder, { recursive: true, force: true }),
  }
}

const succeeds = (command: string, args: string[], cwd: string): Promise<boolean> =>
  // Below a folder of another repository git would apply nothing, and be content.
  run(command, args, { cwd, env: { ...process.env, GIT_CEILING_DIRECTORIES: resolve(cwd, '..') } }).then(
    () => true,
    () => false,
  )

/** Applies a patch of test/promises in a copy. Returns why it cannot, or null. */
export async function breakPromise(copy: string, patch: string): Promise<string | null> {
  const file = join(copy, 'test/promises', patch)
  if (!(await succeeds('git', ['apply', file], copy))) return 'patch does not apply'
  const { stdout } = await run('git', ['apply', '--numstat', file], { cwd: copy })
  for (const line of stdout.trim().split('\n')) {
    const changed = line.split('\t')[2] ?? ''
    // A fault of syntax fails every test, and proves nothing.
    if (/\.[jt]s$/.test(changed) && !(await succeeds(process.execPath, ['--check', changed], copy))) {
      return `patch breaks the syntax of ${changed}`
    }
  }
  return null
}

/** Applies to the repository as it is now; null where it does, else git's complaint. */
export const refusalOfPatch = (patch: string): Promise<string | null> =>
  run('git', ['apply', '--check', join(PATCHES, patch)], { cwd: ROOT }).then(
    () => null,
    (error: unknown) => String(error),
  )
