import type { Detection, Detector } from '../detector.ts'
import { NOTHING_TO_LOOK_AT } from '../detector.ts'
import { mergeBoxes } from '../vision/boxes.ts'
import { findComponents, principalAxes } from '../vision/components.ts'
import { gaussian } from '../vision/filters.ts'
import { lineMean } from '../vision/lines.ts'
import {
  boundsOf,
  createPlane,
  crop,
  cropMask,
  indicesInside,
  type Mask,
  mapMask,
  mapPlane,
  type Plane,
  transpose,
  transposeMask,
} from '../vision/plane.ts'
import { robustSpread } from '../vision/statistics.ts'

/**
 * Response relative to the robust deviation of the same filter on the same surface. Chosen on drawn parts: clean ones
 * reach 13 near the bevel, scratches and cracks exceed 54. No labelled photos of scratched cutlery were available.
 */
const THRESHOLD = 16
/**
 * Directions 15 degrees apart keep a thin line within the filter's length, which is in pixels of the working raster.
 */
const DIRECTIONS = 12
const LENGTH = 25
const FLANK = 4
const SMOOTHING = 0.8
/** Smallest deviation assumed, in grey levels: without noise, anything would be an outlier. */
const MIN_DEVIATION = 0.4
const MIN_LENGTH = 34
const MIN_ELONGATION = 3
const MERGE_GAP = 12
/** Lines longer than this share of the picture's long side are major defects, others minor. */
const MAJOR_SHARE = 0.2
/** Maximum number of pixels used to estimate the deviation. */
const SAMPLES = 8000

/**
 * Contrast of thin lines to both flanks, relative to its usual spread in that direction: the strongest of the
 * directions up to 45 degrees from the row. A step resembles one of its flanks and gives no response. Streaks of the
 * lay widen the spread in their own direction and are ignored.
 */
const flatResponse = (smooth: Plane, mask: Mask, darkOnly: boolean): Plane => {
  const { width, height } = smooth
  const best = createPlane(width, height)
  const pixels = indicesInside(mask)
  const step = Math.ceil(pixels.length / SAMPLES)
  const sampled = pixels.filter((_, n) => n % step === 0)
  for (let k = 0; k < DIRECTIONS / 2; k++) {
    const angle = ((k + 0.5) / DIRECTIONS - 0.25) * Math.PI
    const { data } = lineMean(smooth, Math.tan(angle), LENGTH)
    const beside = Math.round(FLANK * Math.cos(angle)) * width - Math.round(FLANK * Math.sin(angle))
    const unit = Math.max(
      MIN_DEVIATION,
      robustSpread(
        Float32Array.from(sampled, (i) => (data[i] ?? 0) - ((data[i - beside] ?? 0) + (data[i + beside] ?? 0)) / 2),
      ).deviation,
    )
    for (const i of pixels) {
      const one = (data[i] ?? 0) - (data[i - beside] ?? 0)
      const other = (data[i] ?? 0) - (data[i + beside] ?? 0)
      const dark = Math.min(-one, -other)
      const response = (darkOnly ? dark : Math.max(dark, Math.min(one, other))) / unit
      if (response > (best.data[i] ?? 0)) best.data[i] = response
    }
  }
  return best
}

/**
 * The strongest response of all directions. On a handle only dark lines count, because rivets and highlights are
 * bright.
 */
const lineResponse = (luma: Plane, mask: Mask, darkOnly: boolean): Plane => {
  const smooth = gaussian(luma, SMOOTHING)
  const flat = flatResponse(smooth, mask, darkOnly)
  const steep = transpose(flatResponse(transpose(smooth), transposeMask(mask), darkOnly))
  return mapPlane(luma.width, luma.height, (i) => Math.max(flat.data[i] ?? 0, steep.data[i] ?? 0))
}

/**
 * Thin lines on a neutral, even surface: scratches across the lay, and dark cracks in a handle. Misses lines along the
 * lay.
 */
export const detectLines: Detector = ({ luma, regions }) => {
  if (regions.length === 0) return NOTHING_TO_LOOK_AT
  let strongest = 0
  const detections = regions.flatMap((region): Detection[] => {
    const bounds = boundsOf(region.mask, LENGTH)
    if (!bounds) return []
    const { width, height } = bounds
    const response = lineResponse(crop(luma, bounds), cropMask(region.mask, bounds), region.area === 'handle')
    const lines = findComponents(mapMask(width, height, (i) => (response.data[i] ?? 0) > THRESHOLD / 2))
      .map(({ box, pixels }) => {
        const { along, across } = principalAxes(pixels, width)
        const score = pixels.reduce((most, i) => Math.max(most, response.data[i] ?? 0), 0)
        // A uniform line of length L has a standard deviation of L / sqrt(12) along itself.
        return { box, score, length: Math.sqrt(12) * along, elongation: along / Math.max(0.5, across) }
      })
      .filter(({ length, elongation }) => length >= MIN_LENGTH && elongation >= MIN_ELONGATION)
    strongest = Math.max(strongest, ...lines.map(({ score }) => score))
    const found = lines.filter(({ score }) => score > THRESHOLD)
    return mergeBoxes(found, MERGE_GAP).map(({ box, score }) => ({
      detector: 'line',
      defect_type: region.area === 'handle' ? 'handle_crack' : 'blade_scratch',
      severity:
        region.area === 'handle' || Math.hypot(box.width, box.height) > MAJOR_SHARE * Math.max(luma.width, luma.height)
          ? 'major'
          : 'minor',
      affected_area: region.area,
      box: { ...box, x: box.x + bounds.x, y: box.y + bounds.y },
      score,
      threshold: THRESHOLD,
    }))
  })
  return { detections, strongest: strongest / THRESHOLD }
}
