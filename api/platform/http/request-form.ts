import type { FastifyInstance, FastifyRequest } from 'fastify'
import { badField, ProblemError } from './problem.ts'

const badRequest = (kind: string, detail: string): ProblemError => new ProblemError(400, kind, detail)

const pathOf = (url: string): string => url.split(/[?#]/, 1)[0] ?? ''

function isDecodable(url: string): boolean {
  try {
    decodeURI(pathOf(url))
    return true
  } catch {
    return false
  }
}

/**
 * For Fastify's option of this name. Fastify answers a path that it cannot decode before any hook runs. Escaped once more it
 * takes the way of every other request, and `checkRequests` or the not-found handler refuses it.
 */
export const rewriteUrl = ({ url = '/' }: { url?: string | undefined }): string =>
  isDecodable(url) ? url : url.replaceAll('%', '%25')

/** Throws the 400 of a path that cannot be decoded. */
export function refuseUndecodable({ url, originalUrl }: FastifyRequest): void {
  if (url !== originalUrl) {
    throw badRequest('bad-url', 'The path has a % that does not begin an octet of UTF-8; write a literal % as %25')
  }
}

/** True where the parts of the path that the route fixes are written as the route writes them. */
function isWrittenAs(route: string, path: string): boolean {
  const parts = path.split('/')
  return route.split('/').every((part, index) => /^[:*]/.test(part) || part === parts[index])
}

/**
 * Refuses what HTTP allows and this service does not take. The router decodes paths and strips the origin of absolute
 * targets; proxies, firewalls and logs see the text, so there must be one spelling only. Register after the rate limits,
 * so that such requests count.
 */
export function checkRequests(app: FastifyInstance): void {
  app.addHook('preParsing', async (request) => {
    if (request.raw.httpVersionMinor > 0 && !request.headers.host) {
      throw badRequest('no-host', 'The Host header is missing; HTTP/1.1 needs it')
    }
    // An unmatched request ends in the not-found handler.
    if (request.is404) return
    refuseUndecodable(request)
    if (/%00/.test(request.url)) throw badField('address', 'holds a NUL character (%00); leave it out')
    if (!isWrittenAs(request.routeOptions.url ?? '', pathOf(request.url))) {
      throw badRequest(
        'bad-url',
        `Write the path as ${request.routeOptions.url}, without an origin and with no letter encoded`,
      )
    }
    const coding = request.headers['content-encoding']?.trim().toLowerCase() || 'identity'
    if (coding !== 'identity') {
      throw new ProblemError(
        415,
        'unsupported-encoding',
        `The body is in ${coding.slice(0, 50)}; send it uncompressed`,
        {
          headers: { 'accept-encoding': 'identity' },
        },
      )
    }
  })
}
