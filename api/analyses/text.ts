/** PostgreSQL stores neither NUL nor half a surrogate pair: both are taken out of what clients and models say. */
export const cleanText = (text: string): string => text.replaceAll('\0', '').toWellFormed()

/** The same for every string inside, keys included. */
export function cleanJson<T>(value: T): T {
  if (typeof value === 'string') return cleanText(value) as T
  if (Array.isArray(value)) return value.map(cleanJson) as T
  if (value !== null && typeof value === 'object' && !(value instanceof Date)) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [cleanText(key), cleanJson(inner)])) as T
  }
  return value
}
