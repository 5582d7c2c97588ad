import { formatBytes } from '../../components/format.ts'
import { texts } from './texts.ts'

/** What the service accepts, as GET /api/v1/info says. */
export interface UploadRules {
  maxBytes: number
  types: readonly string[]
}

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

/** "JPEG, PNG or WebP" of the MIME types. */
export function namesOf(types: readonly string[]): string {
  const names = types.map((type) => ({ 'image/jpeg': 'JPEG', 'image/png': 'PNG', 'image/webp': 'WebP' })[type] ?? type)
  return names.length > 1 ? `${names.slice(0, -1).join(', ')} or ${names.at(-1)}` : names.join('')
}

/** Why the service would refuse this file, before it is uploaded; null where nothing speaks against it. */
export async function refusalOf(file: File, { maxBytes, types }: UploadRules): Promise<string | null> {
  const { refusal } = texts
  if (file.size === 0) return refusal.empty
  let head: Uint8Array
  try {
    head = new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer())
  } catch {
    return refusal.unreadable
  }
  const type = sniff(head)
  if (type === 'image/heic') return refusal.heic(namesOf(types))
  if (!type || !types.includes(type)) return refusal.wrongType(namesOf(types))
  if (file.size > maxBytes) return refusal.tooLarge(formatBytes(file.size), formatBytes(maxBytes))
  return null
}
