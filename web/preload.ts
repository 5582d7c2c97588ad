import type { Plugin, Rolldown } from 'vite'

type Chunk = Rolldown.OutputChunk

/** Chunks of ../vite.config.ts that would each keep a slow phone busy. */
const LIBRARIES = ['react', 'router', 'providers']
const FETCH = { rel: 'modulepreload', fetchpriority: 'low', crossorigin: true }
const START = /src\/start\.tsx$/
const SCREEN = /src\/app\/routes\/([^/]+)\.tsx$/
const CATALOGUE = /src\/texts\/([^/]+)\/index\.ts$/
const TEXTS_OF_SCREEN = /src\/texts\/([^/]+)\/(?!index\.ts$)([^/]+)\.ts$/

/**
 * Names in index.html what the page needs: the browser fetches it all at once, and not one file when another has run. What every
 * visit needs stands there as links; what only a screen or a language needs as data, for src/app/screen-files.ts.
 */
export const preload: Plugin = {
  name: 'preload',
  apply: 'build',
  transformIndexHtml: {
    order: 'post',
    handler(html, { bundle = {} }) {
      const chunks = Object.values(bundle).filter((file): file is Chunk => file.type === 'chunk')
      const byName = new Map(chunks.map((chunk) => [chunk.fileName, chunk]))
      const page = html.replaceAll(/ *<link rel="modulepreload".*?>\n?/g, '')
      const filesOf = (chunk: Chunk): string[] => closure(chunk, byName).filter((file) => !page.includes(file))
      const from = (source: RegExp): Chunk[] => chunks.filter(({ facadeModuleId }) => source.test(facadeModuleId ?? ''))
      const part = (source: RegExp, { facadeModuleId }: Chunk, group = 1): string =>
        source.exec(facadeModuleId ?? '')?.[group] ?? ''

      const screens = from(SCREEN).map((chunk) => ({ name: part(SCREEN, chunk), files: filesOf(chunk) }))
      const start = from(START).flatMap(filesOf)
      if (screens.length === 0 || start.length === 0)
        throw new Error('the build has no file of start.tsx, or none of the screens')
      const ofAll = screens.map(({ files }) => files).reduce((one, other) => one.filter((file) => other.includes(file)))
      const always = [...new Set([...start, ...ofAll])]

      // In this order each one runs after what it imports.
      const libraries = LIBRARIES.flatMap((name) => chunks.find((chunk) => chunk.name === name)?.fileName ?? [])
      if (libraries.length < LIBRARIES.length) throw new Error(`the build has not all of ${LIBRARIES}`)
      const more: Record<string, string[]> = { libraries }
      const add = (name: string, files: string[]): void => {
        more[name] = files.filter((file) => !always.includes(file))
      }
      for (const { name, files } of screens) add(name, files)
      for (const chunk of from(CATALOGUE)) add(`every ${tag(part(CATALOGUE, chunk))}`, filesOf(chunk))
      for (const chunk of from(TEXTS_OF_SCREEN)) {
        add(`${part(TEXTS_OF_SCREEN, chunk, 2)} ${tag(part(TEXTS_OF_SCREEN, chunk))}`, filesOf(chunk))
      }
      return {
        html: page,
        tags: [
          // After the style sheet, which the first paint waits for.
          ...always.map((file) => ({ tag: 'link', injectTo: 'head' as const, attrs: { ...FETCH, href: `/${file}` } })),
          { tag: 'meta', injectTo: 'head', attrs: { name: 'screen-files', content: JSON.stringify(more) } },
        ],
      }
    },
  },
}

/** A folder of texts by its BCP 47 tag: zh-hans is zh-Hans. */
const tag = (folder: string): string => folder.replace(/-(.)/, (_, letter: string) => `-${letter.toUpperCase()}`)

/** The files of a chunk and of what it imports statically. */
function closure(chunk: Chunk, byName: ReadonlyMap<string, Chunk>): string[] {
  const files = new Set([chunk.fileName])
  // Grows while it is gone through.
  for (const file of files) for (const next of byName.get(file)?.imports ?? []) files.add(next)
  return [...files]
}
