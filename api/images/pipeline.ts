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
  /** Maximum width times height. */
  maxPixels?: number
  /** Maximum size in bytes; the HTTP layer has its own, earlier limit. */
  maxBytes?: number
  /** Pictures decoded at a time. */
  concurrency?: number
  /** Pictures that may wait for a decode, each holding its bytes. */
  maxQueue?: number
}

/** A picture verified by a full decode. */
export interface PreparedImage extends RenderedImage {
  /** The bytes as received: evidence, never shown. */
  original: Buffer
  originalType: `image/${ImageType}`
  /** SHA-256 of the original bytes, hex. */
  sha256: string
}

export interface ImagePipeline {
  /** Throws ImageError if the picture is rejected, and the signal's reason if it aborts. */
  prepare(bytes: Buffer, signal?: AbortSignal): Promise<PreparedImage>
  /** Waits for running decodes and rejects waiting ones. */
  close(): Promise<void>
}

const DEFAULT_MAX_PIXELS = 50_000_000
/** Longest side that a JPEG encoder supports (libjpeg's JPEG_MAX_DIMENSION). */
const MAX_EDGE = 65_500
/** A decode takes a fraction of a second, so a full queue has moved on by then. */
const RETRY_AFTER_SECONDS = 2
/** Together with the model's 30 s, a response still comes before the load balancer's timeout of 60 s. */
const MAX_WAIT_MS = 10_000

const overloaded = (): ImageError =>
  new ImageError('overloaded', `Too many pictures at once. Try again in ${RETRY_AFTER_SECONDS} seconds.`, {
    retryAfterSeconds: RETRY_AFTER_SECONDS,
  })
const unreadable = (cause: unknown): ImageError =>
  new ImageError('unreadable', 'The picture is damaged or incomplete. Send it again, or take a new photo.', { cause })

const isUnreadable = (error: unknown): boolean => error instanceof ImageError && error.failure === 'unreadable'

async function readHeader(bytes: Buffer, type: ImageType, maxPixels: number): Promise<Metadata> {
  // Without sharp's own limit, the error can name the size. Nothing is decoded here.
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

/** Header and bytes of a picture. */
interface Source {
  bytes: Buffer
  header: Metadata
  /** Set if the bytes no longer contain the EXIF data with the orientation. */
  orientation?: number | undefined
}

/**
 * Retries without the metadata, which may be what is damaged. Keeps the orientation if it could be read. Throws
 * `complaint`, the error of the original bytes, if there is no metadata to remove.
 */
async function withoutDamage(bytes: Buffer, type: ImageType, maxPixels: number, complaint: unknown): Promise<Source> {
  const stripped = withoutMetadata(bytes, type)
  if (stripped === null || stripped.bytes.equals(bytes)) throw complaint
  if (type === 'jpeg') refuseCoding(stripped.bytes)
  return { ...stripped, header: await readHeader(stripped.bytes, type, maxPixels) }
}

/**
 * Converts untrusted bytes to the one picture that is shown, analysed and boxed: sRGB, 8 bits, upright, without
 * transparency and metadata, and encoded anew so that no foreign byte survives. Accepts JPEG, PNG and still WebP. Of a
 * JPEG with embedded pictures (gain map, MPO) or an animated PNG it takes the main picture, as every viewer does;
 * animated WebP is rejected. Damaged metadata is dropped; damaged image data rejects the picture.
 */
export function createImagePipeline(options: PipelineOptions = {}): ImagePipeline {
  const { maxPixels = DEFAULT_MAX_PIXELS, maxBytes = Number.POSITIVE_INFINITY, maxQueue = 32 } = options
  const concurrency = options.concurrency ?? availableParallelism()
  // Two of the largest, or `concurrency` typical ones: memory depends on the pixels, not on the number of pictures.
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
