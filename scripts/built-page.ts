import { existsSync, readdirSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'

const web = resolve(import.meta.dirname, '../web')
const dist = join(web, 'dist')

/** Milliseconds of the newest change below a folder, what is built left out. */
function newest(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.startsWith(dist))
    .reduce((latest, entry) => Math.max(latest, statSync(join(entry.parentPath, entry.name)).mtimeMs), 0)
}

/** Builds web/dist where a source is newer. Throws where the page cannot be built. */
export async function buildPageIfStale(log: (text: string) => void = () => undefined): Promise<void> {
  const built = join(dist, 'index.html')
  if (existsSync(built) && statSync(built).mtimeMs > newest(web)) return
  log('Building the page ...')
  const { build } = await import('vite')
  await build({ root: web, logLevel: 'warn' })
}
