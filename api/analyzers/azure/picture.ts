import type { ImageDetail } from 'openai/resources/responses/responses'
import sharp from 'sharp'
import { AnalyzerError } from '../../domain/analyzer-error.ts'
import type { UprightImage } from '../../domain/photo.ts'

/**
 * Long edge in pixels that each detail uses. The provider scales down larger pictures, so more would be sent in vain.
 * `low` uses 512 pixels. For the others, models return the best boxes at 2048 or less (Roboflow's GPT-5.2 block, 2026).
 */
const MAX_SIDE: Record<ImageDetail, number> = { low: 512, high: 2048, auto: 2048, original: 2048 }

/** Half size is used if it is nearly as large: a JPEG decodes to half its size in a fraction of the time. */
const NEARLY = 0.9

/** Long edge to send, in pixels. A phone's 4032 becomes 2016, not 2048. */
function sideToSend(longEdge: number, maxSide: number): number {
  const half = Math.floor(longEdge / 2)
  return half <= maxSide && half >= NEARLY * maxSide ? half : maxSide
}

/**
 * The picture to send: unchanged, or scaled down to the size that the detail uses. Throws AnalyzerError 'unreadable' if
 * it cannot be decoded.
 */
export async function pictureToSend(image: UprightImage, detail: ImageDetail): Promise<UprightImage> {
  const longEdge = Math.max(image.width, image.height)
  const maxSide = MAX_SIDE[detail]
  if (longEdge <= maxSide) return image
  const side = sideToSend(longEdge, maxSide)
  try {
    const { data, info } = await sharp(image.jpeg)
      .resize(side, side, { fit: 'inside' })
      // Huffman optimisation would double the time to save 2 % of the bytes.
      .jpeg({ quality: 92, chromaSubsampling: '4:4:4', optimiseCoding: false })
      .toBuffer({ resolveWithObject: true })
    return { jpeg: data, width: info.width, height: info.height }
  } catch {
    throw new AnalyzerError('unreadable', 'The picture could not be decoded to scale it down for the model')
  }
}
