import { spawn } from 'node:child_process'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'

export interface EmbeddedPostgres {
  url: string
  stop(): Promise<void>
}

/**
 * Starts PostgreSQL from the npm binaries on a free port of 127.0.0.1, with its files under `dataDir`. A supervisor
 * runs it in its own process group, so that Ctrl-C does not reach it and it stops cleanly even if this process is
 * killed. Throws with the supervisor's error output if the server does not start.
 * @param shared use the server of another process that runs on `dataDir` instead of failing
 */
export async function startEmbeddedPostgres(dataDir: string, { shared = false } = {}): Promise<EmbeddedPostgres> {
  const program = resolve(import.meta.dirname, 'embedded-supervisor.ts')
  const supervisor = spawn(process.execPath, [program, dataDir, ...(shared ? ['shared'] : [])], {
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  const exited = new Promise<void>((done) => supervisor.once('exit', () => done()))
  let errors = ''
  supervisor.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors = (errors + text).slice(-2000)
  })
  const firstLine = new Promise<string>((done) => createInterface(supervisor.stdout).once('line', done))
  const url = await Promise.race([firstLine, exited.then(() => null)])
  if (!url?.startsWith('postgresql://')) throw new Error(`Embedded PostgreSQL did not start: ${errors.trim()}`)
  // Discard further output, and do not let the supervisor keep this process alive.
  supervisor.stderr.resume()
  supervisor.unref()
  return {
    url,
    stop: async () => {
      supervisor.ref()
      supervisor.stdin.end()
      await exited
    },
  }
}
