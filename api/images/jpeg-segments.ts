/** A segment of a JPEG file before its image data. */
export interface JpegSegment {
  /** The second byte of the marker. */
  marker: number
  /** Offsets of the marker, of the content after marker and length, and of the next segment. */
  start: number
  content: number
  end: number
}

/** Start of scan: the image data follows. */
export const SOS = 0xda

const isBetween = (value: number, low: number, high: number): boolean => value >= low && value <= high

/** Markers before the image data that have a length; F7 and F8 belong to JPEG-LS. */
const hasLength = (marker: number): boolean =>
  isBetween(marker, 0xc0, 0xcf) || isBetween(marker, SOS, 0xef) || isBetween(marker, 0xf7, 0xf8) || marker === 0xfe

/** Frame headers: SOF0 to SOF15 without the three other codes among them, and SOF55 of JPEG-LS. */
export const isFrame = (marker: number): boolean =>
  marker === 0xf7 || (isBetween(marker, 0xc0, 0xcf) && ![0xc4, 0xc8, 0xcc].includes(marker))

/**
 * The segments from `at`, which must be a marker. Ends after the start of scan, or where there is no marker: then the
 * length of the last segment is wrong, or the file is truncated.
 */
export function* jpegSegments(bytes: Buffer, at: number): Generator<JpegSegment, void> {
  for (let start = at; bytes[start] === 0xff; ) {
    let code = start + 1
    // Fill bytes may precede a marker.
    while (bytes[code] === 0xff) code++
    const marker = bytes[code]
    if (marker === undefined || !hasLength(marker) || code + 3 > bytes.length) return
    const end = code + 1 + bytes.readUInt16BE(code + 1)
    if (end < code + 3 || end > bytes.length) return
    yield { marker, start, content: code + 3, end }
    if (marker === SOS) return
    start = end
  }
}
