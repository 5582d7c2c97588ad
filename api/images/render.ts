import sharp, { type Sharp } from 'sharp'
import type { UprightImage } from '../domain/photo.ts'
import { type PhotoRaster, RASTER_EDGE } from './photo-gate/measure.ts'

export interface RenderedImage {
  upright: UprightImage
  /** What the photo gate measures. */
  raster: () => Promise<PhotoRaster>
  /** A small JPEG for lists, 320 pixels on the long edge; smaller pictures are not enlarged. */
  thumbnail: () => Promise<Buffer>
}

export interface RenderOptions {
  /** Width times height, as stored. */
  pixels: number
  maxPixels: number
  /** Of EXIF, 1 to 8, where `bytes` do not have it themselves. */
  orientation?: number | undefined
}

/** Neutral grey behind transparent parts: white or black would look like glare or shadow on a blade. */
const BACKGROUND = { r: 128, g: 128, b: 128 }
/** A legal 50-megapixel picture takes about 1.5 s on one slow core; what takes this long was made to. */
const DECODE_TIMEOUT_SECONDS = 20
/** Up to this size the decoded pixels are held (12 MB), above it the picture is streamed in strips. */
const MAX_HELD_PIXELS = 2048 * 2048

/**
 * Full chroma (4:4:4): rust and discoloration are small colour faults. Without Huffman optimisation the encoder is
 * three times as fast and the file 2 % larger (12 megapixels: 70 ms against 220 to 390 ms).
 */
const UPRIGHT_JPEG = { quality: 90, chromaSubsampling: '4:4:4', optimiseCoding: false }
const THUMBNAIL_EDGE = 320
const THUMBNAIL_JPEG = { quality: 80, optimiseCoding: false }

/**
 * Faults that cameras do make and that stand outside the picture data: stray bytes before a table or metadata segment,
 * odd scan parameters, unknown versions. All else that libjpeg warns of is damage to the picture.
 */
const HARMLESS =
  /extraneous bytes before marker 0x(c[0-2]|db|dd|e[0-9a-f]|fe)$|Invalid SOS parameters|unknown JFIF revision|Unknown Adobe color transform/

// One thread a picture: the parallelism is between pictures. No cache: no picture is read twice.
sharp.concurrency(1)
sharp.cache(false)

/**
 * Decodes the whole picture, strictly: any damage refuses it. Only where the sole complaint is a harmless one it is
 * decoded again, tolerantly; truncation is refused either way. (A file with stray bytes *and* damaged picture data
 * passes: libjpeg stops at its first complaint. A flipped bit that still is valid code passes too, as in any decoder.)
 */
export async function render(bytes: Buffer, options: RenderOptions): Promise<RenderedImage> {
  try {
    return await renderAs(bytes, 'warning', options)
  } catch (error) {
    const lines = error instanceof Error ? error.message.split('\n') : ['']
    if (!lines.every((line) => HARMLESS.test(line))) throw error
    return await renderAs(bytes, 'error', options)
  }
}

async function renderAs(
  bytes: Buffer,
  failOn: 'warning' | 'error',
  { pixels, maxPixels, orientation }: RenderOptions,
): Promise<RenderedImage> {
  const picture = turn(sharp(bytes, { failOn, limitInputPixels: maxPixels }), orientation)
    .timeout({ seconds: DECODE_TIMEOUT_SECONDS })
    .flatten({ background: BACKGROUND })
    .toColourspace('srgb')
  return pixels > MAX_HELD_PIXELS ? stream(picture) : hold(picture)
}

/** What EXIF's orientation asks for, in the order in which sharp does it: mirroring, then rotation. */
function turn(picture: Sharp, orientation: number | undefined): Sharp {
  if (orientation === undefined) return picture.autoOrient()
  const angle = { 3: 180, 4: 180, 5: 270, 6: 90, 7: 90, 8: 270 }[orientation] ?? 0
  return picture.flop([2, 4, 5, 7].includes(orientation)).rotate(angle)
}

/** One decode for all pictures. */
async function hold(picture: Sharp): Promise<RenderedImage> {
  const { data, info } = await picture.raw().toBuffer({ resolveWithObject: true })
  const { width, height, channels } = info
  const pixels = (): Sharp => sharp(data, { raw: { width, height, channels } })
  const [jpeg, raster] = await Promise.all([pixels().jpeg(UPRIGHT_JPEG).toBuffer(), makeRaster(pixels())])
  // Gives the memory back now: the garbage collector would let hundreds of megabytes lie. Not after a failure, as the other of the
  // two may still read.
  if (data.buffer instanceof ArrayBuffer) data.buffer.transfer(0)
  return { upright: { jpeg, width, height }, raster: async () => raster, thumbnail: () => makeThumbnail(raster) }
}

/** Straight into the upright JPEG, with a third of the memory (50 megapixels: 140 MB against 390 MB). */
async function stream(picture: Sharp): Promise<RenderedImage> {
  const { data: jpeg, info } = await picture.jpeg(UPRIGHT_JPEG).toBuffer({ resolveWithObject: true })
  const upright = { jpeg, width: info.width, height: info.height }
  let made: Promise<PhotoRaster> | undefined
  const raster = (): Promise<PhotoRaster> => {
    made ??= rasterOf(upright)
    return made
  }
  return { upright, raster, thumbnail: async () => makeThumbnail(await raster()) }
}

/** Of a picture that lies in the store. A large JPEG is decoded to a fraction of its size in a fraction of the time. */
export const rasterOf = ({ jpeg }: UprightImage): Promise<PhotoRaster> => makeRaster(sharp(jpeg))

async function makeRaster(picture: Sharp): Promise<PhotoRaster> {
  const { data, info } = await picture
    .resize({ width: RASTER_EDGE, height: RASTER_EDGE, fit: 'inside', withoutEnlargement: true })
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true })
  return { width: info.width, height: info.height, channels: 3, pixels: data }
}

const makeThumbnail = ({ pixels, width, height, channels }: PhotoRaster): Promise<Buffer> =>
  sharp(pixels, { raw: { width, height, channels } })
    .resize({ width: THUMBNAIL_EDGE, height: THUMBNAIL_EDGE, fit: 'inside', withoutEnlargement: true })
    .jpeg(THUMBNAIL_JPEG)
    .toBuffer()
