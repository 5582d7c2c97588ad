import { ImageError } from '../domain/image-error.ts'
import { isFrame, jpegSegments } from './jpeg-segments.ts'

/** Accepted types. */
export type ImageType = 'jpeg' | 'png' | 'webp'

const ACCEPTED = 'Send a JPEG, PNG or WebP picture.'

const startsWith = (bytes: Uint8Array, signature: string | number[], offset = 0): boolean => {
  const wanted = typeof signature === 'string' ? Buffer.from(signature, 'latin1') : Buffer.from(signature)
  return bytes.length >= offset + wanted.length && wanted.equals(bytes.subarray(offset, offset + wanted.length))
}

/** Detects the type by the first bytes, because names and content types are unreliable. Null if it is not accepted. */
export function sniffImage(bytes: Uint8Array): ImageType | null {
  if (startsWith(bytes, [0xff, 0xd8, 0xff])) return 'jpeg'
  if (startsWith(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return 'png'
  if (startsWith(bytes, 'RIFF') && startsWith(bytes, 'WEBP', 8)) return 'webp'
  return null
}

/** Signatures of other pictures that people send; `offset` defaults to 0. */
const OTHER_PICTURES: { name: string; signatures: (string | number[])[]; offset?: number; advice?: string }[] = [
  { name: 'an AVIF picture', signatures: ['ftypavif', 'ftypavis'], offset: 4 },
  {
    name: 'a HEIC photo',
    signatures: ['ftyphei', 'ftyphev', 'ftypmif1', 'ftypmsf1'],
    offset: 4,
    advice: 'Set the phone to save JPEG (iPhone: Settings, Camera, Formats, "Most Compatible"), or convert the photo.',
  },
  { name: 'a GIF picture', signatures: ['GIF8'] },
  {
    name: 'a TIFF or camera raw picture',
    signatures: [
      [0x49, 0x49, 0x2a, 0],
      [0x4d, 0x4d, 0, 0x2a],
    ],
  },
  { name: 'a BMP picture', signatures: ['BM'] },
  { name: 'an icon', signatures: [[0, 0, 1, 0]] },
  { name: 'a Photoshop picture', signatures: ['8BPS'] },
  {
    name: 'a JPEG XL picture',
    signatures: [
      [0xff, 0x0a],
      [0, 0, 0, 0x0c, 0x4a, 0x58, 0x4c, 0x20],
    ],
  },
  {
    name: 'a JPEG 2000 picture',
    signatures: [
      [0, 0, 0, 0x0c, 0x6a, 0x50, 0x20, 0x20],
      [0xff, 0x4f, 0xff, 0x51],
    ],
  },
]

const OTHER_FILES: { name: string; signatures: (string | number[])[]; offset?: number }[] = [
  { name: 'a PDF document', signatures: ['%PDF-'] },
  { name: 'a ZIP archive or an office document', signatures: ['PK\x03\x04'] },
  { name: 'a gzip archive', signatures: [[0x1f, 0x8b]] },
  { name: 'a video', signatures: ['ftyp'], offset: 4 },
]

/** Start of a text file without byte order mark and white space. Only for a hint, so 512 bytes are enough. */
const openingText = (bytes: Uint8Array): string =>
  Buffer.from(bytes.subarray(0, 512))
    .toString('utf8')
    .replace(/^[\uFEFF\s]+/, '')
    .toLowerCase()

/**
 * The error for bytes that `sniffImage` did not recognise. It names what they look like, so that the sender can fix it.
 */
export function refuseType(bytes: Uint8Array): ImageError {
  if (bytes.length === 0) return new ImageError('empty', `The file is empty. ${ACCEPTED}`)
  const matches = ({ signatures, offset }: { signatures: (string | number[])[]; offset?: number }): boolean =>
    signatures.some((signature) => startsWith(bytes, signature, offset))

  const picture = OTHER_PICTURES.find(matches)
  if (picture) return new ImageError('unsupported_type', `This is ${picture.name}. ${picture.advice ?? ACCEPTED}`)
  const file = OTHER_FILES.find(matches)
  if (file) return new ImageError('not_an_image', `This is ${file.name}, not a picture. ${ACCEPTED}`)
  const text = openingText(bytes)
  if (/^<svg|^<\?xml.*<svg|^<!doctype svg/s.test(text)) {
    return new ImageError('unsupported_type', `This is an SVG drawing. ${ACCEPTED}`)
  }
  if (/^<!doctype html|^<html|^<script/.test(text)) {
    return new ImageError('not_an_image', `This is a web page, not a picture. ${ACCEPTED}`)
  }
  return new ImageError('not_an_image', `The file is not a picture. ${ACCEPTED}`)
}

const RECODE = 'Save it as an ordinary JPEG (8 bits, baseline or progressive), or as PNG or WebP, and send that.'

/** Describes the coding of a JPEG frame if the decoder does not support it. */
function rareCoding(marker: number, bits: number): string | null {
  if (marker === 0xf7) return 'is coded as JPEG-LS'
  if ([0xc3, 0xc7, 0xcb, 0xcf].includes(marker)) return 'is coded without loss (lossless JPEG)'
  if ([0xc5, 0xc6, 0xcd, 0xce].includes(marker)) return 'is coded hierarchically'
  return bits === 8 ? null : `has ${bits} bits a colour`
}

/** Throws if a JPEG seems intact but has a coding that almost no program reads. */
export function refuseCoding(jpeg: Buffer): void {
  for (const { marker, content, end } of jpegSegments(jpeg, 2)) {
    if (!isFrame(marker) || end === content) continue
    const coding = rareCoding(marker, jpeg.readUInt8(content))
    if (coding) throw new ImageError('unsupported_type', `The JPEG ${coding}, which is not supported. ${RECODE}`)
    return
  }
}
