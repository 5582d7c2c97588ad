import { powerOfTwo, type Spectrum, transform } from './fourier.ts'
import { gauss, gradients, type Plane, resize } from './plane.ts'
import { composed, type Rigid, STILL, scaled, warp } from './rigid.ts'

/** Long side for the search over turns, pixels; two powers of two make the transform cheap. */
const SEARCH_EDGE = 128
const REFINE_EDGES = [200, 420, 840]
const BLUR = 1.2
/** Degrees; what lies between is found by refining. */
const TURNS = [-3, -2, -1, 0, 1, 2, 3]
/** Shares of the long side: what the search looks at, and what is believed in the end. */
const SEARCH_SHIFT = 0.12
const MOST_SHIFT = 0.1
const MOST_TURN = 0.06
/** How much better than as it lies a turned and moved photo must fit. */
const HEAD_START = 0.01
const STEPS = 12
/** Share of the frame that is not looked at. */
const BORDER = 0.04
const ENOUGH = 0.02

export interface Alignment {
  readonly rigid: Rigid
  /** Normalised cross-correlation with the reference, -1 to 1. */
  readonly ncc: number
}

interface Level {
  readonly gray: Plane
  readonly dx: Float32Array
  readonly dy: Float32Array
}

/** What photos are aligned to: made once for a reference. */
export interface Target {
  readonly edge: number
  readonly search: { gray: Plane; spectrum: Spectrum; window: Float32Array }
  readonly levels: readonly Level[]
}

const sizeAt = ({ width, height }: Plane, edge: number): [number, number] => {
  const share = Math.min(1, edge / Math.max(width, height))
  return [Math.max(8, Math.round(width * share)), Math.max(8, Math.round(height * share))]
}

const edgeOf = ({ width, height }: Plane): number => Math.max(width, height)

/** Blurred copies with these long sides, which fall; each is made of the one before, which has fewer pixels than the photo. */
function pyramid(gray: Plane, edges: readonly number[]): Plane[] {
  let larger = gray
  return edges.map((edge) => {
    larger = resize(larger, ...sizeAt(gray, edge))
    return gauss(larger, BLUR)
  })
}

export function targetOf(reference: Plane): Target {
  const edge = edgeOf(reference)
  const edges = REFINE_EDGES.filter((_, i) => i === 0 || (REFINE_EDGES[i - 1] ?? 0) < edge)
  const [gray = reference, ...levels] = pyramid(reference, [...edges.toReversed(), SEARCH_EDGE]).toReversed()
  const window = hann(gray.width, gray.height)
  return {
    edge,
    search: { gray, spectrum: spectrumOf(gray, window), window },
    levels: levels.map((level) => ({ gray: level, ...gradients(level) })),
  }
}

/** Finds how the photo lies over the reference, which must have its size. What does not fit better when moved is left as it lies. */
export function align({ edge, search, levels }: Target, photo: Plane): Alignment {
  const edges = [search, ...levels].map((level) => edgeOf(level.gray))
  const [small = photo, ...grays] = pyramid(photo, edges.toReversed()).toReversed()
  let rigid = scaled(coarse(search, small), edge / edgeOf(search.gray))
  let before = 0
  let after = 0
  for (const [i, level] of levels.entries()) {
    const gray = grays[i] ?? photo
    const share = edgeOf(level.gray) / edge
    const start = scaled(rigid, share)
    const moved = refine(level, gray, start)
    const startNcc = correlation(level.gray, warp(gray, start))
    const movedNcc = correlation(level.gray, warp(gray, moved))
    after = Math.max(startNcc, movedNcc)
    if (movedNcc > startNcc) rigid = scaled(moved, 1 / share)
    if (i === levels.length - 1) before = correlation(level.gray, gray)
  }
  const isWild =
    Math.abs(rigid.turn) > MOST_TURN || Math.max(Math.abs(rigid.dx), Math.abs(rigid.dy)) > MOST_SHIFT * edge
  return isWild || after < before ? { rigid: STILL, ncc: before } : { rigid, ncc: after }
}

export function correlation({ data: a }: Plane, { data: b }: Plane): number {
  let [sumA, sumB, aa, bb, ab] = [0, 0, 0, 0, 0]
  for (let i = 0; i < a.length; i++) {
    const x = a[i] ?? 0
    const y = b[i] ?? 0
    sumA += x
    sumB += y
    aa += x * x
    bb += y * y
    ab += x * y
  }
  const n = a.length
  return (ab - (sumA * sumB) / n) / Math.sqrt((aa - (sumA * sumA) / n) * (bb - (sumB * sumB) / n) + 1e-9)
}

