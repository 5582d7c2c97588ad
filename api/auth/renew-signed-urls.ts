import type { SignedUrls } from './signed-urls.ts'

/**
 * Renews the picture URLs in a stored answer: their signatures last an hour, the answer a day. Each URL is next to the
 * defect_id that it belongs to.
 */
export function renewSignedUrls(body: unknown, signedUrls: SignedUrls, origin: string): unknown {
  if (Array.isArray(body)) return body.map((item) => renewSignedUrls(item, signedUrls, origin))
  if (body === null || typeof body !== 'object') return body
  const signed = Object.fromEntries(
    Object.entries(body).map(([name, value]) => [name, renewSignedUrls(value, signedUrls, origin)]),
  )
  const { defect_id, image_url, thumbnail_url } = signed
  if (typeof defect_id !== 'string') return signed
  if (typeof image_url === 'string') signed.image_url = signedUrls.url(origin, defect_id, 'full')
  if (typeof thumbnail_url === 'string') signed.thumbnail_url = signedUrls.url(origin, defect_id, 'thumbnail')
  return signed
}
