import type { Plugin, Rolldown } from 'vite'

type Chunk = Rolldown.OutputChunk

const START = /src\/start\.tsx$/
const FETCH = { rel: 'modulepreload', fetchpriority: 'low', crossorigin: true }

/** Preloads the files of src/start.tsx, which src/main.ts imports only after the first paint. */
export const preload: Plugin = {
  name: 'preload',
  apply: 'build',
  transformIndexHtml: {
    order: 'post',
    handler(html, { bundle = {} }) {
      const chunks = Object.values(bundle).filter((file): file is Chunk => file.type === 'chunk')
      const start = chunks.find(({ facadeModuleId }) => START.test(facadeModuleId ?? ''))
      if (!start) throw new Error('the build has no chunk of start.tsx')
      const files = closure(start, new Map(chunks.map((chunk) => [chunk.fileName, chunk])))
      return files
        .filter((file) => !html.includes(file))
        .map((file) => ({ tag: 'link', injectTo: 'head', attrs: { ...FETCH, href: `/${file}` } }))
    },
  },
}

/** The files of a chunk and of what it imports statically. */
function closure(chunk: Chunk, byName: ReadonlyMap<string, Chunk>): string[] {
  const files = new Set([chunk.fileName])
  // Grows while it is iterated.
  for (const file of files) for (const next of byName.get(file)?.imports ?? []) files.add(next)
  return [...files]
}
