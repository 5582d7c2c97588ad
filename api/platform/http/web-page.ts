import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { declareSite } from './access.ts'
import { noRouteProblem } from './not-found.ts'

const DIST = resolve(import.meta.dirname, '../../../web/dist')
/** First segment of a screen's path. The router matches decoded text, so no encoding of "api" gets here. */
const SCREEN = '/:screen(^(?!api$)[a-z][a-z0-9-]*$)'

/**
 * Serves the built page if it exists (in production CloudFront does). Hashed files are cached for a year, index.html
 * never. A path without a dot is a screen, which the page's own router shows.
 */
export async function registerWebPage(app: FastifyInstance): Promise<void> {
  if (!existsSync(join(DIST, 'index.html'))) return
  await app.register(async (site) => {
    declareSite(site)
    await site.register(fastifyStatic, {
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
    const showScreen = async (request: FastifyRequest, reply: FastifyReply) => {
      if (/\.[^/]*$/.test(request.url.split('?')[0] ?? '')) throw noRouteProblem(app, request)
      return reply.sendFile('index.html')
    }
    for (const url of [SCREEN, `${SCREEN}/*`]) site.get(url, { schema: { hide: true } }, showScreen)
  })
}
