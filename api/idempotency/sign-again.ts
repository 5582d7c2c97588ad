import type { ImageLinks } from '../http/image-links.ts'

/**
 * A kept answer with picture URLs that work now: their signatures live for an hour, the answer for a day. Every object that has a
 * defect_id and an image_url is an analysis.
 */
export function signAgain(body: unknown, links: ImageLinks, origin: string): unknown {
  if (Array.isArray(body)) return body.map((item) => signAgain(item, links, origin))
  if (body === null || typeof body !== 'object') return body
  const signed = Object.fromEntries(
    Object.entries(body).map(([name, value]) => [name, signAgain(value, links, origin)]),
  )
  if (typeof signed.defect_id === 'string' && typeof signed.image_url === 'string') {
    signed.image_url = links.url(origin, signed.defect_id, 'full')
    signed.thumbnail_url = links.url(origin, signed.defect_id, 'thumbnail')
  }
  return signed
}
