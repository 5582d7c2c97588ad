/** Latin-1 text is already in NFC, so normalisation can be skipped for large ASCII text such as base64. */
const BEYOND_LATIN_1 = /[\u0100-\uffff]/

/**
 * Makes text storable and comparable in PostgreSQL: NFC, without NUL and lone surrogates. All text from clients and models
 * passes through here.
 */
export function cleanText(text: string): string {
  const storable = text.includes('\0') ? text.replaceAll('\0', '') : text
  return BEYOND_LATIN_1.test(storable) ? storable.toWellFormed().normalize('NFC') : storable
}

/** Applies cleanText to every string in a JSON value, including keys. */
export function cleanJson<T>(value: T): T {
  if (typeof value === 'string') return cleanText(value) as T
  if (Array.isArray(value)) return value.map(cleanJson) as T
  if (value !== null && typeof value === 'object' && !(value instanceof Date)) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [cleanText(key), cleanJson(inner)])) as T
  }
  return value
}

/** Truncates to `most` code points, the unit of varchar(n) and maxLength. */
export const cutText = (text: string, most: number): string =>
  text.length <= most ? text : [...text.slice(0, 2 * most)].slice(0, most).join('')
