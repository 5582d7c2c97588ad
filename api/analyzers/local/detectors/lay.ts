import type { Detection, Detector } from '../detector.ts'
import { NOTHING_TO_LOOK_AT } from '../detector.ts'
import { growBox, mergeBoxes, shrinkBox } from '../vision/boxes.ts'
import { findComponents } from '../vision/components.ts'
import { boxMean, gaussian, gradient, wideGaussian } from '../vision/filters.ts'
import { mapMask, mapPlane, type Plane } from '../vision/plane.ts'

/** All constants come from our trials on bsdata ("lay energy without reference"), at a long side of 1130 pixels. */
const THRESHOLD = 5.22
const LOW_LIMIT = 0.35 * THRESHOLD
const BORDER = 12
const TENSOR_SIGMA = 25
const ENERGY_RADIUS = 10
const MIN_AREA = 30
const MERGE_GAP = 10
const SHRINK = 8
const MIN_SIDE = 10
/** Boxes with a longer side above this share of the picture's are major defects, others minor. */
const MAJOR_SHARE = 0.1

/** Energy of brightness changes along the lay, which an undisturbed lay lacks: root mean square over 21 x 21 pixels. */
export const layEnergy = (luma: Plane): Plane => {
  const { width, height } = luma
  const smooth = gradient(gaussian(luma, 1))
  const product = (a: Plane, b: Plane): Plane =>
    wideGaussian(
      mapPlane(width, height, (i) => (a.data[i] ?? 0) * (b.data[i] ?? 0)),
      TENSOR_SIGMA,
    )
  const xx = product(smooth.dx, smooth.dx)
  const xy = product(smooth.dx, smooth.dy)
  const yy = product(smooth.dy, smooth.dy)
  const contrast = gradient(
    gaussian(
      mapPlane(width, height, (i) => 100 * Math.log((luma.data[i] ?? 0) + 20)),
      1,
    ),
  )
  const along = mapPlane(width, height, (i) => {
    // The dominant gradient runs across the lay.
    const across = 0.5 * Math.atan2(2 * (xy.data[i] ?? 0), (xx.data[i] ?? 0) - (yy.data[i] ?? 0))
    return ((contrast.dy.data[i] ?? 0) * Math.cos(across) - (contrast.dx.data[i] ?? 0) * Math.sin(across)) ** 2
  })
  const mean = boxMean(along, ENERGY_RADIUS)
  return mapPlane(width, height, (i) => Math.sqrt(Math.max(0, mean.data[i] ?? 0)))
}

/**
 * Places where something interrupts the lay of a frame-filling machined surface. Pits do; wear and soil mostly follow
 * it. The cause is unknown, so the type is polish_defect, the vocabulary's term for a disturbed finish.
 */
export const detectLay: Detector = ({ kind, luma }) => {
  if (kind !== 'surface') return NOTHING_TO_LOOK_AT
  const { width, height } = luma
  const energy = layEnergy(luma)
  const isInner = (i: number): boolean => {
    const x = i % width
    const y = (i - x) / width
    return x >= BORDER && y >= BORDER && x < width - BORDER && y < height - BORDER
  }
  let strongest = 0
  for (let i = 0; i < energy.data.length; i++) if (isInner(i)) strongest = Math.max(strongest, energy.data[i] ?? 0)
  if (strongest <= THRESHOLD) return { detections: [], strongest: strongest / THRESHOLD }
  const places = findComponents(mapMask(width, height, (i) => isInner(i) && (energy.data[i] ?? 0) > LOW_LIMIT))
    .map(({ box, pixels }) => ({
      box,
      pixels,
      score: pixels.reduce((most, i) => Math.max(most, energy.data[i] ?? 0), 0),
    }))
    .filter(({ pixels, score }) => score > THRESHOLD && pixels.length >= MIN_AREA)
  const detections = mergeBoxes(places, MERGE_GAP).map(
    ({ box, score }): Detection => ({
      detector: 'lay',
      defect_type: 'polish_defect',
      severity: Math.max(box.width, box.height) > MAJOR_SHARE * Math.max(width, height) ? 'major' : 'minor',
      affected_area: 'overall',
      box: growBox(shrinkBox(box, SHRINK), MIN_SIDE, width, height),
      score,
      threshold: THRESHOLD,
    }),
  )
  return { detections, strongest: strongest / THRESHOLD }
}
