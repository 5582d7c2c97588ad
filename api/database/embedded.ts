import { spawn } from 'node:child_process'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'

export interface EmbeddedPostgres {
  url: string
  stop(): Promise<void>
}

/**
 * Starts PostgreSQL from the npm package of its binaries, with its files under `dataDir`, on a free port of 127.0.0.1.
 * A supervisor process runs it, in a process group of its own, so that Ctrl-C reaches us and not it, and so that it is
 * stopped cleanly even when we are killed. Throws, with the supervisor's reason, where it does not come up.
 * @param shared uses the server of another process that runs on `dataDir`; without it that is refused
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
  if (!url?.startsWith('postgresql://')) throw new Error(`The embedded PostgreSQL did not start: ${errors.trim()}`)
  // What it says from here on has no reader; it must not hold this process either.
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
