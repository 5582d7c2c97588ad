import type { Reader } from './format.ts'
import type { Aligned, Frame } from './frame.ts'
import type { VariantInfo } from './model.ts'
import { type Bank, distances, quantise } from './nearest.ts'
import { CELL, featuresOf } from './network.ts'
import { gauss, median, type Plane, planeOf, resize, toGray } from './plane.ts'
import { MAP_CELL } from './regions.ts'
import { grown } from './rigid.ts'
import { variantMap } from './variants.ts'

const SMOOTH = 1
/** Cells around unseen pixels that are not judged. */
const UNSEEN_REACH = 2

/** Cells of the frame's map. */
export const gridOf = ({ width, height }: { width: number; height: number }) => ({
  width: Math.max(1, Math.floor(width / MAP_CELL)),
  height: Math.max(1, Math.floor(height / MAP_CELL)),
})

/** Distances in the unit of what good parts differ by there; nothing along the frame and outside the mask. */
export function relative(distance: Plane, allowance: Float32Array, mask: Uint8Array | null): Plane {
  const { width, height } = distance
  const shares = planeOf(width, height)
  for (let i = 0; i < shares.data.length; i++) shares.data[i] = (distance.data[i] ?? 0) / (allowance[i] ?? 1)
  const smooth = gauss(shares, SMOOTH)
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const isFrame = x === 0 || y === 0 || x === width - 1 || y === height - 1
      if (isFrame || mask?.[i] === 0) smooth.data[i] = 0
    }
  }
  return smooth
}

/** The mean of the scales' maps, each divided by what is usual of it, on the frame's grid. */
export function combined(
  maps: readonly { map: Plane; usual: number }[],
  grid: { width: number; height: number },
): Plane {
  const out = planeOf(grid.width, grid.height)
  for (const { map, usual } of maps) {
    const { data } = resize(map, grid.width, grid.height)
    for (let i = 0; i < data.length; i++) out.data[i] = (out.data[i] ?? 0) + (data[i] ?? 0) / usual / maps.length
  }
  return out
}

/** Median of the values that count. */
export const usualOf = ({ data }: Plane): number => median(data.filter((value) => value > 0))

/** The network's map of differences of a photo that was brought to the frame. */
async function networkMap(reader: Reader, { raster }: Aligned, skip: number): Promise<Plane> {
  const { levels, goldens } = reader.info
  const maps: { map: Plane; usual: number }[] = []
  for (const [i, level] of levels.entries()) {
    const features = await featuresOf(raster, { width: level.width * CELL, height: level.height * CELL }, level.lengths)
    const bank: Bank = { ...level, goldens, data: reader.int8(`bank${i}`) }
    const distance = distances(bank, quantise(features, level.scale), skip)
    const mask = reader.has(`mask${i}`) ? reader.bytes(`mask${i}`) : null
    maps.push({ map: relative(distance, reader.float32(`allowance${i}`), mask), usual: level.usual })
  }
  return combined(maps, gridOf(raster))
}

/** Where a photo differs, by each measure, in the unit of its threshold; over the frame's grid. */
export interface Measured {
  readonly network: Plane
  readonly variants: readonly { readonly info: VariantInfo; readonly map: Plane }[]
  /** Median of the network's map, in the unit of the goldens'. */
  readonly difference: number
}

/**
 * @param skip a golden that is not asked, for photos that are goldens themselves; -1: none
 */
export async function measure(
  reader: Reader,
  frame: Frame,
  aligned: Aligned,
  skip = -1,
  variants: readonly VariantInfo[] = reader.info.variants.filter(({ says }) => says !== 'none'),
): Promise<Measured> {
  const { info } = reader
  const grid = gridOf(aligned.raster)
  const mask = reader.has('mask') ? reader.bytes('mask') : null
  const hidden = aligned.unseen && hiddenCells(grid, aligned.unseen, aligned.raster.width)
  const blank = (map: Plane): Plane => {
    for (let i = 0; i < map.data.length; i++) if (mask?.[i] === 0 || hidden?.[i]) map.data[i] = 0
    return map
  }
  const network = blank(await networkMap(reader, aligned, skip))
  const difference = usualOf(network) / info.usualDifference
  for (let i = 0; i < network.data.length; i++) network.data[i] = (network.data[i] ?? 0) / info.threshold
  const gray = variants.length > 0 ? toGray(aligned.raster) : null
  return {
    network,
    difference,
    variants: gray
      ? variants.map((variant) => ({
          info: variant,
          map: blank(variantMap(variant, reader, frame.variants(), gray, grid)),
        }))
      : [],
  }
}

/** The worst of all measures. */
export function worstOf({ network, variants }: Measured): Plane {
  const worst = planeOf(network.width, network.height, Float32Array.from(network.data))
  for (const { map } of variants) {
    for (let i = 0; i < worst.data.length; i++) worst.data[i] = Math.max(worst.data[i] ?? 0, map.data[i] ?? 0)
  }
  return worst
}

/** Marks the cells whose pixels the photo does not show, and those next to them. */
function hiddenCells(
  { width, height }: { width: number; height: number },
  unseen: Uint8Array,
  stride: number,
): Uint8Array {
  const marks = new Uint8Array(width * height)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      marks[y * width + x] = unseen[(y * MAP_CELL + MAP_CELL / 2) * stride + x * MAP_CELL + MAP_CELL / 2] ?? 0
    }
  }
  return grown(marks, width, height, UNSEEN_REACH)
}
