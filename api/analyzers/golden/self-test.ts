import { Reader } from './format.ts'
import { judge } from './judge.ts'
import type { GoldenModel } from './model.ts'
import { randomOf } from './perturb.ts'
import type { Photo } from './photo.ts'
import { MAP_CELL } from './regions.ts'
import { gridOf } from './score.ts'

/** Across, in pixels of the upright photo at the least; the raster's where that was made smaller. */
const SIZES = [6, 8, 12, 16, 24, 32, 48]
export const FLAWS = ['dark_spot', 'bright_spot', 'scratch'] as const
export type Flaw = (typeof FLAWS)[number]
const DEFAULT_TRIES = 6
/** Share of the tries from which a size counts as found. */
const FOUND = 0.9
/** How much darker or brighter a flaw is: a share of the brightness there. */
const STRENGTH = 0.55
/** Pixels of the map's frame that are not judged, and some room. */
const MARGIN = 24

export interface FlawSize {
  readonly flaw: Flaw
  /** Across; of a scratch its length, which is 12 times its width. Pixels of the upright photo. */
  readonly pixels: number
  readonly mm: number | null
  readonly found: number
  readonly of: number
}

/** What a station finds of flaws that were pasted into its own good photos. Real ones may be fainter. */
export interface SelfTest {
  readonly sizes: readonly FlawSize[]
  /** Of each kind the smallest size from which on 9 of 10 or more are found; null: not even the largest. */
  readonly smallest: readonly { readonly flaw: Flaw; readonly pixels: number | null; readonly mm: number | null }[]
  /** Goldens that a model of the others would have called NG, and how many were asked. */
  readonly falseAlarms: readonly [number, number]
}

export interface SelfTestOptions {
  /** Flaws of each kind and size. Default 6. */
  tries?: number
}

/** @param goldens those that the model was fitted on, in their order: each is judged by the others */
export async function selfTest(
  bytes: GoldenModel['bytes'],
  goldens: readonly Photo[],
  { tries = DEFAULT_TRIES }: SelfTestOptions = {},
): Promise<SelfTest> {
  const { info } = new Reader(bytes)
  const random = randomOf(info.goldens)
  const mmOf = (pixels: number): number | null => (info.options.mmPerPixel ? pixels * info.options.mmPerPixel : null)
  const sizes: FlawSize[] = []
  for (const flaw of FLAWS) {
    for (const size of SIZES) {
      let found = 0
      for (let i = 0; i < tries; i++) {
        // With one golden there is none to judge it by but itself.
        const index = (i * 7 + size) % goldens.length
        const golden = goldens[index]
        const at = placeIn(bytes, random)
        if (!golden || !at) continue
        const { regions } = await judge(bytes, paste(golden, flaw, size, at), goldens.length > 1 ? index : -1)
        const reach = size / 2 + MAP_CELL
        const isThere = regions.some(
          ({ x, y, width, height, peak }) =>
            peak > 1 &&
            x / golden.scale < at[0] + reach &&
            (x + width) / golden.scale > at[0] - reach &&
            y / golden.scale < at[1] + reach &&
            (y + height) / golden.scale > at[1] - reach,
        )
        if (isThere) found++
      }
      const pixels = Math.round(size * info.scale)
      sizes.push({ flaw, pixels, mm: mmOf(pixels), found, of: tries })
    }
  }
  const smallest = FLAWS.map((flaw) => {
    const pixels = smallestOf(sizes.filter((one) => one.flaw === flaw))
    return { flaw, pixels, mm: pixels === null ? null : mmOf(pixels) }
  })
  return { sizes, smallest, falseAlarms: info.falseAlarms }
}

function smallestOf(sizes: readonly FlawSize[]): number | null {
  let smallest: number | null = null
  for (const { pixels, found, of } of sizes.toReversed()) {
    if (found < FOUND * of) break
    smallest = pixels
  }
  return smallest
}

/** A place that is judged; null where the region leaves none. */
function placeIn(bytes: Uint8Array, random: () => number): readonly [number, number] | null {
  const reader = new Reader(bytes)
  const { width, height } = reader.info
  const grid = gridOf(reader.info)
  const mask = reader.has('mask') ? reader.bytes('mask') : null
  for (let i = 0; i < 1000; i++) {
    const x = MARGIN + random() * (width - 2 * MARGIN)
    const y = MARGIN + random() * (height - 2 * MARGIN)
    const cell = Math.min(grid.height - 1, Math.floor(y / MAP_CELL)) * grid.width + Math.floor(x / MAP_CELL)
    if (mask?.[cell] !== 0) return [x, y]
  }
  return null
}

/** A copy of the photo with a flaw whose outline is soft over a pixel. */
function paste(photo: Photo, flaw: Flaw, size: number, [middleX, middleY]: readonly [number, number]): Photo {
  const pixels = Uint8Array.from(photo.pixels)
  const [cos, sin] = [Math.cos(size), Math.sin(size)]
  const [long, wide] = flaw === 'scratch' ? [size / 2, size / 24] : [size / 2, size / 2]
  const reach = Math.ceil(size / 2) + 2
  for (let y = Math.floor(middleY) - reach; y <= middleY + reach; y++) {
    for (let x = Math.floor(middleX) - reach; x <= middleX + reach; x++) {
      if (x < 0 || y < 0 || x >= photo.width || y >= photo.height) continue
      const [dx, dy] = [x - middleX, y - middleY]
      const along = Math.abs(cos * dx + sin * dy)
      const across = Math.abs(cos * dy - sin * dx)
      const inside = flaw === 'scratch' ? Math.min(long - along, wide - across) : size / 2 - Math.hypot(dx, dy)
      const share = STRENGTH * Math.min(1, Math.max(0, inside + 0.5))
      for (let c = 0; c < 3; c++) {
        const p = (y * photo.width + x) * photo.channels + c
        const value = pixels[p] ?? 0
        pixels[p] = flaw === 'dark_spot' ? value * (1 - share) : value + (255 - value) * share
      }
    }
  }
  return { ...photo, pixels }
}
