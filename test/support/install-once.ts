import { existsSync } from 'node:fs'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

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

/** Installs a program into a folder unless it is there. Returns null, or the last line of why it cannot be installed. */
export async function installOnce(
  name: string,
  folder: string,
  install: () => Promise<unknown>,
): Promise<string | null> {
  // Written last: an installer places the commands before it is done.
  const ready = resolve(folder, 'is-installed')
  if (existsSync(ready)) return null
  await mkdir(folder, { recursive: true })
  const lock = `${folder}-lock`
  if (!(await takeLock(lock, ready))) return null
  try {
    process.stderr.write(`Installing ${name} (half a minute) ...\n`)
    await install()
    await writeFile(ready, '')
    return null
  } catch (error) {
    return (error instanceof Error ? error.message.trim().split('\n').at(-1) : undefined) ?? String(error)
  } finally {
    await rm(lock, { force: true })
  }
}
