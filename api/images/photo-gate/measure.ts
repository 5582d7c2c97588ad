/*
 * Measures a photo before anybody looks for defects. Pure, typed arrays only: the service and the page run the same code on rasters of
 * the same size.
 */

import type { PhotoMeasures } from '../../domain/photo-limits.ts'

/** Long side of the measured raster in pixels; smaller photos are measured as they are. */
export const RASTER_EDGE = 640

/** Interleaved 8-bit sRGB. Of 4 channels, as a canvas has them, the last is ignored. */
export interface PhotoRaster {
  readonly width: number
  readonly height: number
  readonly channels: 3 | 4
  readonly pixels: Uint8Array | Uint8ClampedArray
}

interface Gray {
  readonly width: number
  readonly height: number
  readonly data: Float32Array
}

/** Side of a block in pixels of the raster; outlines are measured per block. */
const BLOCK = 16
/** Minimum pixels on the crest of an outline for a block to count. */
const MIN_CREST = 6
/** Minimum agreement in direction of a block's outlines, 0..1 (structure tensor): grain has all directions. */
const MIN_COHERENCE = 0.5
/** Minimum slope of an outline: grey levels per pixel, and standard deviations of what grain alone would cause. */
const MIN_SLOPE = { grey: 1, deviations: 5 }
/** Outlines weaker than this share of the strong ones reflect grain and JPEG blocks more than focus. */
const STRONG = 0.3
/** Variances of the two smoothings in square pixels: a binomial of five, then the same with gaps. */
const FINE = 1
const COARSE = 5
const BURNT = 250
/** Above this, the two slopes are too similar to tell. */
const MAX_BLUR = 10
/** Share of burnt-out pixels along the frame from which the background is white, and may be burnt out. */
const WHITE_GROUND = 0.94
/** Converts a median absolute deviation to the standard deviation of a Gaussian. */
const GAUSSIAN_MAD = 1.4826

/** Brightness, with the weights of ITU-R BT.601. */
function toGray({ width, height, channels, pixels }: PhotoRaster): Gray {
  const data = new Float32Array(width * height)
  for (let i = 0, p = 0; i < data.length; i++, p += channels) {
    data[i] = 0.299 * (pixels[p] ?? 0) + 0.587 * (pixels[p + 1] ?? 0) + 0.114 * (pixels[p + 2] ?? 0)
  }
  return { width, height, data }
}

/** Binomial 1 4 6 4 1 in both directions, with taps `step` pixels apart; edge pixels are repeated. */
function smooth({ width, height, data }: Gray, step: number): Gray {
  const rows = new Float32Array(data.length)
  const reach = 2 * step
  const line = new Float32Array(width + 2 * reach)
  for (let y = 0; y < height; y++) {
    const start = y * width
    line.fill(data[start] ?? 0, 0, reach)
    line.set(data.subarray(start, start + width), reach)
    line.fill(data[start + width - 1] ?? 0, reach + width)
    for (let x = 0; x < width; x++) {
      const sides = 4 * ((line[x + step] ?? 0) + (line[x + 3 * step] ?? 0)) + (line[x] ?? 0) + (line[x + 4 * step] ?? 0)
      rows[start + x] = (sides + 6 * (line[x + reach] ?? 0)) / 16
    }
  }
  const both = new Float32Array(data.length)
  const row = (y: number): number => Math.min(height - 1, Math.max(0, y)) * width
  for (let y = 0; y < height; y++) {
    const [a, b, c, d] = [row(y - reach), row(y - step), row(y + step), row(y + reach)]
    const start = y * width
    for (let x = 0; x < width; x++) {
      const sides = 4 * ((rows[b + x] ?? 0) + (rows[c + x] ?? 0)) + (rows[a + x] ?? 0) + (rows[d + x] ?? 0)
      both[start + x] = (sides + 6 * (rows[start + x] ?? 0)) / 16
    }
  }
  return { width, height, data: both }
}

