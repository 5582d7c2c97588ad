import type { JpegSegment } from './jpeg-segments.ts'

const APP1 = 0xe1
const EXIF = 'Exif\0\0'
const ORIENTATION = 0x0112
const ENTRY_BYTES = 12

/** EXIF orientation of a JPEG, 1 to 8. Undefined if there is none, or if the EXIF data before it is damaged. */
export function exifOrientation(bytes: Buffer, segments: readonly JpegSegment[]): number | undefined {
  const isExif = ({ marker, content }: JpegSegment): boolean =>
    marker === APP1 && bytes.toString('latin1', content, content + EXIF.length) === EXIF
  const segment = segments.find(isExif)
  if (!segment) return undefined
  const tiff = bytes.subarray(segment.content + EXIF.length, segment.end)
  const little = tiff.toString('latin1', 0, 2) === 'II'
  const number = (at: number, size: 2 | 4): number => {
    if (at + size > tiff.length) return 0
    return little ? tiff.readUIntLE(at, size) : tiff.readUIntBE(at, size)
  }
  const directory = number(4, 4)
  const entries = number(directory, 2)
  for (let entry = directory + 2; entry < directory + 2 + entries * ENTRY_BYTES; entry += ENTRY_BYTES) {
    if (number(entry, 2) !== ORIENTATION) continue
    const orientation = number(entry + 8, 2)
    return orientation >= 1 && orientation <= 8 ? orientation : undefined
  }
  return undefined
}
