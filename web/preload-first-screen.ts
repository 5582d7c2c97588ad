import type { Plugin, Rolldown } from 'vite'

/** What most visits begin with. */
const FIRST = 'routes/inspect.tsx'

/** Names the first screen's files in index.html: the browser fetches them beside the frame's, and not after it has run. */
export const preloadFirstScreen: Plugin = {
  name: 'preload-first-screen',
  apply: 'build',
  transformIndexHtml: {
    order: 'post',
    handler(html, { bundle = {} }) {
      const chunks = Object.values(bundle).filter((file): file is Rolldown.OutputChunk => file.type === 'chunk')
      const first = chunks.find(({ facadeModuleId }) => facadeModuleId?.endsWith(FIRST))
      if (!first) throw new Error(`no file of the build comes from ${FIRST}`)
      const files = [first.fileName, ...first.imports].filter((file) => !html.includes(file))
      return files.map((file) => ({
        tag: 'link',
        attrs: { rel: 'modulepreload', crossorigin: true, href: `/${file}` },
      }))
    },
  },
}
