import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { binOf, installPython } from './python.ts'

/** moto, a local stand-in for AWS. Returns null, or in plain words why it cannot be had: tests on it are then skipped. */
export const installMoto = (): Promise<string | null> => installPython('moto')

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
  const child = spawn(join(binOf('moto'), 'moto_server'), ['-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' })
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
