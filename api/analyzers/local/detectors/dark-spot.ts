import type { Detection, Detector } from '../detector.ts'
import { NOTHING_TO_LOOK_AT } from '../detector.ts'
import { mergeBoxes, toPicture } from '../vision/boxes.ts'
import { findComponents, principalAxes } from '../vision/components.ts'
import { boxMean, maxFilter, minFilter } from '../vision/filters.ts'
import { halve, halveMask, mapMask, mapPlane } from '../vision/plane.ts'

/**
 * How much darker than its surroundings a spot must be, as a share. Chosen on drawn parts: clean brushed steel has no
 * spot of even half of it, pits exceed 0.8. No labelled photos of pitted cutlery were available.
 */
const THRESHOLD = 0.25
/** Half-size pixels: the closing of 2 * 10 + 1 fills dark places up to about 40 pixels of the working raster. */
const CLOSING_RADIUS = 10
/** Half-size pixels: about 5 x 5 of the working raster. */
const MIN_AREA = 6
/** Longer ones are lines, which the line detector handles. */
const MAX_ELONGATION = 3
const MERGE_GAP = 6
/** Spots with a longer side above this share of the picture's are major defects, others minor. */
const MAJOR_SHARE = 0.03

/**
 * Compact dark spots on a neutral, even surface (black top-hat at half size). A pit and a dark particle look alike from
 * above, and the vocabulary has no pit, so the type is surface_contamination. Handles are skipped: rivets are compact
 * and dark-rimmed.
 */
export const detectDarkSpots: Detector = ({ luma, regions }) => {
  const metal = regions.filter(({ area }) => area !== 'handle')
  if (metal.length === 0) return NOTHING_TO_LOOK_AT
  const half = boxMean(halve(luma), 1)
  const { width, height } = half
  let strongest = 0
  const detections = metal.flatMap(({ area, mask: fullMask }): Detection[] => {
    const mask = halveMask(fullMask)
    const inside = (i: number): boolean => mask.data[i] === 1
    // Pixels outside must neither raise nor lower the closing.
    const lifted = maxFilter(
      mapPlane(width, height, (i) => (inside(i) ? (half.data[i] ?? 0) : -Infinity)),
      CLOSING_RADIUS,
    )
    const closed = minFilter(
      mapPlane(width, height, (i) => (inside(i) ? (lifted.data[i] ?? 0) : Infinity)),
      CLOSING_RADIUS,
    )
    const darkness = (i: number): number =>
      inside(i) ? 1 - (half.data[i] ?? 0) / Math.max(16, closed.data[i] ?? 0) : 0
    const leavesRegion = (pixel: number): boolean =>
      !(inside(pixel - 1) && inside(pixel + 1) && inside(pixel - width) && inside(pixel + width))
    const spots = findComponents(mapMask(width, height, (i) => darkness(i) > THRESHOLD / 2))
      .filter(({ pixels }) => {
        const { along, across } = principalAxes(pixels, width)
        return pixels.length >= MIN_AREA && along < MAX_ELONGATION * across && !pixels.some(leavesRegion)
      })
      .map(({ box, pixels }) => ({ box, score: pixels.reduce((most, i) => Math.max(most, darkness(i)), 0) }))
    strongest = Math.max(strongest, ...spots.map(({ score }) => score))
    return mergeBoxes(
      spots.filter(({ score }) => score > THRESHOLD),
      MERGE_GAP,
    ).map(({ box, score }) => ({
      detector: 'dark_spot',
      defect_type: 'surface_contamination',
      severity: Math.max(box.width, box.height) > MAJOR_SHARE * Math.max(width, height) ? 'major' : 'minor',
      affected_area: area,
      box: toPicture(box, half, luma),
      score,
      threshold: THRESHOLD,
    }))
  })
  return { detections, strongest: strongest / THRESHOLD }
}
