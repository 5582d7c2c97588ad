import sharp from 'sharp'
import { AnalyzerError } from '../../domain/analyzer-error.ts'
import type { Raster } from './vision/plane.ts'

/** Long side of the working raster, pixels; the filters' constants in pixels were found at this size. */
export const WORKING_SIZE = 1130
/** Decoding is refused above this; the same cap as for uploads. */
const MAX_PIXELS = 50e6

/** Decodes a picture to 8-bit sRGB, no larger than the working size; smaller ones stay as they are. Throws AnalyzerError 'unreadable'. */
export const decode = async (bytes: Buffer): Promise<Raster> => {
  try {
    const { data, info } = await sharp(bytes, { limitInputPixels: MAX_PIXELS })
      .resize({ width: WORKING_SIZE, height: WORKING_SIZE, fit: 'inside', withoutEnlargement: true })
      .flatten({ background: 'white' })
      .toColourspace('srgb')
      .raw()
      .toBuffer({ resolveWithObject: true })
    return { width: info.width, height: info.height, rgb: new Uint8Array(data) }
  } catch (cause) {
    throw new AnalyzerError('unreadable', 'the picture could not be decoded', { cause })
  }
}
