import sharp, { type Sharp } from 'sharp'
import type { UprightImage } from '../domain/photo.ts'
import { type PhotoRaster, RASTER_EDGE } from './photo-gate/measure.ts'

export interface RenderedImage {
  upright: UprightImage
  /** Measured by the photo gate. */
  raster: () => Promise<PhotoRaster>
  /** Small JPEG for lists, 320 pixels on the long edge; never enlarged. */
  thumbnail: () => Promise<Buffer>
}

export interface RenderOptions {
  /** Width times height, as stored. */
  pixels: number
  maxPixels: number
  /** EXIF orientation, 1 to 8, if `bytes` do not contain it. */
  orientation?: number | undefined
}

/** Neutral grey behind transparent parts: white or black would look like glare or shadow on a blade. */
const BACKGROUND = { r: 128, g: 128, b: 128 }
/** A valid 50-megapixel picture takes about 1.5 s on one slow core; anything this slow was made to be. */
const DECODE_TIMEOUT_SECONDS = 20
/** Up to this size the decoded pixels are held in memory (12 MB); larger pictures are streamed in strips. */
const MAX_HELD_PIXELS = 2048 * 2048

/**
 * Full chroma (4:4:4), because rust and discoloration are small colour defects. Without Huffman optimisation the
 * encoder is three times as fast and the file 2 % larger (12 megapixels: 70 ms instead of 220 to 390 ms).
 */
const UPRIGHT_JPEG = { quality: 90, chromaSubsampling: '4:4:4', optimiseCoding: false }
const THUMBNAIL_EDGE = 320
const THUMBNAIL_JPEG = { quality: 80, optimiseCoding: false }

/**
 * Faults that cameras do produce, outside the image data: stray bytes before a table or metadata segment, odd scan
 * parameters, unknown versions. Any other libjpeg warning means damage to the picture.
 */
const HARMLESS =
  /extraneous bytes before marker 0x(c[0-2]|db|dd|e[0-9a-f]|fe)$|Invalid SOS parameters|unknown JFIF revision|Unknown Adobe color transform/

// One thread per picture: pictures are processed in parallel. No cache: no picture is read twice.
sharp.concurrency(1)
sharp.cache(false)

/**
 * Decodes the whole picture strictly: any damage rejects it. If all warnings are harmless, decodes again tolerantly;
 * truncation is still rejected. (A file with stray bytes *and* damaged image data passes: libjpeg stops at its first
 * warning. A flipped bit that is still valid code passes too, as in any decoder.)
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

/** Applies the EXIF orientation in the order of sharp: mirroring, then rotation. */
function turn(picture: Sharp, orientation: number | undefined): Sharp {
  if (orientation === undefined) return picture.autoOrient()
  const angle = { 3: 180, 4: 180, 5: 270, 6: 90, 7: 90, 8: 270 }[orientation] ?? 0
  return picture.flop([2, 4, 5, 7].includes(orientation)).rotate(angle)
}

/** Decodes once for all outputs. */
async function hold(picture: Sharp): Promise<RenderedImage> {
  const { data, info } = await picture.raw().toBuffer({ resolveWithObject: true })
  const { width, height, channels } = info
  const pixels = (): Sharp => sharp(data, { raw: { width, height, channels } })
  const [jpeg, raster] = await Promise.all([pixels().jpeg(UPRIGHT_JPEG).toBuffer(), makeRaster(pixels())])
  // Free the memory now, because the garbage collector would keep hundreds of megabytes. Not after a failure, when the
  // other output may still be reading.
  if (data.buffer instanceof ArrayBuffer) data.buffer.transfer(0)
  return { upright: { jpeg, width, height }, raster: async () => raster, thumbnail: () => makeThumbnail(raster) }
}

/** Encodes straight to the upright JPEG, with a third of the memory (50 megapixels: 140 MB instead of 390 MB). */
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

/** Raster of a stored picture. A large JPEG is decoded at a fraction of its size in a fraction of the time. */
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
