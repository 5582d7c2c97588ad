import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { chromiumPath } from '../../fixtures/browser.ts'
import { spawnService } from '../../fixtures/processes.ts'
import { buildPageIfStale } from '../built-page.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const UNLIMITED = '1000000'

export interface Product {
  origin: string
  /** Of the service. */
  pid: number
  /** Chromium's program. */
  chromium: string
  stop(): Promise<unknown>
}

/**
 * The built page and the service on made-up analyses: those of DATA_DIR, or of a folder below .data that is filled once for each number.
 * @param photos how many; COUNT says otherwise
 */
export async function startProduct(photos: number): Promise<Product> {
  const chromium = chromiumPath()
  if (!chromium) throw new Error('Chromium is not here: install the package chromium, or set CHROMIUM to its path')
  const count = process.env.COUNT || String(photos)
  const data = resolve(process.env.DATA_DIR || join(ROOT, '.data', `screens-${count}`))
  await buildPageIfStale()
  if (!existsSync(join(data, 'postgres'))) {
    mkdirSync(data, { recursive: true })
    const env = { ...process.env, DATA_DIR: data, DATABASE_URL: '', ENVIRONMENT: 'development' }
    execFileSync(process.execPath, ['scripts/demo-data.ts', '--count', count], { cwd: ROOT, env, stdio: 'inherit' })
  }
  const limits = { RATE_LIMIT_PER_IP: UNLIMITED, RATE_LIMIT_PER_KEY: UNLIMITED }
  const service = spawnService({ ENVIRONMENT: 'test', DATA_DIR: data, ...limits })
  return { origin: await service.listening, pid: service.pid, chromium, stop: () => service.stop() }
}
