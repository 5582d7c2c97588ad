import sharp from 'sharp'
import { AnalyzerError, type UprightImage } from '../analyzer.ts'

/** Pixels; the models' boxes were found best with the long edge at or under this (Roboflow's GPT-5.2 block, 2026). */
export const MAX_SIDE = 2048

/** A half-size picture is taken where it is nearly as large: JPEG decodes to half its size in a fraction of the time. */
const NEARLY = 0.9

/** The long edge to send, pixels. Of a phone's 4032 it is 2016, not 2048. */
export function sideToSend(longEdge: number): number {
  if (longEdge <= MAX_SIDE) return longEdge
  const half = Math.floor(longEdge / 2)
  return half <= MAX_SIDE && half >= NEARLY * MAX_SIDE ? half : MAX_SIDE
}

/** The picture as it is sent: unchanged, or made smaller to fit MAX_SIDE. Throws AnalyzerError 'unreadable' where it cannot be decoded. */
export async function pictureToSend(image: UprightImage): Promise<UprightImage> {
  const longEdge = Math.max(image.width, image.height)
  if (longEdge <= MAX_SIDE) return image
  const side = sideToSend(longEdge)
  try {
    const { data, info } = await sharp(image.jpeg)
      .resize(side, side, { fit: 'inside' })
      // Huffman optimisation would double the time for 2 % of the bytes.
      .jpeg({ quality: 92, chromaSubsampling: '4:4:4', optimiseCoding: false })
      .toBuffer({ resolveWithObject: true })
    return { jpeg: data, width: info.width, height: info.height }
  } catch {
    throw new AnalyzerError('unreadable', 'The picture could not be decoded to make it smaller for the model')
  }
}
