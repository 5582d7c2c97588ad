import sharp from 'sharp'
import type { UprightImage } from '../analyzer/analyzer.ts'

const EDGE = 320

/** A small JPEG for lists, 320 pixels on the long edge; smaller pictures are not enlarged. */
export const makeThumbnail = ({ jpeg }: UprightImage): Promise<Buffer> =>
  sharp(jpeg)
    .resize({ width: EDGE, height: EDGE, fit: 'inside', withoutEnlargement: true })
    .jpeg({ quality: 80 })
    .toBuffer()
