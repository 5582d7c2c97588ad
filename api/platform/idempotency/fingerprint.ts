import { createHash } from 'node:crypto'

/** Hex SHA-256 of a file, hashed in another thread. */
export const hashFile = async (bytes: Buffer): Promise<string> =>
  Buffer.from(await crypto.subtle.digest('SHA-256', bytes)).toString('hex')

/**
 * What two requests are compared by: the fields as sent, whatever their order, and the hashes of the files in theirs. A form's
 * boundary does not count.
 */
export function fingerprintOf(fields: Record<string, unknown>, fileHashes: readonly string[] = []): string {
  const entries = Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1))
  return createHash('sha256')
    .update(JSON.stringify([entries, fileHashes]))
    .digest('hex')
}
