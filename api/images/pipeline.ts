import { availableParallelism } from 'node:os'
import sharp, { type Metadata } from 'sharp'
import { ImageError } from '../domain/image-error.ts'
import { hashFile } from '../platform/idempotency/fingerprint.ts'
import { inSpan } from '../platform/observability/spans.ts'
import { Semaphore } from '../platform/semaphore.ts'
import { type RenderedImage, render } from './render.ts'
import { type ImageType, refuseCoding, refuseType, sniffImage } from './sniff.ts'
import { withoutMetadata } from './strip.ts'

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
export interface PreparedImage extends RenderedImage {
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
/** A decode takes a fraction of a second, so a full queue has moved on after this long. */
const RETRY_AFTER_SECONDS = 2
/** With the model's 30 s after it, an answer still comes before the load balancer gives up at 60 s. */
const MAX_WAIT_MS = 10_000

const overloaded = (): ImageError =>
  new ImageError('overloaded', `Too many pictures arrive at once. Try again in ${RETRY_AFTER_SECONDS} seconds.`, {
    retryAfterSeconds: RETRY_AFTER_SECONDS,
  })
const unreadable = (cause: unknown): ImageError =>
  new ImageError('unreadable', 'The picture is damaged or incomplete. Send it again, or take a new photo.', { cause })

const isUnreadable = (error: unknown): boolean => error instanceof ImageError && error.failure === 'unreadable'

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

/** The header, and the picture that it is of. */
interface Source {
  bytes: Buffer
  header: Metadata
  /** Where the bytes no longer have the EXIF that said it. */
  orientation?: number | undefined
}

/**
 * Without the metadata, where they may be what is damaged; the orientation stays as far as it could be read. Throws the complaint about
 * the picture as it came where there is nothing to take away.
 */
async function withoutDamage(bytes: Buffer, type: ImageType, maxPixels: number, complaint: unknown): Promise<Source> {
  const stripped = withoutMetadata(bytes, type)
  if (stripped === null || stripped.bytes.equals(bytes)) throw complaint
  if (type === 'jpeg') refuseCoding(stripped.bytes)
  return { ...stripped, header: await readHeader(stripped.bytes, type, maxPixels) }
}

/**
 * Makes of untrusted bytes the one picture that is shown, analysed and boxed: sRGB, 8 bit, upright, no transparency and
 * no metadata, encoded anew so that no foreign byte survives. JPEG, PNG and WebP stills are taken; of a JPEG with more
 * pictures inside (gain map, MPO) and of an animated PNG the main picture, as every viewer shows it; animated WebP is
 * refused. Damaged metadata are dropped; damaged picture data refuse the picture.
 */
export function createImagePipeline(options: PipelineOptions = {}): ImagePipeline {
  const { maxPixels = DEFAULT_MAX_PIXELS, maxBytes = Number.POSITIVE_INFINITY, maxQueue = 32 } = options
  const concurrency = options.concurrency ?? availableParallelism()
  // Two of the largest, or `concurrency` usual ones: memory follows the pixels, not the number of pictures.
  const decodes = new Semaphore({ capacity: 2 * maxPixels, concurrency, maxQueue, maxWaitMs: MAX_WAIT_MS, overloaded })
  const decode = ({ bytes, header: { width, height }, orientation }: Source): Promise<RenderedImage> =>
    render(bytes, { pixels: width * height, maxPixels, orientation })

  return {
    async prepare(bytes, signal) {
      signal?.throwIfAborted()
      decodes.admit()
      const type = sniffImage(bytes)
      if (type === null) throw refuseType(bytes)
      if (bytes.length > maxBytes) {
        const limit = `${Number((maxBytes / 1024 / 1024).toFixed(2))} MB`
        throw new ImageError('too_large', `The picture is larger than ${limit}. Send a smaller one.`)
      }
      if (type === 'jpeg') refuseCoding(bytes)
      const source: Source = await readHeader(bytes, type, maxPixels).then(
        (header) => ({ bytes, header }),
        (error: unknown) => {
          if (!isUnreadable(error)) throw error
          return withoutDamage(bytes, type, maxPixels, error)
        },
      )
      const { width, height } = source.header
      const work = async (): Promise<PreparedImage> => {
        using _permit = await decodes.acquire(width * height, signal)
        const rendered = await decode(source).catch(async (error: unknown) => {
          signal?.throwIfAborted()
          if (source.bytes !== bytes) throw unreadable(error)
          const stripped = await withoutDamage(bytes, type, maxPixels, unreadable(error))
          return decode({ ...stripped, orientation: source.header.orientation ?? stripped.orientation }).catch(
            (again: unknown) => {
              throw unreadable(again)
            },
          )
        })
        signal?.throwIfAborted()
        const sha256 = await hashFile(bytes)
        return { ...rendered, original: bytes, originalType: `image/${type}` as const, sha256 }
      }
      return inSpan('prepare image', { 'wiko.image_bytes': bytes.length, 'wiko.image_pixels': width * height }, work)
    },
    close: () => decodes.close(),
  }
}
