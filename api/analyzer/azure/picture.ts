import sharp from 'sharp'
import { AnalyzerError, type UprightImage } from '../analyzer.ts'

/** Pixels; the models' boxes were found best with the long edge at or under this (Roboflow's GPT-5.2 block, 2026). */
export const MAX_SIDE = 2048

/** The picture as it is sent: unchanged, or made smaller to fit MAX_SIDE. Throws AnalyzerError 'unreadable' where it cannot be decoded. */
export async function pictureToSend(image: UprightImage): Promise<UprightImage> {
  if (Math.max(image.width, image.height) <= MAX_SIDE) return image
  try {
    const { data, info } = await sharp(image.jpeg)
      .resize(MAX_SIDE, MAX_SIDE, { fit: 'inside' })
      .jpeg({ quality: 92, chromaSubsampling: '4:4:4' })
      .toBuffer({ resolveWithObject: true })
    return { jpeg: data, width: info.width, height: info.height }
  } catch {
    throw new AnalyzerError('unreadable', 'The picture could not be decoded to make it smaller for the model')
  }
}
