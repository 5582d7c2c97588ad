import { createHmac } from 'node:crypto'
import { deriveKey, sameSecret } from '../platform/http/secrets.ts'
import { firstMatch, type LiveSecret } from '../platform/secrets/live-secret.ts'

const LIFETIME_S = 3600
/** Expiry times are rounded up to this grid, so that a list asked for twice has the same URLs and the browser's cache serves. */
const GRID_S = 300

export interface ImageLinks {
  /** Path and query of a picture; `origin` makes it absolute. Valid for an hour (up to five minutes more). */
  url(origin: string, defectId: string, size: 'full' | 'thumbnail'): string
  /** True where the signature is ours, by the current key or the one before, for this picture, and has not expired. */
  verify(defectId: string, expires: string, signature: string): Promise<boolean>
}

/** Signs image URLs, so that they work in an <img> on another origin, which can send no header. */
export function imageLinks(secretKey: LiveSecret, now: () => number = Date.now): ImageLinks {
  const sign = (by: string, defectId: string, expires: number) =>
    createHmac('sha256', deriveKey(by, 'image-links')).update(`${defectId}\n${expires}`).digest('base64url')
  return {
    url(origin, defectId, size) {
      const expires = Math.ceil((now() / 1000 + LIFETIME_S) / GRID_S) * GRID_S
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
