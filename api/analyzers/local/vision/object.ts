import { type Axes, type Component, findComponents, principalAxes, touchesFrame } from './components.ts'
import { boxMean } from './filters.ts'
import { fitGround, type Ground, groundRow } from './ground.ts'
import { close } from './morphology.ts'
import { createPlane, type Mask, mapMask, type Plane, type Raster } from './plane.ts'
import { median, otsu } from './statistics.ts'

/** Band along the frame to which the background is fitted, as a share of the long side. */
const BAND = 0.03
/** Maximum number of pixels for the fit: enough for six coefficients, and fast. */
const BAND_SAMPLES = 3000
/**
 * Conditions for one object on a plain background. In every fourth picture of both photo sets, Otsu's classes had a
 * separability of at least 0.86 on single objects and at most 0.75 on frame-filling surfaces. With a second object cut
 * off by the frame, 8 % of the band belonged to objects.
 */
const MIN_SEPARABILITY = 0.8
const MAX_BAND_SHARE = 0.15
const SHARE = { least: 0.02, most: 0.8 }
/** Minimum contrast in grey levels between background and object. Below it, Otsu's threshold only splits noise. */
const MIN_CONTRAST = 10
/** Further pieces of a broken object, as a share of the largest. */
const PIECE = 0.05
/** Radius in pixels that closes noise gaps in the mask. */
const CLOSING = 2

/** The single object on a plain background. */
export interface SceneObject {
  /** Its pixels, with holes left open. */
  mask: Mask
  axes: Axes
  /** True if its colour is neutral, like bare metal. */
  neutral: boolean
}

const bandSamples = (width: number, height: number): number[] => {
  const band = Math.max(1, Math.round(BAND * Math.max(width, height)))
  const inBand: number[] = []
  for (let i = 0; i < width * height; i++) {
    const x = i % width
    const y = (i - x) / width
    if (x < band || y < band || x >= width - band || y >= height - band) inBand.push(i)
  }
  const step = Math.ceil(inBand.length / BAND_SAMPLES)
  return inBand.filter((_, n) => n % step === 0)
}

/** How an object can differ from the background. Warmth before colour, because a shadow hardly changes red - blue. */
const CONTRASTS: readonly ((r: number, g: number, b: number) => number)[] = [
  (r, _g, b) => r - b,
  (r, _g, b) => b - r,
  (r, g, b) => Math.max(Math.abs(r), Math.abs(g), Math.abs(b)),
]

/** Difference of each pixel's colour to the background's as one number, mean of 3 x 3. */
const contrastPlane = ({ width, height, rgb }: Raster, ground: Ground, of: (typeof CONTRASTS)[number]): Plane => {
  const plane = createPlane(width, height)
  for (let y = 0; y < height; y++) {
    const v = (2 * y) / height - 1
    const [r0, r1, r2] = groundRow(ground[0], v)
    const [g0, g1, g2] = groundRow(ground[1], v)
    const [b0, b1, b2] = groundRow(ground[2], v)
    for (let x = 0; x < width; x++) {
      const i = y * width + x
      const u = (2 * x) / width - 1
      plane.data[i] = of(
        (rgb[3 * i] ?? 0) - (r0 + r1 * u + r2 * u * u),
        (rgb[3 * i + 1] ?? 0) - (g0 + g1 * u + g2 * u * u),
        (rgb[3 * i + 2] ?? 0) - (b0 + b1 * u + b2 * u * u),
      )
    }
  }
  return boxMean(plane, 1)
}

/**
 * Median of max - min of red, green and blue below which pixels are neutral. Baked dough exceeds 100, drawn steel has
 * 5.
 */
const NEUTRAL_CHROMA = 36

/** Maximum number of pixels used to judge the colour of a surface. */
const COLOUR_SAMPLES = 5000

/** True if most of the given pixels are as colourless as bare metal. */
export const isNeutral = ({ rgb }: Raster, pixels: ArrayLike<number>): boolean => {
  const count = Math.min(COLOUR_SAMPLES, pixels.length)
  const chroma = Float32Array.from({ length: count }, (_, k) => {
    const i = pixels[Math.floor((k * pixels.length) / count)] ?? 0
    const [r, g, b] = [rgb[3 * i] ?? 0, rgb[3 * i + 1] ?? 0, rgb[3 * i + 2] ?? 0]
    return Math.max(r, g, b) - Math.min(r, g, b)
  })
  return median(chroma) < NEUTRAL_CHROMA
}

/**
 * Finds a single object on a plain, contrasting background; null if the picture is not of that kind. Method and
 * constants of the silhouette come from our trials on cookie photos (closing radius 2, pieces over 5 %).
 */
export const findObject = (raster: Raster): SceneObject | null => {
  const { width, height } = raster
  const samples = bandSamples(width, height)
  const ground = fitGround(raster, samples)
  for (const sense of CONTRASTS) {
    const contrast = contrastPlane(raster, ground, sense)
    const { threshold, separability } = otsu(contrast.data)
    if (separability < MIN_SEPARABILITY || threshold < MIN_CONTRAST) continue
    const onBand = samples.filter((i) => (contrast.data[i] ?? 0) > threshold).length / samples.length
    if (onBand > MAX_BAND_SHARE) continue
    const object = largestObject(mapMask(width, height, (i) => (contrast.data[i] ?? 0) > threshold))
    const share = (object?.pixels.length ?? 0) / (width * height)
    if (!object || share < SHARE.least || share > SHARE.most) continue
    return {
      mask: object.mask,
      axes: principalAxes(object.pixels, width),
      neutral: isNeutral(raster, object.pixels),
    }
  }
  return null
}

const largestObject = (rough: Mask): { mask: Mask; pixels: number[] } | null => {
  const { width, height } = rough
  const all = findComponents(close(rough, CLOSING))
  const largest = all.reduce<Component | null>((a, b) => (a && a.pixels.length >= b.pixels.length ? a : b), null)
  if (!largest) return null
  const pixels = all
    .filter(
      (c) => c === largest || (c.pixels.length > PIECE * largest.pixels.length && !touchesFrame(c, width, height)),
    )
    .flatMap((component) => component.pixels)
  const data = new Uint8Array(width * height)
  for (const pixel of pixels) data[pixel] = 1
  return { mask: { width, height, data }, pixels }
}
