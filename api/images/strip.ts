import { crc32 } from 'node:zlib'
import { isFrame, type JpegSegment, jpegSegments, SOS } from './jpeg-segments.ts'
import type { ImageType } from './sniff.ts'

/**
 * The same picture without its metadata, for files whose EXIF, colour profile or comments are damaged. The picture data stay byte
 * for byte: whether they are whole is for the decoder to say. Null where no picture data are found.
 */
export function withoutMetadata(bytes: Buffer, type: ImageType): Buffer | null {
  if (type === 'jpeg') return stripJpeg(bytes)
  return type === 'png' ? stripPng(bytes) : stripWebp(bytes)
}

const COMMENT = 0xfe
/** Adobe's segment says how the colours are coded, so it belongs to the picture. */
const ADOBE = 0xee
const isMetadata = ({ marker }: JpegSegment): boolean =>
  marker === COMMENT || (marker >= 0xe0 && marker <= 0xef && marker !== ADOBE)

/** How far into the file the tables of the picture are looked for. Metadata are seldom larger than a few 64-kB segments. */
const SEARCH = 1024 * 1024

function stripJpeg(bytes: Buffer): Buffer | null {
  let segments = [...jpegSegments(bytes, 2)]
  if (segments.at(-1)?.marker !== SOS) segments = largestPicture(bytes)
  const last = segments.at(-1)
  if (!last) return null
  const kept = segments.filter((segment) => !isMetadata(segment))
  return Buffer.concat([
    bytes.subarray(0, 2),
    ...kept.map(({ start, end }) => bytes.subarray(start, end)),
    bytes.subarray(last.end),
  ])
}

/**
 * The segments that lead to picture data, in a file where a segment's wrong length hides them. EXIF can hold a small JPEG of its own,
 * so the largest picture counts, not the first.
 */
function largestPicture(bytes: Buffer): JpegSegment[] {
  let largest: JpegSegment[] = []
  let most = 0
  const until = Math.min(bytes.length, SEARCH)
  // A chain of segments is walked once, whatever place it is entered at: without this, crafted files take quadratic time.
  const walked = new Uint8Array(bytes.length)
  for (let at = bytes.indexOf(0xff, 2); at >= 0 && at < until; at = bytes.indexOf(0xff, at + 1)) {
    const chain: JpegSegment[] = []
    for (const segment of jpegSegments(bytes, at)) {
      if (walked[segment.content] === 1) break
      walked[segment.content] = 1
      chain.push(segment)
    }
    const frame = chain.find(({ marker }) => isFrame(marker))
    if (chain.at(-1)?.marker !== SOS || !frame || frame.end - frame.content < 6) continue
    const pixels = bytes.readUInt16BE(frame.content + 1) * bytes.readUInt16BE(frame.content + 3)
    if (pixels <= most) continue
    most = pixels
    largest = chain
  }
  return largest
}

const PNG_SIGNATURE = 8
const PNG_PICTURE = ['IHDR', 'PLTE', 'IDAT', 'IEND']

function stripPng(bytes: Buffer): Buffer | null {
  const kept = [bytes.subarray(0, PNG_SIGNATURE)]
  for (let at = PNG_SIGNATURE; at + 12 <= bytes.length; ) {
    const type = bytes.toString('latin1', at + 4, at + 8)
    const end = at + 12 + bytes.readUInt32BE(at)
    if (PNG_PICTURE.includes(type)) {
      // Kept whatever its checksum says: damage here is damage to the picture.
      kept.push(bytes.subarray(at, end))
      at = end
    } else if (/^[A-Za-z]{4}$/.test(type) && end <= bytes.length && hasRightChecksum(bytes, at, end)) {
      // Transparency belongs to the picture.
      if (type === 'tRNS') kept.push(bytes.subarray(at, end))
      at = end
    } else {
      // Its length may be wrong too, so the next chunk is looked for by its name.
      const next = PNG_PICTURE.map((name) => bytes.indexOf(name, at + 8, 'latin1')).filter((found) => found >= 0)
      if (next.length === 0) return null
      at = Math.min(...next) - 4
    }
  }
  return kept.length > 1 ? Buffer.concat(kept) : null
}

const hasRightChecksum = (bytes: Buffer, start: number, end: number): boolean =>
  crc32(bytes.subarray(start + 4, end - 4)) === bytes.readUInt32BE(end - 4)

const RIFF_HEAD = 12
const WEBP_PICTURE = ['VP8 ', 'VP8L', 'ALPH']
/** Of the flags of VP8X: transparency. Those of profile, EXIF, XMP and animation go. */
const WEBP_ALPHA = 0x10

function stripWebp(bytes: Buffer): Buffer | null {
  const kept: Buffer[] = []
  for (let at = RIFF_HEAD; at + 8 <= bytes.length; ) {
    const type = bytes.toString('latin1', at, at + 4)
    const length = bytes.readUInt32LE(at + 4)
    const end = at + 8 + length + (length % 2)
    if (WEBP_PICTURE.includes(type)) {
      kept.push(bytes.subarray(at, end))
      at = end
    } else if (type === 'VP8X' && length === 10) {
      const header = Buffer.from(bytes.subarray(at, end))
      header.writeUInt8(header.readUInt8(8) & WEBP_ALPHA, 8)
      kept.push(header)
      at = end
    } else if (end < bytes.length && /^[A-Z0-9 ]{4}$/.test(bytes.toString('latin1', end, end + 4))) {
      at = end
    } else {
      const next = WEBP_PICTURE.map((name) => bytes.indexOf(name, at + 8, 'latin1')).filter((found) => found >= 0)
      if (next.length === 0) break
      at = Math.min(...next)
    }
  }
  if (kept.length === 0) return null
  const head = Buffer.from('RIFF\0\0\0\0WEBP', 'latin1')
  const body = Buffer.concat(kept)
  head.writeUInt32LE(body.length + 4, 4)
  return Buffer.concat([head, body])
}
