import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)

const VENV = resolve(import.meta.dirname, '../../.venv')
const SERVER = join(VENV, 'bin/moto_server')
const PACKAGE = 'moto[server]>=5.2,<6'
/** Written last: pip places the commands before it is done. */
const READY = join(VENV, 'moto-is-installed')
const LOCK = join(VENV, 'moto-install-lock')

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/** Test files run side by side; one of them installs. Resolves to false where another one did meanwhile. */
async function takeLock(): Promise<boolean> {
  await mkdir(VENV, { recursive: true })
  while (!existsSync(READY)) {
    try {
      await writeFile(LOCK, String(process.pid), { flag: 'wx' })
      return true
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    }
    const owner = Number(await readFile(LOCK, 'utf8').catch(() => ''))
    if (owner > 0 && !isAlive(owner)) await rm(LOCK, { force: true })
    else await sleep(200)
  }
  return false
}

/**
 * Installs moto (a local stand-in for AWS) into .venv, about 30 s the first time and nothing after that.
 * Returns null, or in plain words why it cannot be had: tests on it are then skipped.
 */
export async function installMoto(): Promise<string | null> {
  if (existsSync(READY)) return null
  try {
    await run('python3', ['--version'])
  } catch {
    return 'python3 is not installed, so moto cannot run'
  }
  if (!(await takeLock())) return null
  try {
    await run('python3', ['-m', 'venv', VENV])
    await run(join(VENV, 'bin/python'), ['-m', 'pip', 'install', '--quiet', PACKAGE])
    await writeFile(READY, '')
    return null
  } catch (error) {
    const last = error instanceof Error ? error.message.trim().split('\n').at(-1) : String(error)
    return `moto cannot be installed by python3 -m venv and pip: ${last}`
  } finally {
    await rm(LOCK, { force: true })
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

export interface Moto {
  /** For AWS_ENDPOINT_URL. */
  url: string
  process: ChildProcess
  stop(): Promise<void>
}

/** Starts an empty AWS on a free port of 127.0.0.1. `installMoto` must have returned null. */
export async function startMoto(): Promise<Moto> {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const child = spawn(SERVER, ['-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' })
  const exited = once(child, 'exit')
  const stop = async (): Promise<void> => {
    child.kill('SIGKILL')
    await exited
  }
  for (let attempt = 0; attempt < 300 && child.exitCode === null; attempt++) {
    const answer = await fetch(`${url}/moto-api/`).catch(() => null)
    if (answer?.ok) return { url, process: child, stop }
    await sleep(100)
  }
  await stop()
  throw new Error('moto did not start')
}

if (import.meta.main) {
  const reason = await installMoto()
  if (reason !== null) process.stderr.write(`${reason}; the tests on S3 will be skipped\n`)
}
