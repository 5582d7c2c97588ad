import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'

const DIST = resolve(import.meta.dirname, '../../web/dist')

/**
 * Serves the built page, where it is there (in production CloudFront does). Hashed files are kept for a year, index.html
 * never; a path without a dot is a screen of the page. Returns whether there is a page.
 */
export async function registerWebPage(app: FastifyInstance): Promise<boolean> {
  if (!existsSync(join(DIST, 'index.html'))) return false
  await app.register(fastifyStatic, {
    root: DIST,
    wildcard: false,
    cacheControl: false,
    preCompressed: true,
    setHeaders: (reply, path) => {
      const hashed = path.startsWith(join(DIST, 'assets'))
      reply.header(
        'cache-control',
        hashed ? 'public, max-age=31536000, immutable' : 'no-cache, no-store, must-revalidate',
      )
    },
  })
  return true
}

/** True for a navigation of the page's own router: GET, no dot in the last part, not the API. */
export const isPagePath = (method: string, path: string): boolean =>
  (method === 'GET' || method === 'HEAD') && !path.startsWith('/api/') && !/\.[^/]*$/.test(path)
