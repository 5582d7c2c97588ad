import { createHash } from 'node:crypto'

/** Hex SHA-256 of a file, computed off the main thread. */
export const hashFile = async (bytes: Buffer): Promise<string> =>
  Buffer.from(await crypto.subtle.digest('SHA-256', bytes)).toString('hex')

/**
 * Compares two requests by their fields in any order, and the hashes of their files in the order sent. A form's
 * boundary does not matter.
 */
export function fingerprintOf(fields: Record<string, unknown>, fileHashes: readonly string[] = []): string {
  const entries = Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1))
  return createHash('sha256')
    .update(JSON.stringify([entries, fileHashes]))
    .digest('hex')
}
