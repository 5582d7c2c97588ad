import { createHmac } from 'node:crypto'
import { deriveKey, sameSecret } from './secrets.ts'

const LIFETIME_S = 3600
/** Expiry times are rounded up to this grid, so that a list asked for twice has the same URLs and the browser's cache serves. */
const GRID_S = 300

export interface ImageLinks {
  /** Path and query of a picture; `origin` makes it absolute. Valid for an hour (up to five minutes more). */
  url(origin: string, defectId: string, size: 'full' | 'thumbnail'): string
  /** True where the signature is ours, for this picture, and has not expired. */
  verify(defectId: string, expires: string, signature: string): boolean
}

/** Signs image URLs, so that they work in an <img> on another origin, which can send no header. */
export function imageLinks(secretKey: string, now: () => number = Date.now): ImageLinks {
  const key = deriveKey(secretKey, 'image-links')
  const sign = (defectId: string, expires: number) =>
    createHmac('sha256', key).update(`${defectId}\n${expires}`).digest('base64url')
  return {
    url(origin, defectId, size) {
      const expires = Math.ceil((now() / 1000 + LIFETIME_S) / GRID_S) * GRID_S
      const query = new URLSearchParams({ expires: String(expires), signature: sign(defectId, expires) })
      if (size === 'thumbnail') query.set('size', 'thumbnail')
      return `${origin}/api/v1/analyses/${defectId}/image?${query}`
    },
    verify(defectId, expires, signature) {
      const seconds = /^\d{1,12}$/.test(expires) ? Number(expires) : 0
      return seconds * 1000 > now() && sameSecret(signature, sign(defectId, seconds))
    },
  }
}
