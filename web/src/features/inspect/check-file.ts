import type { Fitted } from './fit/fit-photo.ts'

/** What the service accepts, as GET /api/v1/info says. */
export interface UploadRules {
  maxBytes: number
  types: readonly string[]
}

/** The rule that a file breaks. */
export type Refusal =
  | { rule: 'empty' | 'unreadable' }
  | { rule: 'tooLarge'; size: number; limit: number }
  | { rule: 'wrongType' | 'heic'; types: readonly string[] }

const HEAD_BYTES = 16

/** MIME type by the first bytes; undefined where it is none that we know. */
function sniff(head: Uint8Array): string | undefined {
  const text = String.fromCharCode(...head)
  if (text.startsWith('\xff\xd8\xff')) return 'image/jpeg'
  if (text.startsWith('\x89PNG\r\n\x1a\n')) return 'image/png'
  if (text.startsWith('RIFF') && text.slice(8, 12) === 'WEBP') return 'image/webp'
  if (/^ftyp(hei|hev|mif1|msf1)/.test(text.slice(4))) return 'image/heic'
  return undefined
}

/** What people call the MIME types. */
export const namesOf = (types: readonly string[]): string[] =>
  types.map((type) => ({ 'image/jpeg': 'JPEG', 'image/png': 'PNG', 'image/webp': 'WebP' })[type] ?? type)

async function typeOf(file: File): Promise<string | undefined> {
  return sniff(new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer()))
}

/** Whether a file of a folder is a photo at all, be it of a type that is refused; one that cannot be read is none. */
export const isPhoto = (file: File): Promise<boolean> =>
  typeOf(file).then(
    (type) => type !== undefined,
    () => false,
  )

/** The photo as it is sent: as it was added, or made fit for the service; or why it is not sent. */
export interface CheckedFile {
  file: File
  fitted?: Fitted
  refusal?: Refusal
}

/** Looks at a file before it is uploaded, and makes of it what the service takes. */
export async function checkFile(file: File, { maxBytes, types }: UploadRules): Promise<CheckedFile> {
  const refused = (refusal: Refusal): CheckedFile => ({ file, refusal })
  if (file.size === 0) return refused({ rule: 'empty' })
  let type: string | undefined
  try {
    type = await typeOf(file)
  } catch {
    return refused({ rule: 'unreadable' })
  }
  const heic = type === 'image/heic'
  if (!heic && !(type && types.includes(type))) return refused({ rule: 'wrongType', types })
  // Not part of the first load. Offline without it, the photo goes as it is.
  const fit = await import('./fit/fit-photo.ts').catch(() => null)
  const made = await fit?.fitPhoto(file, { maxBytes, heic })
  if (made) return made
  if (heic) return refused({ rule: 'heic', types })
  return file.size > maxBytes ? refused({ rule: 'tooLarge', size: file.size, limit: maxBytes }) : { file }
}
