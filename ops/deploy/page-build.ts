import { spawn } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'
import { extname, join, relative, sep } from 'node:path'
import { Failure } from '../lib/failures.ts'

/** A file of the built page. */
export interface PageFile {
  /** Path relative to the page's address, such as assets/index-1a2b3c.js. */
  readonly key: string
  readonly type: string
  readonly cacheControl: string
  read(): Promise<Buffer>
}

/** Vite's folder for files with a content hash in their name; they never change. */
export const hashedFolder = 'assets/'
export const indexFile = 'index.html'

/** As in guide 3.4. */
const forAYear = 'public, max-age=31536000, immutable'
const never = 'no-cache, no-store, must-revalidate'
/** Service worker, manifest, icons: cached but revalidated. The guide's year would prevent updates of the worker. */
const askAgain = 'no-cache'

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.txt': 'text/plain; charset=utf-8',
}

/** Cache-Control of a file of the page. */
export function cacheControlOf(key: string): string {
  if (key === indexFile) return never
  return key.startsWith(hashedFolder) ? forAYear : askAgain
}

/** The files of a built page. @throws Failure where a file has an ending of no known type, or index.html is missing */
export async function pageFiles(folder: string): Promise<PageFile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  const files = entries
    // CloudFront compresses on its own; these files are for the API's web server.
    .filter((entry) => entry.isFile() && !/\.(br|gz)$/.test(entry.name))
    .map((entry) => {
      const path = join(entry.parentPath, entry.name)
      const key = relative(folder, path).split(sep).join('/')
      const type = types[extname(key)]
      if (!type)
        throw new Failure(
          `${key}: a file of the page with an unknown ending; add its type to ops/deploy/page-build.ts.`,
        )
      return { key, type, cacheControl: cacheControlOf(key), read: () => readFile(path) }
    })
  if (!files.some(({ key }) => key === indexFile))
    throw new Failure(`${folder} holds no ${indexFile}: the page was not built.`)
  return files
}

/** Builds the page for an API at `api` (nothing: at the page's own address) and returns the folder. @throws Failure with Vite's last words */
export async function buildPage(api: string, folder = join('web', 'dist')): Promise<string> {
  const env = { ...process.env, VITE_API_URL: api, NODE_ENV: 'production' }
  const args = ['build', 'web', '--logLevel', 'warn', '--outDir', relative('web', folder)]
  const child = spawn('vite', args, { env, stdio: ['ignore', 'inherit', 'pipe'] })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-2000)
  })
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('close', resolve)
    child.once('error', (error) => reject(new Failure(`vite cannot be started: ${error.message}`)))
  })
  if (code !== 0) throw new Failure(`The page does not build: ${said.trim().split('\n')[0] || `exit code ${code}`}`)
  return folder
}
