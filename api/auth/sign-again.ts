import type { ImageLinks } from './signed-urls.ts'

/**
 * A kept answer with picture URLs that work now: their signatures live for an hour, the answer for a day. They stand beside
 * the defect_id that they are of.
 */
export function signAgain(body: unknown, links: ImageLinks, origin: string): unknown {
  if (Array.isArray(body)) return body.map((item) => signAgain(item, links, origin))
  if (body === null || typeof body !== 'object') return body
  const signed = Object.fromEntries(
    Object.entries(body).map(([name, value]) => [name, signAgain(value, links, origin)]),
  )
  const { defect_id, image_url, thumbnail_url } = signed
  if (typeof defect_id !== 'string') return signed
  if (typeof image_url === 'string') signed.image_url = links.url(origin, defect_id, 'full')
  if (typeof thumbnail_url === 'string') signed.thumbnail_url = links.url(origin, defect_id, 'thumbnail')
  return signed
}
