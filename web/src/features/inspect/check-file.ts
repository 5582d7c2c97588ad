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

/** Why the service would refuse this file, before it is uploaded; null where nothing speaks against it. */
export async function refusalOf(file: File, { maxBytes, types }: UploadRules): Promise<Refusal | null> {
  if (file.size === 0) return { rule: 'empty' }
  let type: string | undefined
  try {
    type = await typeOf(file)
  } catch {
    return { rule: 'unreadable' }
  }
  if (type === 'image/heic') return { rule: 'heic', types }
  if (!type || !types.includes(type)) return { rule: 'wrongType', types }
  if (file.size > maxBytes) return { rule: 'tooLarge', size: file.size, limit: maxBytes }
  return null
}