/** Phase correlation of the outlines, at each turn. */
function coarse({ gray, spectrum, window }: Target['search'], photo: Plane): Rigid {
  const most = SEARCH_SHIFT * Math.max(gray.width, gray.height)
  let best: Rigid = STILL
  let bestNcc = correlation(gray, photo) + HEAD_START
  for (const degrees of TURNS) {
    const turned = { ...STILL, turn: (degrees * Math.PI) / 180 }
    const other = spectrumOf(warp(photo, turned), window)
    const [dx, dy] = displacement(spectrum, other)
    if (Math.max(Math.abs(dx), Math.abs(dy)) > most) continue
    const rigid = composed(turned, { dx, dy, turn: 0 })
    const ncc = correlation(gray, warp(photo, rigid))
    if (ncc > bestNcc) [best, bestNcc] = [rigid, ncc]
  }
  return best
}

function hann(width: number, height: number): Float32Array {
  const side = (i: number, size: number): number => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / (size - 1))
  return Float32Array.from(
    { length: width * height },
    (_, i) => side(i % width, width) * side(Math.floor(i / width), height),
  )
}

function spectrumOf(plane: Plane, window: Float32Array): Spectrum {
  const { dx, dy } = gradients(plane)
  const [width, height] = [powerOfTwo(plane.width), powerOfTwo(plane.height)]
  const re = new Float32Array(width * height)
  for (let y = 0, i = 0; y < plane.height; y++) {
    for (let x = 0; x < plane.width; x++, i++) re[y * width + x] = Math.hypot(dx[i] ?? 0, dy[i] ?? 0) * (window[i] ?? 0)
  }
  return transform({ width, height, re, im: new Float32Array(re.length) })
}

/** How far the second picture's content lies from the first one's. */
function displacement(a: Spectrum, b: Spectrum): readonly [number, number] {
  const { width, height } = a
  const re = new Float32Array(a.re.length)
  const im = new Float32Array(a.re.length)
  let most = 0
  for (let i = 0; i < re.length; i++) {
    const [ar, ai, br, bi] = [a.re[i] ?? 0, a.im[i] ?? 0, b.re[i] ?? 0, b.im[i] ?? 0]
    re[i] = ar * br + ai * bi
    im[i] = ar * bi - ai * br
    most = Math.max(most, (re[i] ?? 0) ** 2 + (im[i] ?? 0) ** 2)
  }
  const least = 1e-6 * Math.sqrt(most)
  for (let i = 0; i < re.length; i++) {
    const length = Math.sqrt((re[i] ?? 0) ** 2 + (im[i] ?? 0) ** 2) + least
    re[i] = (re[i] ?? 0) / length
    im[i] = (im[i] ?? 0) / length
  }
  transform({ width, height, re, im }, true)
  let peak = 0
  for (let i = 1; i < re.length; i++) if ((re[i] ?? 0) > (re[peak] ?? 0)) peak = i
  const [peakX, peakY] = [peak % width, Math.floor(peak / width)]
  // The middle of the peak, to a part of a pixel.
  let [sum, sumX, sumY] = [0, 0, 0]
  for (let y = -2; y <= 2; y++) {
    for (let x = -2; x <= 2; x++) {
      const value = Math.max(0, re[((peakY + y + height) % height) * width + ((peakX + x + width) % width)] ?? 0)
      sum += value
      sumX += value * x
      sumY += value * y
    }
  }
  const signed = (at: number, size: number): number => (at > size / 2 ? at - size : at)
  return [signed(peakX, width) + sumX / (sum || 1), signed(peakY, height) + sumY / (sum || 1)]
}

