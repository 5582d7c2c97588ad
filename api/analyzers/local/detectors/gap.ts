import type { Detection, Detector } from '../detector.ts'
import { NOTHING_TO_LOOK_AT } from '../detector.ts'
import { isLong } from '../regions.ts'
import { fillHoles, findComponents, touchesFrame } from '../vision/components.ts'
import { convexHull, depthInHull, polygonArea } from '../vision/hull.ts'
import { mapMask } from '../vision/plane.ts'

/**
 * Ratio of depth to the hull's diameter above which an outline counts as broken: best on the tuning half of the cookie
 * photos (0 of 21 false).
 */
const THRESHOLD = 0.208
/** Smallest gap considered, as a share of the hull's area: 20 pixels of a cookie at half size. */
const MIN_AREA = 0.0008

/**
 * Broken outline of a compact object that should be convex, such as a plate or a cookie: places where it falls short of
 * its convex hull. Long objects have hollows by design and are left to the notch detector. The type is
 * dimensional_error: the shape is out of tolerance, and a chip of a blade cannot be told apart. The severity is major:
 * more than a fifth of the width is missing, so the part cannot ship.
 */
export const detectGaps: Detector = ({ object }) => {
  if (!object || isLong(object)) return NOTHING_TO_LOOK_AT
  const { width, height } = object.mask
  const hull = convexHull(object.mask)
  const filled = fillHoles(object.mask)
  const area = polygonArea(hull)
  const diameter = 2 * Math.sqrt(area / Math.PI)
  const depth = (i: number): number => depthInHull(hull, { x: i % width, y: Math.floor(i / width) })
  const [left, right, top, bottom] = [
    Math.min(...hull.map((p) => p.x)),
    Math.max(...hull.map((p) => p.x)),
    Math.min(...hull.map((p) => p.y)),
    Math.max(...hull.map((p) => p.y)),
  ]
  const gaps = mapMask(width, height, (i) => {
    const x = i % width
    const y = (i - x) / width
    return filled.data[i] === 0 && x >= left && x <= right && y >= top && y <= bottom && depth(i) > 0
  })
  const measured = findComponents(gaps)
    .filter((gap) => gap.pixels.length >= MIN_AREA * area && !touchesFrame(gap, width, height))
    .map((gap) => ({ gap, score: gap.pixels.reduce((most, i) => Math.max(most, depth(i)), 0) / diameter }))
  return {
    detections: measured
      .filter(({ score }) => score > THRESHOLD)
      .map(
        ({ gap, score }): Detection => ({
          detector: 'gap',
          defect_type: 'dimensional_error',
          severity: 'major',
          affected_area: 'overall',
          box: gap.box,
          score,
          threshold: THRESHOLD,
        }),
      ),
    strongest: Math.max(0, ...measured.map(({ score }) => score)) / THRESHOLD,
  }
}
