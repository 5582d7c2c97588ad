import { execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const ROOT = resolve(import.meta.dirname, '../..')

export interface Product {
  origin: string
  stop(): Promise<void>
}

/** Chromium's program. Throws a readable line where there is none. */
export function chromium(): string {
  const found = [process.env.CHROMIUM, '/usr/bin/chromium'].find((path) => path && existsSync(path))
  if (!found) throw new Error('Chromium is not here: install the package chromium, or set CHROMIUM to its path')
  return found
}

const run =
  (...args: string[]) =>
  (env: NodeJS.ProcessEnv) =>
    execFileSync(process.execPath, args, { cwd: ROOT, env, stdio: ['ignore', 'inherit', 'inherit'] })

/**
 * The built page and the service on demo data: in `folder`, where somebody has put them, or made in one that is removed in the end.
 * @param photos how many are made
 */
export async function startProduct(photos: number, folder?: string): Promise<Product> {
  const data = folder ?? mkdtempSync(join(tmpdir(), 'wiko-screens-'))
  const env = {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    DATA_DIR: data,
    HOST: '127.0.0.1',
    PORT: '0',
    LOG_LEVEL: 'error',
  }
  run('node_modules/vite/bin/vite.js', 'build', 'web', '--logLevel', 'warn')(env)
  if (!folder) run('scripts/demo-data.ts', '--count', String(photos))(env)
  const service = spawn(process.execPath, ['api/server.ts'], {
    cwd: ROOT,
    env,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const ended = new Promise<void>((done) => service.once('exit', () => done()))
  const origin = await Promise.race([
    new Promise<string>((done) => service.once('message', (message: { address: string }) => done(message.address))),
    ended.then(() => Promise.reject(new Error('the service ended before it listened'))),
  ])
  return {
    origin,
    async stop() {
      service.kill()
      await ended
      if (!folder) rmSync(data, { recursive: true, force: true })
    },
  }
}