/** Immerkaer's operator (1996), which hardly responds to outlines, and the median of its responses, even less. */
function noiseOf({ width, height, data }: Gray): number {
  const answers: number[] = []
  for (let y = 1; y < height - 1; y += 5) {
    for (let i = y * width + 1; i < (y + 1) * width - 1; i += 5) {
      // Burnt-out pixels have lost their grain.
      if ((data[i] ?? 0) >= BURNT) continue
      const corners =
        (data[i - width - 1] ?? 0) +
        (data[i - width + 1] ?? 0) +
        (data[i + width - 1] ?? 0) +
        (data[i + width + 1] ?? 0)
      const sides = (data[i - width] ?? 0) + (data[i - 1] ?? 0) + (data[i + 1] ?? 0) + (data[i + width] ?? 0)
      answers.push(Math.abs(corners - 2 * sides + 4 * (data[i] ?? 0)) / 6)
    }
  }
  return GAUSSIAN_MAD * quantile(Float32Array.from(answers).sort(), 0.5)
}

/** Every `step`-th pixel. */
const sampleOf = ({ data }: Gray, step: number): Float32Array =>
  Float32Array.from({ length: Math.ceil(data.length / step) }, (_, i) => data[i * step] ?? 0)

const quantile = (sorted: ArrayLike<number>, share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0

interface Outlines {
  /** Blocks with outlines: position in blocks, mean slope on the crests (coarse), and ratio of the fine slope to it. */
  blocks: { x: number; y: number; slope: number; ratio: number }[]
  /** All blocks, with or without outlines. */
  count: number
}

/** Finds crests of the coarse slope and, on them, the fine slope in the same direction, which grain cannot bias. */
function outlinesOf(gray: Gray, noise: number): Outlines {
  const { width, height } = gray
  const fine = smooth(gray, 1)
  const coarse = smooth(fine, 2)
  const [f, c] = [fine.data, coarse.data]
  const across = Math.ceil(width / BLOCK)
  const count = across * Math.ceil(height / BLOCK)
  const [sumFine, sumCoarse, crests] = [new Float64Array(count), new Float64Array(count), new Uint16Array(count)]
  const [xx, yy, xy] = [new Float64Array(count), new Float64Array(count), new Float64Array(count)]
  // Deviation of a central difference of white noise after a Gaussian of variance COARSE.
  const ofNoise = noise / Math.sqrt(8 * Math.PI * COARSE ** 2)
  const least = Math.max(MIN_SLOPE.grey, MIN_SLOPE.deviations * ofNoise) ** 2
  const steepness = (i: number): number =>
    (((c[i + 1] ?? 0) - (c[i - 1] ?? 0)) ** 2 + ((c[i + width] ?? 0) - (c[i - width] ?? 0)) ** 2) / 4
  for (let y = 2; y < height - 2; y++) {
    for (let x = 2; x < width - 2; x++) {
      const i = y * width + x
      const dx = ((c[i + 1] ?? 0) - (c[i - 1] ?? 0)) / 2
      const dy = ((c[i + width] ?? 0) - (c[i - width] ?? 0)) / 2
      const squared = dx * dx + dy * dy
      if (squared < least) continue
      const block = Math.floor(y / BLOCK) * across + Math.floor(x / BLOCK)
      xx[block] = (xx[block] ?? 0) + dx * dx
      yy[block] = (yy[block] ?? 0) + dy * dy
      xy[block] = (xy[block] ?? 0) + dx * dy
      const step = Math.abs(dx) > Math.abs(dy) ? 1 : width
      if (steepness(i - step) > squared || steepness(i + step) >= squared) continue
      const slope = Math.sqrt(squared)
      const fineX = ((f[i + 1] ?? 0) - (f[i - 1] ?? 0)) / 2
      const fineY = ((f[i + width] ?? 0) - (f[i - width] ?? 0)) / 2
      sumFine[block] = (sumFine[block] ?? 0) + (fineX * dx + fineY * dy) / slope
      sumCoarse[block] = (sumCoarse[block] ?? 0) + slope
      crests[block] = (crests[block] ?? 0) + 1
    }
  }
  const blocks: Outlines['blocks'] = []
  for (let block = 0; block < count; block++) {
    const [a = 0, b = 0, ab = 0] = [xx[block], yy[block], xy[block]]
    const [crest = 0, slope = 0] = [crests[block], sumCoarse[block]]
    if (crest < MIN_CREST || Math.hypot(a - b, 2 * ab) < MIN_COHERENCE * (a + b)) continue
    const x = block % across
    const ratio = (sumFine[block] ?? 0) / slope
    blocks.push({ x, y: (block - x) / across, slope: slope / crest, ratio })
  }
  return { blocks, count }
}

/**
 * The slope of an outline of blur b, smoothed by a Gaussian of variance v, is proportional to 1 / sqrt(b^2 + v), so the
 * ratio of two such slopes gives b (S. Zhuo and T. Sim, 2011). Uses the sharpest tenth, because the background may be
 * out of focus.
 */
function blurOf({ blocks }: Outlines): number | null {
  if (blocks.length === 0) return null
  const strong =
    STRONG *
    quantile(
      blocks.map(({ slope }) => slope).sort((a, b) => a - b),
      0.9,
    )
  const ratios = blocks.filter(({ slope }) => slope >= strong).map(({ ratio }) => ratio ** 2)
  const squared = quantile(
    ratios.sort((a, b) => a - b),
    0.9,
  )
  return squared <= 1 ? MAX_BLUR : Math.min(MAX_BLUR, Math.sqrt(Math.max(0, (COARSE - FINE * squared) / (squared - 1))))
}

interface Frame {
  left: number
  top: number
  right: number
  bottom: number
}

/** Bounds of the outlines without the outermost hundredth of the blocks on each side; null if there are none. */
function frameOf({ blocks }: Outlines, { width, height }: Gray): Frame | null {
  if (blocks.length === 0) return null
  const xs = blocks.map(({ x }) => x).sort((a, b) => a - b)
  const ys = blocks.map(({ y }) => y).sort((a, b) => a - b)
  return {
    left: quantile(xs, 0.01) * BLOCK,
    top: quantile(ys, 0.01) * BLOCK,
    right: Math.min(width, (quantile(xs, 0.99) + 1) * BLOCK),
    bottom: Math.min(height, (quantile(ys, 0.99) + 1) * BLOCK),
  }
}

/** Counts burnt-out pixels in every other row and column: all, and those outside of a white background. */
function burntOf({ width, height, data }: Gray): { all: number; inner: number; of: number } {
  const across = Math.ceil(width / 2)
  const down = Math.ceil(height / 2)
  const burnt = new Uint8Array(across * down)
  let all = 0
  for (let y = 0; y < down; y++) {
    for (let x = 0; x < across; x++) {
      if ((data[2 * y * width + 2 * x] ?? 0) < BURNT) continue
      burnt[y * across + x] = 1
      all++
    }
  }
  const open: number[] = []
  let ground = 0
  const visit = (x: number, y: number): void => {
    if (x < 0 || y < 0 || x >= across || y >= down || burnt[y * across + x] !== 1) return
    burnt[y * across + x] = 2
    ground++
    open.push(y * across + x)
  }
  if (all > 0) {
    for (let x = 0; x < across; x++) for (const y of [0, down - 1]) visit(x, y)
    for (let y = 0; y < down; y++) for (const x of [0, across - 1]) visit(x, y)
  }
  if (ground < WHITE_GROUND * (2 * (across + down) - 4)) return { all, inner: all, of: burnt.length }
  for (let i = open.pop(); i !== undefined; i = open.pop()) {
    const x = i % across
    const y = (i - x) / across
    visit(x - 1, y)
    visit(x + 1, y)
    visit(x, y - 1)
    visit(x, y + 1)
  }
  return { all, inner: all - ground, of: burnt.length }
}

/** Measures the raster of a photo whose long side has `photoEdge` pixels. Deterministic. */
export function measurePhoto(raster: PhotoRaster, photoEdge: number): PhotoMeasures {
  const gray = toGray(raster)
  const noise = noiseOf(gray)
  const outlines = outlinesOf(gray, noise)
  const frame = frameOf(outlines, gray)
  const burnt = burntOf(gray)
  const scale = photoEdge / Math.max(raster.width, raster.height)
  const width = frame ? frame.right - frame.left : 0
  const height = frame ? frame.bottom - frame.top : 0
  return {
    blur: blurOf(outlines),
    noise,
    brightest: quantile(sampleOf(gray, 7).sort(), 0.98),
    clipped: burnt.all / burnt.of,
    glare: frame ? Math.min(1, (4 * burnt.inner) / (width * height)) : 0,
    structure: outlines.blocks.length / outlines.count,
    part_size: Math.round(scale * Math.max(width, height)),
  }
}
