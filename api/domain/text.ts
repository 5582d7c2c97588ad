/** Latin-1 text is composed already; the test costs nothing on text of one byte a character, such as a picture in base64. */
const BEYOND_LATIN_1 = /[\u0100-\uffff]/

/**
 * Text that PostgreSQL can store and compare: Unicode form NFC, no NUL, no half of a surrogate pair. All text of clients and
 * models passes through here.
 */
export function cleanText(text: string): string {
  const storable = text.includes('\0') ? text.replaceAll('\0', '') : text
  return BEYOND_LATIN_1.test(storable) ? storable.toWellFormed().normalize('NFC') : storable
}

/** The same for every string inside, keys included. */
export function cleanJson<T>(value: T): T {
  if (typeof value === 'string') return cleanText(value) as T
  if (Array.isArray(value)) return value.map(cleanJson) as T
  if (value !== null && typeof value === 'object' && !(value instanceof Date)) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [cleanText(key), cleanJson(inner)])) as T
  }
  return value
}

/** The first `most` code points, which is what varchar(n) and maxLength count. */
export const cutText = (text: string, most: number): string =>
  text.length <= most ? text : [...text.slice(0, 2 * most)].slice(0, most).join('')
