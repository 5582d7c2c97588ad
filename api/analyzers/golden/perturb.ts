import sharp from 'sharp'
import { gauss, planeOf, type Raster } from './plane.ts'
import { composed, type Rigid, STILL, steps } from './rigid.ts'

/** Degrees; shift in pixels of a long side of 1,000; gain; blur and noise as sigma; JPEG quality. */
const HARMLESS = [
  { turn: 0.3, dx: 2, dy: 1, gain: 0.93, blur: 0, noise: 4, quality: 75 },
  { turn: -0.3, dx: -1, dy: 2, gain: 1.07, blur: 0.7, noise: 0, quality: 85 },
  { turn: 0.2, dx: 1, dy: -2, gain: 1, blur: 0, noise: 3, quality: 60 },
  { turn: -0.2, dx: -2, dy: -1, gain: 0.9, blur: 0.5, noise: 0, quality: 90 },
  { turn: 0, dx: 3, dy: 0, gain: 1.1, blur: 0, noise: 2, quality: 80 },
  { turn: 0.5, dx: 0, dy: -3, gain: 0.95, blur: 0.6, noise: 0, quality: 70 },
] as const
export const PERTURBATIONS = HARMLESS.length

/** The photo as the same good part might have come out another time. The same each time it is asked for. */
export async function perturb(photo: Raster, index: number): Promise<Raster> {
  const { turn, dx, dy, gain, blur, noise, quality } = HARMLESS[index % HARMLESS.length] ?? HARMLESS[0]
  const { width, height } = photo
  const unit = Math.max(0.6, Math.max(width, height) / 1000)
  const turned: Rigid = { ...STILL, turn: (turn * Math.PI) / 180 }
  const moved = sampleCubic(photo, composed(turned, { dx: -dx * unit, dy: -dy * unit, turn: 0 }))
  const planes = [0, 1, 2].map((channel) => {
    const plane = planeOf(width, height)
    for (let i = 0; i < plane.data.length; i++) plane.data[i] = (moved[3 * i + channel] ?? 0) * gain
    return blur > 0 ? gauss(plane, blur) : plane
  })
  const random = randomOf(index + 1)
  const pixels = new Uint8Array(width * height * 3)
  for (let i = 0; i < width * height; i++) {
    const grain = noise > 0 ? noise * normal(random) : 0
    for (const [channel, { data }] of planes.entries()) {
      pixels[3 * i + channel] = Math.min(255, Math.max(0, (data[i] ?? 0) + grain))
    }
  }
  const jpeg = await sharp(pixels, { raw: { width, height, channels: 3 } })
    .jpeg({ quality })
    .toBuffer()
  return { width, height, channels: 3, pixels: await sharp(jpeg).toColourspace('srgb').raw().toBuffer() }
}

/** Bicubic, a = -0.75: bilinear would blur, and blur is a perturbation of its own. */
function sampleCubic({ width, height, channels, pixels }: Raster, rigid: Rigid): Float32Array {
  const out = new Float32Array(width * height * 3)
  const from = steps(rigid, width, height)
  const taps = (t: number): [number, number, number, number] => {
    const near = (d: number): number => 1.25 * d ** 3 - 2.25 * d ** 2 + 1
    const far = (d: number): number => -0.75 * d ** 3 + 3.75 * d ** 2 - 6 * d + 3
    return [far(1 + t), near(t), near(1 - t), far(2 - t)]
  }
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i += 3) {
      const u = from.x + from.cos * x - from.sin * y
      const v = from.y + from.sin * x + from.cos * y
      const [left, top] = [Math.floor(u), Math.floor(v)]
      const across = taps(u - left)
      const down = taps(v - top)
      for (let k = 0; k < 4; k++) {
        const row = Math.min(height - 1, Math.max(0, top + k - 1)) * width
        for (let l = 0; l < 4; l++) {
          const p = (row + Math.min(width - 1, Math.max(0, left + l - 1))) * channels
          const weight = (down[k] ?? 0) * (across[l] ?? 0)
          for (let c = 0; c < 3; c++) out[i + c] = (out[i + c] ?? 0) + weight * (pixels[p + c] ?? 0)
        }
      }
    }
  }
  return out
}

/** Mulberry32: small, and the same on each machine. Evenly between 0 and 1. */
export function randomOf(seed: number): () => number {
  let state = Math.imul(seed, 0x9e3779b1)
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** Gaussian of deviation 1 (Box and Muller, 1958). */
function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}
