import sharp from 'sharp'
import { GoldenError } from './errors.ts'
import type { Raster } from './plane.ts'

/** Long side beyond which photos are made smaller before they are looked at, pixels. */
export const WORKING_EDGE = 1600

/** A photo as the functions of this folder take it. */
export interface Photo extends Raster {
  /** Pixels of the upright photo to a pixel of the raster; 1 where it was not made smaller. */
  readonly scale: number
}

/** Decodes a photo and turns it upright. Throws GoldenError 'photo'. */
export async function readPhoto(bytes: Uint8Array): Promise<Photo> {
  try {
    const upright = sharp(bytes)
      .autoOrient()
      .flatten({ background: { r: 128, g: 128, b: 128 } })
    const { autoOrient } = await sharp(bytes).metadata()
    const { data, info } = await upright
      .resize({ width: WORKING_EDGE, height: WORKING_EDGE, fit: 'inside', withoutEnlargement: true })
      .toColourspace('srgb')
      .raw()
      .toBuffer({ resolveWithObject: true })
    const scale = Math.max(autoOrient.width, autoOrient.height) / Math.max(info.width, info.height)
    return { width: info.width, height: info.height, channels: 3, pixels: data, scale }
  } catch (cause) {
    throw new GoldenError('photo', 'the bytes are no photo that can be decoded', { cause })
  }
}