/** Gauss-Newton for shift, turn, gain and offset; pixels that differ much, such as a defect's, weigh little. */
function refine({ gray, dx, dy }: Level, photo: Plane, start: Rigid): Rigid {
  const { width, height, data } = gray
  const borderX = Math.ceil(BORDER * width)
  const borderY = Math.ceil(BORDER * height)
  // A large level has more pixels than three unknowns need.
  const stride = width * height > 100_000 ? 2 : 1
  let rigid = start
  for (let step = 0; step < STEPS; step++) {
    const moved = warp(photo, rigid).data
    const fit = line(data, moved)
    const spread = deviation(data, moved, fit)
    const limit = 1.5 * Math.max(1, spread)
    const a = new Float64Array(6)
    const rhs = new Float64Array(3)
    for (let y = borderY; y < height - borderY; y += stride) {
      for (let x = borderX; x < width - borderX; x += stride) {
        const i = y * width + x
        const error = (data[i] ?? 0) - fit.gain * (moved[i] ?? 0) - fit.offset
        const weight = 1 / Math.max(1, Math.abs(error) / limit)
        const jx = dx[i] ?? 0
        const jy = dy[i] ?? 0
        const jt = jy * (x - (width - 1) / 2) - jx * (y - (height - 1) / 2)
        a[0] = (a[0] ?? 0) + weight * jx * jx
        a[1] = (a[1] ?? 0) + weight * jx * jy
        a[2] = (a[2] ?? 0) + weight * jx * jt
        a[3] = (a[3] ?? 0) + weight * jy * jy
        a[4] = (a[4] ?? 0) + weight * jy * jt
        a[5] = (a[5] ?? 0) + weight * jt * jt
        rhs[0] = (rhs[0] ?? 0) + weight * jx * error
        rhs[1] = (rhs[1] ?? 0) + weight * jy * error
        rhs[2] = (rhs[2] ?? 0) + weight * jt * error
      }
    }
    const [ux = 0, uy = 0, ut = 0] = solve(a, rhs)
    const clamp = (value: number, most: number): number => Math.min(most, Math.max(-most, value))
    const [x, y] = [clamp(ux, 3), clamp(uy, 3)]
    rigid = composed(rigid, { dx: x, dy: y, turn: clamp(ut, 0.01) })
    if (Math.abs(x) + Math.abs(y) < ENOUGH) break
  }
  return rigid
}

/** Gain and offset that bring the photo to the reference's light, least squares on every third pixel. */
function line(reference: Float32Array, photo: Float32Array): { gain: number; offset: number } {
  let [n, sumR, sumP, pp, rp] = [0, 0, 0, 0, 0]
  for (let i = 0; i < reference.length; i += 3) {
    const [r, p] = [reference[i] ?? 0, photo[i] ?? 0]
    n++
    sumR += r
    sumP += p
    pp += p * p
    rp += r * p
  }
  const gain = Math.min(2, Math.max(0.5, (n * rp - sumR * sumP) / (n * pp - sumP * sumP + 1e-9)))
  return { gain, offset: (sumR - gain * sumP) / n }
}

/** Robust deviation of what the line leaves: median of every 17th pixel, as of a Gaussian. */
function deviation(
  reference: Float32Array,
  photo: Float32Array,
  { gain, offset }: { gain: number; offset: number },
): number {
  const errors = new Float32Array(Math.ceil(reference.length / 17))
  for (let i = 0, k = 0; i < reference.length; i += 17, k++) {
    errors[k] = Math.abs((reference[i] ?? 0) - gain * (photo[i] ?? 0) - offset)
  }
  return 1.4826 * (errors.sort()[errors.length >> 1] ?? 0)
}

/** Symmetric 3 x 3 system [a0 a1 a2; a1 a3 a4; a2 a4 a5], damped, by Cramer's rule. */
function solve(a: Float64Array, rhs: Float64Array): [number, number, number] {
  const [xx = 0, xy = 0, xt = 0, yy = 0, yt = 0, tt = 0] = a
  const [r0 = 0, r1 = 0, r2 = 0] = rhs
  const [p, q, r] = [xx * (1 + 1e-4) + 1e-9, yy * (1 + 1e-4) + 1e-9, tt * (1 + 1e-4) + 1e-9]
  const det = p * (q * r - yt * yt) - xy * (xy * r - yt * xt) + xt * (xy * yt - q * xt)
  if (Math.abs(det) < 1e-12) return [0, 0, 0]
  return [
    (r0 * (q * r - yt * yt) - xy * (r1 * r - yt * r2) + xt * (r1 * yt - q * r2)) / det,
    (p * (r1 * r - yt * r2) - r0 * (xy * r - yt * xt) + xt * (xy * r2 - r1 * xt)) / det,
    (p * (q * r2 - r1 * yt) - xy * (xy * r2 - r1 * xt) + r0 * (xy * yt - q * xt)) / det,
  ]
}
