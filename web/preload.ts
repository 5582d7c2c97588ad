import type { Plugin, Rolldown } from 'vite'

/** The page, and the screen that most visits begin with. */
const WANTED = ['src/start.tsx', 'routes/inspect.tsx']

/** Names their files in index.html: the browser fetches them all at once, and not one when another has run. */
export const preload: Plugin = {
  name: 'preload',
  apply: 'build',
  transformIndexHtml: {
    order: 'post',
    handler(html, { bundle = {} }) {
      const chunks = Object.values(bundle).filter((file): file is Rolldown.OutputChunk => file.type === 'chunk')
      const needed = new Set<string>()
      for (const wanted of WANTED) {
        const chunk = chunks.find(({ facadeModuleId }) => facadeModuleId?.endsWith(wanted))
        if (!chunk) throw new Error(`no file of the build comes from ${wanted}`)
        needed.add(chunk.fileName)
      }
      // Grows while it is gone through.
      for (const file of needed) {
        for (const next of chunks.find(({ fileName }) => fileName === file)?.imports ?? []) needed.add(next)
      }
      const sheets = chunks.filter(({ fileName }) => needed.has(fileName)).flatMap(stylesOf)
      const others = [...new Set(sheets)].filter((file) => !html.includes(file))
      return {
        html: html.replaceAll(/ *<link rel="modulepreload".*?>\n?/g, ''),
        tags: [
          ...others.map((file) => link({ rel: 'preload', as: 'style', href: `/${file}` })),
          // After the style sheets, which the first paint waits for.
          ...[...needed].map((file) => link({ rel: 'modulepreload', fetchpriority: 'low', href: `/${file}` })),
        ],
      }
    },
  },
}

const link = (attrs: Record<string, string>) => ({ tag: 'link', attrs: { ...attrs, crossorigin: true } })

const stylesOf = ({ viteMetadata }: Rolldown.OutputChunk): string[] => [...(viteMetadata?.importedCss ?? [])]
