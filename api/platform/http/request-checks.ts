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
 * For Fastify's option rewriteUrl. Fastify rejects undecodable paths before any hook runs. Escaped once more, they take
 * the usual way and are rejected by `checkRequests` or the not-found handler.
 */
export const rewriteUrl = ({ url = '/' }: { url?: string | undefined }): string =>
  isDecodable(url) ? url : url.replaceAll('%', '%25')

/** Throws a 400 if the path cannot be decoded. */
export function refuseUndecodable({ url, originalUrl }: FastifyRequest): void {
  if (url !== originalUrl) {
    throw badRequest('bad-url', 'The path has a % that is not part of a UTF-8 escape; write a literal % as %25')
  }
}

/** True if the fixed segments of the path are spelled as in the route. */
function isWrittenAs(route: string, path: string): boolean {
  const parts = path.split('/')
  return route.split('/').every((part, index) => /^[:*]/.test(part) || part === parts[index])
}

/**
 * Rejects requests that HTTP allows but this service does not accept. The router decodes paths and strips the origin of
 * absolute targets, while proxies, firewalls and logs see the raw text, so only one spelling may work. Register after
 * the rate limits, so that such requests count.
 */
export function checkRequests(app: FastifyInstance): void {
  app.addHook('preParsing', async (request) => {
    if (request.raw.httpVersionMinor > 0 && !request.headers.host) {
      throw badRequest('no-host', 'The Host header is missing; HTTP/1.1 requires it')
    }
    // The not-found handler checks unmatched requests.
    if (request.is404) return
    refuseUndecodable(request)
    if (/%00/.test(request.url)) throw badField('address', 'contains a NUL character (%00); remove it')
    if (!isWrittenAs(request.routeOptions.url ?? '', pathOf(request.url))) {
      throw badRequest(
        'bad-url',
        `Write the path as ${request.routeOptions.url}, without an origin and without percent-encoded letters`,
      )
    }
    const coding = request.headers['content-encoding']?.trim().toLowerCase() || 'identity'
    if (coding !== 'identity') {
      throw new ProblemError(
        415,
        'unsupported-encoding',
        `The content encoding ${coding.slice(0, 50)} is not supported; send the body uncompressed`,
        {
          headers: { 'accept-encoding': 'identity' },
        },
      )
    }
  })
}
