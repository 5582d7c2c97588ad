import { ask } from '../lib/ask.ts'
import { type Group, judge, type Line } from './line.ts'

/** Same-origin paths of the scripts, styles and icons in the page's HTML. */
export const assetsOf = (html: string): string[] =>
  [...html.matchAll(/<(?:script|link)\b[^>]*?\b(?:src|href)="(\/[^/"][^"]*)"/g)].map(([, path = '']) => path)

/** Loads the page as a browser would. */
export const pageLoads: Line = {
  name: 'loads, with its scripts and styles',
  on: 'edge',
  async check({ page: origin }) {
    const { status, headers, text, ms } = await ask(origin)
    const type = headers.get('content-type') ?? 'no type'
    const assets = assetsOf(text)
    const broken: string[] = []
    for (const path of assets) {
      const asset = await ask(new URL(path, origin))
      const isHtml = asset.headers.get('content-type')?.startsWith('text/html')
      if (asset.status !== 200 || isHtml) broken.push(`${path} is ${isHtml ? 'HTML' : asset.status}`)
    }
    return judge(
      [
        status !== 200 && `status ${status}`,
        !type.startsWith('text/html') && `the type is ${type}`,
        !assets.some((path) => path.endsWith('.js')) && 'its HTML names no script',
        broken.length > 0 && broken.join(', '),
      ],
      `${origin} ${status}, ${assets.length} files, ${ms} ms`,
    )
  },
}

/** Guide: "Verify frontend loads". */
export const page: Group = {
  title: 'The page',
  lines: [
    pageLoads,
    {
      name: 'answers its own paths, and a missing file is a 404',
      on: 'edge',
      async check({ page: origin }) {
        const screen = await ask(new URL('/history', origin))
        const missing = await ask(new URL('/assets/there-is-no-such-file.js', origin))
        const type = screen.headers.get('content-type') ?? ''
        return judge(
          [
            (screen.status !== 200 || !type.startsWith('text/html')) && 'a screen opened by its path is not the page',
            ![403, 404].includes(missing.status) && 'a missing file is not a 404',
          ],
          `/history ${screen.status}, a missing file ${missing.status}`,
        )
      },
    },
  ],
}
