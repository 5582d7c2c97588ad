import type { Reader } from './format.ts'
import type { Aligned } from './frame.ts'
import { type Bank, distances, quantise } from './nearest.ts'
import { CELL, featuresOf } from './network.ts'
import { gauss, median, type Plane, planeOf, resize } from './plane.ts'
import { MAP_CELL } from './regions.ts'
import { grown } from './rigid.ts'

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

/** The map of differences of a photo that was brought to the frame. */
export async function mapOf(reader: Reader, { raster, unseen }: Aligned, skip = -1): Promise<Plane> {
  const { levels, goldens } = reader.info
  const grid = gridOf(raster)
  const maps: { map: Plane; usual: number }[] = []
  for (const [i, level] of levels.entries()) {
    const features = await featuresOf(raster, { width: level.width * CELL, height: level.height * CELL }, level.lengths)
    const bank: Bank = { ...level, goldens, data: reader.int8(`bank${i}`) }
    const distance = distances(bank, quantise(features, level.scale), skip)
    const mask = reader.has(`mask${i}`) ? reader.bytes(`mask${i}`) : null
    maps.push({ map: relative(distance, reader.float32(`allowance${i}`), mask), usual: level.usual })
  }
  const map = combined(maps, grid)
  if (unseen) blank(map, unseen, raster.width)
  return map
}

function blank(map: Plane, unseen: Uint8Array, width: number): void {
  const { width: columns, height: rows, data } = map
  const marks = new Uint8Array(columns * rows)
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++) {
      marks[y * columns + x] = unseen[(y * MAP_CELL + MAP_CELL / 2) * width + x * MAP_CELL + MAP_CELL / 2] ?? 0
    }
  }
  const wide = grown(marks, columns, rows, UNSEEN_REACH)
  for (let i = 0; i < data.length; i++) if (wide[i]) data[i] = 0
}
