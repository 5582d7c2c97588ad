import sharp from 'sharp'
import type { BoundingBox } from '../../api/analyzer/analyzer.ts'
import type { SampleDefect } from './drawing.ts'
import { boxAround, createPlacement } from './geometry.ts'
import { drawKnife } from './knife.ts'
import { drawPlate } from './plate.ts'
import { createRandom } from './random.ts'
import { applyTexture } from './texture.ts'

export interface SampleOptions {
  /** A knife on a plain ground, or a brushed plate that fills the frame (no chip, no handle). */
  kind: 'knife' | 'plate'
  /** Same seed, same picture. */
  seed: number
  /** Pixels; the part is drawn to fit, whatever the proportions. */
  width?: number
  height?: number
  defect?: { type: SampleDefect }
}

export interface SamplePart {
  jpeg: Buffer
  width: number
  height: number
  boxes: BoundingBox[]
  defect_type: SampleDefect | null
}

/** A drawn part with a defect at a known place, or without one. It stands in for photos where none may be used. */
export const drawPart = async ({
  kind,
  seed,
  width = 1200,
  height = 800,
  defect,
}: SampleOptions): Promise<SamplePart> => {
  const random = createRandom(seed)
  const turn = random.between(-3, 3)
  const placement = createPlacement(width, height, turn, [random.between(-18, 18), random.between(-40, 40)])
  const drawing = kind === 'knife' ? drawKnife(random, defect?.type) : drawPlate(random, defect?.type)
  const svg = (content: string, background: string): Buffer =>
    Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="${background}"/>${content}</svg>`,
    )
  const place = (content: string, fill = ''): string => `<g transform="${placement.transform}" ${fill}>${content}</g>`
  const soft = '<filter id="soft"><feGaussianBlur stdDeviation="1.4"/></filter>'
  const shadow = drawing.shadow
    ? `<filter id="shadow"><feGaussianBlur stdDeviation="9"/></filter><g filter="url(#shadow)" opacity="0.2" transform="translate(5 9)">${place(drawing.shadow)}</g>`
    : ''
  const [picture, metal] = await Promise.all([
    sharp(
      svg(
        `<defs>${soft}${drawing.definitions}</defs>${shadow}${place(drawing.picture)}`,
        `rgb(${drawing.ground.join(' ')})`,
      ),
    )
      .removeAlpha()
      .raw()
      .toBuffer(),
    sharp(svg(place(drawing.metal, 'fill="white"'), 'black'))
      .extractChannel(0)
      .raw()
      .toBuffer(),
  ])
  applyTexture(picture, metal, width, height, placement, random)
  return {
    jpeg: await sharp(picture, { raw: { width, height, channels: 3 } })
      .jpeg({ quality: 92 })
      .toBuffer(),
    width,
    height,
    boxes: drawing.extent.length > 0 ? [boxAround(drawing.extent.map(placement.toPicture), width, height)] : [],
    defect_type: defect?.type ?? null,
  }
}
