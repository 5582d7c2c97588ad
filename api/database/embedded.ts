import { spawn } from 'node:child_process'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'

export interface EmbeddedPostgres {
  url: string
  stop(): Promise<void>
}

/**
 * Starts PostgreSQL from the npm package of its binaries, with its files under `dataDir`, on a free port of 127.0.0.1.
 * A keeper process runs it, in a process group of its own, so that Ctrl-C reaches us and not it, and so that it is
 * stopped cleanly even when we are killed. Throws, with the keeper's reason, where it does not come up.
 */
export async function startEmbeddedPostgres(dataDir: string): Promise<EmbeddedPostgres> {
  const keeper = spawn(process.execPath, [resolve(import.meta.dirname, 'embedded-keeper.ts'), dataDir], {
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  const exited = new Promise<void>((done) => keeper.once('exit', () => done()))
  let errors = ''
  keeper.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors = (errors + text).slice(-2000)
  })
  const firstLine = new Promise<string>((done) => createInterface(keeper.stdout).once('line', done))
  const url = await Promise.race([firstLine, exited.then(() => null)])
  if (!url?.startsWith('postgresql://')) throw new Error(`The embedded PostgreSQL did not start: ${errors.trim()}`)
  // What it says from here on has no reader; it must not hold this process either.
  keeper.stderr.resume()
  keeper.unref()
  return {
    url,
    stop: async () => {
      keeper.ref()
      keeper.stdin.end()
      await exited
    },
  }
}
