import { availableParallelism } from 'node:os'
import sharp, { type Metadata, type Sharp } from 'sharp'
import type { UprightImage } from '../analyzer/analyzer.ts'
import { inSpan } from '../observability/spans.ts'
import { ImageError } from './errors.ts'
import { createGate } from './gate.ts'
import { type ImageType, refuseType, sniffImage } from './sniff.ts'

export interface PipelineOptions {
  /** Width times height at most. */
  maxPixels?: number
  /** Bytes at most; the HTTP layer has its own, earlier limit. */
  maxBytes?: number
  /** Pictures that are decoded at a time. */
  concurrency?: number
  /** Pictures that may wait for it, each holding its bytes. */
  maxQueue?: number
}

/** One picture, checked by a full decode. */
export interface PreparedImage {
  upright: UprightImage
  /** The bytes as they came: evidence, never shown. */
  original: Buffer
  originalType: `image/${ImageType}`
  /** SHA-256 of the original bytes, hex. */
  sha256: string
}

export interface ImagePipeline {
  /** Throws ImageError where the picture is refused, and the signal's reason when that ends it. */
  prepare(bytes: Buffer, signal?: AbortSignal): Promise<PreparedImage>
  /** Waits for the decodes that run; what waits is refused. */
  close(): Promise<void>
}

const DEFAULT_MAX_PIXELS = 50_000_000
/** The longest side that a JPEG encoder takes (libjpeg's JPEG_MAX_DIMENSION). */
const MAX_EDGE = 65_500
/** Neutral grey behind transparent parts: white or black would look like glare or shadow on a blade. */
const BACKGROUND = { r: 128, g: 128, b: 128 }
/** A legal 50-megapixel picture takes about 1.5 s on one slow core; what takes this long was made to. */
const DECODE_TIMEOUT_SECONDS = 20

/**
 * Full chroma (4:4:4): rust and discoloration are small colour faults. Without Huffman optimisation the encoder is
 * three times as fast and the file 2 % larger (12 megapixels: 70 ms against 220 to 390 ms).
 */
const UPRIGHT_JPEG = { quality: 90, chromaSubsampling: '4:4:4', optimiseCoding: false }

/**
 * Faults that cameras do make and that stand outside the picture data: stray bytes before a table or metadata segment,
 * odd scan parameters, unknown versions. All else that libjpeg warns of is damage to the picture.
 */
const HARMLESS =
  /extraneous bytes before marker 0x(c[0-2]|db|dd|e[0-9a-f]|fe)$|Invalid SOS parameters|unknown JFIF revision|Unknown Adobe color transform/

// One thread a picture: the parallelism is between pictures. No cache: no picture is read twice.
sharp.concurrency(1)
sharp.cache(false)

const unreadable = (cause: unknown): ImageError =>
  new ImageError('unreadable', 'The picture is damaged or incomplete. Send it again, or take a new photo.', { cause })

async function readHeader(bytes: Buffer, type: ImageType, maxPixels: number): Promise<Metadata> {
  // Without sharp's own limit the size can be told to the sender; nothing is decoded here.
  const header = await sharp(bytes, { limitInputPixels: false })
    .metadata()
    .catch((error: unknown) => {
      throw unreadable(error)
    })
  const { format, width, height, pages = 1 } = header
  if (format !== type) throw unreadable(new Error(`${type} by its first bytes, ${format} by its header`))
  if (pages > 1) throw new ImageError('unsupported_type', 'The WebP picture is animated. Send a single still picture.')
  if (width * height > maxPixels || Math.max(width, height) > MAX_EDGE) {
    const limit = `${Math.floor(maxPixels / 1e6)} megapixels and ${MAX_EDGE} pixels a side`
    throw new ImageError(
      'too_many_pixels',
      `The picture has ${width} x ${height} pixels; at most ${limit} are accepted. Send a smaller one.`,
    )
  }
  return header
}

async function encodeUpright(bytes: Buffer, failOn: 'warning' | 'error', maxPixels: number): Promise<UprightImage> {
  const picture: Sharp = sharp(bytes, { failOn, limitInputPixels: maxPixels })
    .timeout({ seconds: DECODE_TIMEOUT_SECONDS })
    .autoOrient()
    .flatten({ background: BACKGROUND })
    .toColourspace('srgb')
    .jpeg(UPRIGHT_JPEG)
  const { data, info } = await picture.toBuffer({ resolveWithObject: true })
  return { jpeg: data, width: info.width, height: info.height }
}

/**
 * Decodes the whole picture, strictly: any damage refuses it. Only where the sole complaint is a harmless one it is
 * decoded again, tolerantly; truncation is refused either way. (A file with stray bytes *and* damaged picture data
 * passes: libjpeg stops at its first complaint. A flipped bit that still is valid code passes too, as in any decoder.)
 */
async function decode(bytes: Buffer, maxPixels: number): Promise<UprightImage> {
  try {
    return await encodeUpright(bytes, 'warning', maxPixels)
  } catch (error) {
    const lines = error instanceof Error ? error.message.split('\n') : ['']
    if (!lines.every((line) => HARMLESS.test(line))) throw error
    return await encodeUpright(bytes, 'error', maxPixels)
  }
}

/** WebCrypto, as it hashes in another thread. */
const sha256Hex = async (bytes: Buffer): Promise<string> =>
  Buffer.from(await crypto.subtle.digest('SHA-256', new Uint8Array(bytes))).toString('hex')

/**
 * Makes of untrusted bytes the one picture that is shown, analysed and boxed: sRGB, 8 bit, upright, no transparency and
 * no metadata, encoded anew so that no foreign byte survives. JPEG, PNG and WebP stills are taken; of a JPEG with more
 * pictures inside (gain map, MPO) and of an animated PNG the main picture, as every viewer shows it; animated WebP is
 * refused.
 *
 * The original is decoded once, in strips, straight into the upright JPEG: as fast as going through raw pixels, with a
 * third of the memory (50 megapixels: 140 MB against 390 MB).
 */
export function createImagePipeline(options: PipelineOptions = {}): ImagePipeline {
  const { maxPixels = DEFAULT_MAX_PIXELS, maxBytes = Number.POSITIVE_INFINITY, maxQueue = 32 } = options
  const concurrency = options.concurrency ?? availableParallelism()
  // Two of the largest, or `concurrency` usual ones: memory follows the pixels, not the number of pictures.
  const gate = createGate({ concurrency, budget: 2 * maxPixels, maxQueue })

  return {
    async prepare(bytes, signal) {
      signal?.throwIfAborted()
      gate.admit()
      const type = sniffImage(bytes)
      if (type === null) throw refuseType(bytes)
      if (bytes.length > maxBytes) {
        const limit = `${Number((maxBytes / 1024 / 1024).toFixed(2))} MB`
        throw new ImageError('too_large', `The picture is larger than ${limit}. Send a smaller one.`)
      }
      const { width, height } = await readHeader(bytes, type, maxPixels)
      const work = async () => {
        const upright = await decode(bytes, maxPixels).catch((error: unknown) => {
          throw unreadable(error)
        })
        signal?.throwIfAborted()
        const sha256 = await sha256Hex(bytes)
        return { upright, original: bytes, originalType: `image/${type}` as const, sha256 }
      }
      return inSpan('prepare image', { 'wiko.image_bytes': bytes.length, 'wiko.image_pixels': width * height }, () =>
        gate.run(width * height, work, signal),
      )
    },
    close: () => gate.close(),
  }
}
