import sharp, { type Sharp } from 'sharp'
import { createRandom } from '../../fixtures/sample-parts/random.ts'

/** One way of spoiling a photo. */
export interface Step {
  name: string
  /** What the gate must say; null: in between, and only told. */
  wanted: 'judge' | 'retake' | null
  spoil(photo: Buffer): Promise<Buffer>
}

/** Long side of the photo that is spoiled, pixels: blur and grain are of this size. */
const EDGE = 1200

const jpeg = (picture: Sharp): Promise<Buffer> => picture.jpeg({ quality: 90 }).toBuffer()
const fit = (photo: Buffer, edge = EDGE): Sharp =>
  sharp(photo).resize({ width: edge, height: edge, fit: 'inside', withoutEnlargement: true })

const asItIs: Step = { name: 'as it is', wanted: 'judge', spoil: (photo) => jpeg(fit(photo)) }

/** Blurred by so many thousandths of the long side. */
const blurred = (perMille: number, wanted: Step['wanted']): Step => ({
  name: `blur ${perMille} ‰ of the long side`,
  wanted,
  async spoil(photo) {
    const { data, info } = await fit(photo).png().toBuffer({ resolveWithObject: true })
    return jpeg(sharp(data).blur((perMille / 1000) * Math.max(info.width, info.height)))
  },
})

/** With Gaussian noise of so many grey levels, the same each time. What is burnt out has none, as in a camera. */
const grainy = (deviation: number, wanted: Step['wanted']): Step => ({
  name: `noise ${deviation} grey levels`,
  wanted,
  async spoil(photo) {
    const { data, info } = await fit(photo).removeAlpha().raw().toBuffer({ resolveWithObject: true })
    const random = createRandom(7)
    for (let i = 0; i < data.length; i++) {
      const normal = Math.sqrt(-2 * Math.log(random.between(1e-9, 1))) * Math.cos(2 * Math.PI * random.between(0, 1))
      const value = data[i] ?? 0
      if (value < 250) data[i] = Math.min(255, Math.max(0, Math.round(value + deviation * normal)))
    }
    return jpeg(sharp(data, { raw: info }))
  },
})

const lit = (factor: number, wanted: Step['wanted']): Step => ({
  name: `light x ${factor}`,
  wanted,
  spoil: async (photo) => jpeg(sharp(await fit(photo).png().toBuffer()).linear(factor, 0)),
})

const sized = (edge: number, wanted: Step['wanted']): Step => ({
  name: `long side ${edge} pixels`,
  wanted,
  spoil: (photo) => jpeg(fit(photo, edge)),
})

/** From the photo as it is, step by step. */
export const STEPS: readonly Step[] = [
  asItIs,
  blurred(0.8, 'judge'),
  blurred(1.7, null),
  blurred(2.5, null),
  blurred(3.5, 'retake'),
  blurred(5, 'retake'),
  blurred(10, 'retake'),
  blurred(21, 'retake'),
  grainy(10, 'judge'),
  grainy(20, 'judge'),
  grainy(40, null),
  grainy(80, 'retake'),
  lit(0.7, 'judge'),
  lit(0.5, null),
  lit(0.25, 'retake'),
  lit(0.12, 'retake'),
  lit(1.2, 'judge'),
  lit(1.5, null),
  lit(2, null),
  lit(3, null),
  lit(5, 'retake'),
  sized(640, 'judge'),
  sized(400, null),
  sized(320, null),
  sized(240, 'retake'),
  sized(160, 'retake'),
]

const filled = (width: number, height: number, background: string): Promise<Buffer> =>
  jpeg(sharp({ create: { width, height, channels: 3, background } }))

/** Grain and nothing else. */
export function grainAlone(width: number, height: number): Promise<Buffer> {
  const random = createRandom(11)
  const pixels = Buffer.from(Uint8Array.from({ length: 3 * width * height }, () => random.between(0, 256)))
  return jpeg(sharp(pixels, { raw: { width, height, channels: 3 } }))
}

/** Pictures of nothing, by name. */
export const nothing = async (): Promise<[name: string, photo: Buffer][]> => [
  ['plain grey', await filled(1200, 800, '#8a8d90')],
  ['black', await filled(1200, 800, '#000000')],
  ['white', await filled(1200, 800, '#ffffff')],
  ['noise alone, 640 pixels', await grainAlone(640, 480)],
  ['noise alone, 1200 pixels', await grainAlone(1200, 800)],
  ['noise alone, 4000 pixels', await grainAlone(4000, 3000)],
]
