import { crc32 } from 'node:zlib'
import { exifOrientation } from './exif-orientation.ts'
import { isFrame, type JpegSegment, jpegSegments, SOS } from './jpeg-segments.ts'
import type { ImageType } from './sniff.ts'

export interface StrippedImage {
  bytes: Buffer
  /** EXIF orientation, if known. */
  orientation?: number | undefined
}

/**
 * Removes the metadata of a file whose EXIF, colour profile or comments are damaged. Image data stays byte for byte:
 * the decoder tells whether it is intact. Null if no image data is found.
 */
export function withoutMetadata(bytes: Buffer, type: ImageType): StrippedImage | null {
  if (type === 'jpeg') return stripJpeg(bytes)
  const stripped = type === 'png' ? stripPng(bytes) : stripWebp(bytes)
  return stripped && { bytes: stripped }
}

const COMMENT = 0xfe
/** Adobe's segment defines the colour transform, so it belongs to the picture. */
const ADOBE = 0xee
const isMetadata = ({ marker }: JpegSegment): boolean =>
  marker === COMMENT || (marker >= 0xe0 && marker <= 0xef && marker !== ADOBE)

const START_OF_IMAGE = 0xffd8

/** How far the rest is searched for: a segment has at most 64 kB. */
const SEARCH = 2 * 65_536

function stripJpeg(bytes: Buffer): StrippedImage | null {
  const read = [...jpegSegments(bytes, 2)]
  // If parsing stops early, the length of the last segment is wrong: drop it and search for the rest behind it.
  const lost = read.at(-1)?.marker === SOS ? undefined : (read.pop()?.start ?? 2)
  const segments = lost === undefined ? read : [...read, ...restOf(bytes, lost)]
  const last = segments.at(-1)
  if (last?.marker !== SOS || !segments.some(({ marker }) => isFrame(marker))) return null
  const kept = segments.filter((segment) => !isMetadata(segment))
  return {
    bytes: Buffer.concat([
      bytes.subarray(0, 2),
      ...kept.map(({ start, end }) => bytes.subarray(start, end)),
      bytes.subarray(last.end),
    ]),
    orientation: exifOrientation(bytes, read),
  }
}

/** The segments behind `from` that lead to the image data. */
function restOf(bytes: Buffer, from: number): JpegSegment[] {
  const until = Math.min(bytes.length, from + SEARCH)
  // Follow each chain of segments only once; otherwise crafted files take quadratic time.
  const walked = new Uint8Array(bytes.length)
  for (let at = bytes.indexOf(0xff, from + 2); at >= 0 && at < until; at = bytes.indexOf(0xff, at + 1)) {
    const chain: JpegSegment[] = []
    for (const segment of jpegSegments(bytes, at)) {
      if (walked[segment.content] === 1) break
      walked[segment.content] = 1
      chain.push(segment)
    }
    // EXIF may contain a small JPEG of its own, which begins with a start of image.
    const embedded = bytes.readUInt16BE(at - 2) === START_OF_IMAGE
    if (chain.at(-1)?.marker === SOS && !embedded) return chain
  }
  return []
}

const PNG_SIGNATURE = 8
const PNG_PICTURE = ['IHDR', 'PLTE', 'IDAT', 'IEND']

function stripPng(bytes: Buffer): Buffer | null {
  const kept = [bytes.subarray(0, PNG_SIGNATURE)]
  for (let at = PNG_SIGNATURE; at + 12 <= bytes.length; ) {
    const type = bytes.toString('latin1', at + 4, at + 8)
    const end = at + 12 + bytes.readUInt32BE(at)
    if (PNG_PICTURE.includes(type)) {
      // Keep it whatever its checksum: damage here is damage to the picture.
      kept.push(bytes.subarray(at, end))
      at = end
    } else if (/^[A-Za-z]{4}$/.test(type) && end <= bytes.length && hasRightChecksum(bytes, at, end)) {
      // Transparency belongs to the picture.
      if (type === 'tRNS') kept.push(bytes.subarray(at, end))
      at = end
    } else {
      // Its length may be wrong as well, so search for the next chunk by its name.
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
/** The VP8X flag for transparency. Those for profile, EXIF, XMP and animation are cleared. */
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
