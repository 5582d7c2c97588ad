import sharp from 'sharp'
import { AnalyzerError } from '../../domain/analyzer-error.ts'
import type { Raster } from './vision/plane.ts'

/** Long side of the working raster in pixels. The filters' pixel constants were determined at this size. */
export const WORKING_SIZE = 1130
/** Larger pictures are rejected; the same limit as for uploads. */
const MAX_PIXELS = 50e6

/**
 * Decodes a picture to 8-bit sRGB, scaled down to the working size if it is larger. Throws AnalyzerError 'unreadable'.
 */
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
    throw new AnalyzerError('unreadable', 'The picture could not be decoded', { cause })
  }
}
