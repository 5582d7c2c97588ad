import sharp from 'sharp'
import { type Photo, readPhoto } from '../../api/golden/index.ts'
import { drawPart } from '../../scripts/sample-parts/draw-part.ts'
import { createRandom } from '../../scripts/sample-parts/random.ts'

/** Pixels that a part may lie elsewhere. */
const ROOM = 12

export interface Flaw {
  /** Middle, pixels of the photo of shot 0. */
  x: number
  y: number
  radius: number
}

export interface Shot {
  jpeg: Buffer
  photo: Photo
  /** How far the part lies from where shot 0 has it. */
  shift: readonly [number, number]
}

/** A camera over one drawn part: each shot moves it by a few pixels and changes light and grain. */
export async function drawnStation(kind: 'knife' | 'plate', seed: number, width: number, height: number) {
  const part = await drawPart({ kind, seed, width: width + 2 * ROOM, height: height + 2 * ROOM })
  const clean = await sharp(part.jpeg).raw().toBuffer()
  return async (index: number, flaw?: Flaw): Promise<Shot> => {
    const random = createRandom(1000 * seed + index)
    const [dx, dy] = index === 0 ? [0, 0] : [Math.round(random.between(-5, 5)), Math.round(random.between(-5, 5))]
    const gain = index === 0 ? 1 : random.between(0.94, 1.06)
    const pixels = new Uint8Array(width * height * 3)
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const grain = 2 * random.noise()
        const depth = flaw
          ? Math.min(1, Math.max(0, flaw.radius + 0.5 - Math.hypot(x - dx - flaw.x, y - dy - flaw.y)))
          : 0
        for (let c = 0; c < 3; c++) {
          const value = clean[((y + ROOM - dy) * part.width + x + ROOM - dx) * 3 + c] ?? 0
          pixels[(y * width + x) * 3 + c] = Math.min(255, Math.max(0, value * (1 - 0.7 * depth) * gain + grain))
        }
      }
    }
    const jpeg = await sharp(pixels, { raw: { width, height, channels: 3 } })
      .jpeg({ quality: 92 })
      .toBuffer()
    return { jpeg, photo: await readPhoto(jpeg), shift: [dx, dy] }
  }
}
