import { createHmac } from 'node:crypto'
import { deriveKey, sameSecret } from '../platform/http/secrets.ts'
import { firstMatch, type LiveSecret } from '../platform/secrets/live-secret.ts'

const LIFETIME_S = 3600
/**
 * Expiry times are rounded up to this interval, so that repeated lists have the same URLs and the browser's cache
 * works.
 */
const ROUNDING_S = 300

export interface SignedUrls {
  /** Path and query of a picture; `origin` makes it absolute. Valid for 60 to 65 minutes. */
  url(origin: string, defectId: string, size: 'full' | 'thumbnail'): string
  /** True if the current or the previous key signed it for this picture, and it has not expired. */
  verify(defectId: string, expires: string, signature: string): Promise<boolean>
}

/** Signs image URLs, so that they work in an <img> on another origin, which cannot send headers. */
export function createSignedUrls(secretKey: LiveSecret, now: () => number = Date.now): SignedUrls {
  const sign = (by: string, defectId: string, expires: number) =>
    createHmac('sha256', deriveKey(by, 'image-links')).update(`${defectId}\n${expires}`).digest('base64url')
  return {
    url(origin, defectId, size) {
      const expires = Math.ceil((now() / 1000 + LIFETIME_S) / ROUNDING_S) * ROUNDING_S
      const query = new URLSearchParams({
        expires: String(expires),
        signature: sign(secretKey.current(), defectId, expires),
      })
      if (size === 'thumbnail') query.set('size', 'thumbnail')
      return `${origin}/api/v1/analyses/${defectId}/image?${query}`
    },
    async verify(defectId, expires, signature) {
      const seconds = /^\d{1,12}$/.test(expires) ? Number(expires) : 0
      if (seconds * 1000 <= now()) return false
      const signed = (by: string) => (sameSecret(signature, sign(by, defectId, seconds)) ? true : null)
      return (await firstMatch(secretKey, signed)) !== null
    },
  }
}
