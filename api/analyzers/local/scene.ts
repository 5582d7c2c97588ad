import { type Region, splitObject } from './regions.ts'
import { wideGaussian } from './vision/filters.ts'
import { findObject, isNeutral, type SceneObject } from './vision/object.ts'
import { halve, indicesInside, mapMask, type Plane, type Raster, toLuma } from './vision/plane.ts'
import { robustSpread } from './vision/statistics.ts'

/** What a picture shows, as far as pixels tell. */
export interface Scene {
  raster: Raster
  luma: Plane
  /** object: one object on a plain background. surface: a surface fills the frame. blank: no structure. */
  kind: 'object' | 'surface' | 'blank'
  object: SceneObject | null
  regions: readonly Region[]
}

/** Shortest side in pixels that can be judged. Below it, the filters have no room. */
const MIN_SIDE = 64
/**
 * Standard deviation of brightness in grey levels below which there is nothing to judge: less than any sensor's noise.
 */
const BLANK_DEVIATION = 0.5
/**
 * Distance from the object's outline or the frame, as a share of the long side: bevel and blur along it are not
 * surface.
 */
const MARGIN = 0.018
/**
 * A frame-filling surface is even if its low-frequency brightness (Gaussian of 2 % of the long side) deviates less than
 * this share from its median. Drawn plates measure under 0.1, threaded ball screws (bsdata) over 0.3.
 */
const EVEN = 0.16
const SLOW = 0.02

const isEven = (luma: Plane): boolean => {
  // At a quarter of the size, low frequencies remain.
  const small = halve(halve(luma))
  const slow = wideGaussian(small, SLOW * Math.max(small.width, small.height))
  const { middle, deviation } = robustSpread(slow.data)
  return deviation < EVEN * Math.max(1, middle)
}

const isBlank = ({ width, height, data }: Plane): boolean => {
  if (Math.min(width, height) < MIN_SIDE) return true
  let sum = 0
  let squares = 0
  for (const value of data) {
    sum += value
    squares += value * value
  }
  return squares / data.length - (sum / data.length) ** 2 < BLANK_DEVIATION ** 2
}

/** Tells what the picture shows and which surfaces can be searched. */
export const readScene = (raster: Raster): Scene => {
  const { width, height } = raster
  const luma = toLuma(raster)
  if (isBlank(luma)) return { raster, luma, kind: 'blank', object: null, regions: [] }
  const margin = MARGIN * Math.max(width, height)
  const object = findObject(raster)
  if (!object) {
    const inside = mapMask(width, height, (i) => {
      const x = i % width
      const y = (i - x) / width
      return x >= margin && y >= margin && x < width - margin && y < height - margin
    })
    const isMetal = isEven(luma) && isNeutral(raster, indicesInside(inside))
    const regions: Region[] = isMetal ? [{ area: 'overall', mask: inside }] : []
    return { raster, luma, kind: 'surface', object: null, regions }
  }
  if (!object.neutral) return { raster, luma, kind: 'object', object, regions: [] }
  return { raster, luma, kind: 'object', object, regions: splitObject(luma, object, margin) }
}
