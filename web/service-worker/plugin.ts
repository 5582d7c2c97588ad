import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative, resolve, sep } from 'node:path'
import { type Plugin, transformWithOxc } from 'vite'

const SOURCE = resolve(import.meta.dirname, 'service-worker.ts')
/** Not needed to open the page: told by the end of the name. */
const LEFT_OUT = ['.map', '.br', '.gz', '.webmanifest', 'sample-knife.jpg', 'sw.js']
/** Two megabytes that few devices need: fetched for the first HEIC photo. */
const RARE = /^libheif-/

/** Paths of the built files that the page opens with, sorted. */
const shellOf = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(({ name }) => !LEFT_OUT.some((end) => name.endsWith(end)) && !RARE.test(name))
    .filter((entry) => entry.isFile())
    .map((entry) => `/${relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/')}`)
    .sort()

/** Writes sw.js beside the built page, with the list of its files and the hash of what is in them. */
export function serviceWorker(): Plugin {
  let folder = ''
  return {
    name: 'service-worker',
    apply: 'build',
    configResolved: ({ root, build }) => {
      folder = resolve(root, build.outDir)
    },
    async closeBundle() {
      const shell = shellOf(folder)
      const source = readFileSync(SOURCE, 'utf8')
      const version = createHash('sha256').update(source)
      for (const path of shell) version.update(path).update(readFileSync(join(folder, path)))
      const { code } = await transformWithOxc(source, SOURCE, {
        define: { __SHELL__: JSON.stringify(shell), __VERSION__: JSON.stringify(version.digest('hex').slice(0, 16)) },
      })
      writeFileSync(join(folder, 'sw.js'), code)
    },
  }
}
