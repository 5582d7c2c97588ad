import type { Detection, Detector } from '../detector.ts'
import { NOTHING_TO_LOOK_AT } from '../detector.ts'
import { mergeBoxes } from '../vision/boxes.ts'
import { findComponents } from '../vision/components.ts'
import { boxMean } from '../vision/filters.ts'
import { indicesInside, mapMask, mapPlane } from '../vision/plane.ts'
import { median } from '../vision/statistics.ts'

/**
 * How much redder than the rest of its surface a pixel must be: (red - blue) / brightness above the median. Chosen on
 * drawn parts: clean steel has no spot of even half of it, rust exceeds 0.7. No labelled photos of rust were available.
 */
const THRESHOLD = 0.3
/** Hue in degrees and saturation of rust, as used in our trials. */
const HUE = { from: 5, to: 38 }
const MIN_SATURATION = 0.3
/** Pixels of the working raster: a dot of about 5 x 5. */
const MIN_AREA = 20
const MERGE_GAP = 10
/** A surface with a larger share of this colour is painted, oiled or not metal. */
const MAX_SHARE = 0.3

const isRustColoured = (r: number, g: number, b: number): boolean => {
  // If red is largest and blue smallest, hue runs from 0 (red) to 60 (yellow).
  if (!(r > g && g >= b)) return false
  const hue = (60 * (g - b)) / (r - b)
  return hue >= HUE.from && hue <= HUE.to && (r - b) / r > MIN_SATURATION
}

/** Rust-coloured spots on a neutral, even surface. Rust is critical at any size. */
export const detectRust: Detector = ({ raster, luma, regions }) => {
  const { width, height, rgb } = raster
  const metal = regions.filter(({ area }) => area !== 'handle')
  if (metal.length === 0) return NOTHING_TO_LOOK_AT
  const smooth = [0, 1, 2].map((c) =>
    boxMean(
      mapPlane(width, height, (i) => rgb[3 * i + c] ?? 0),
      1,
    ),
  )
  const warmth = mapPlane(
    width,
    height,
    (i) => ((smooth[0]?.data[i] ?? 0) - (smooth[2]?.data[i] ?? 0)) / Math.max(16, luma.data[i] ?? 0),
  )
  let strongest = 0
  const detections = metal.flatMap(({ area, mask }): Detection[] => {
    const usual = median(Float32Array.from(indicesInside(mask), (i) => warmth.data[i] ?? 0))
    const excess = (i: number): number => (warmth.data[i] ?? 0) - usual
    const rusty = mapMask(
      width,
      height,
      (i) =>
        mask.data[i] === 1 &&
        excess(i) > THRESHOLD / 2 &&
        isRustColoured(smooth[0]?.data[i] ?? 0, smooth[1]?.data[i] ?? 0, smooth[2]?.data[i] ?? 0),
    )
    const spots = findComponents(rusty)
      .filter(({ pixels }) => pixels.length >= MIN_AREA)
      .map(({ box, pixels }) => ({ box, pixels, score: median(pixels.map(excess)) }))
    const share = spots.reduce((sum, { pixels }) => sum + pixels.length, 0) / mask.data.length
    if (share > MAX_SHARE) return []
    strongest = Math.max(strongest, ...spots.map(({ score }) => score))
    return mergeBoxes(
      spots.filter(({ score }) => score > THRESHOLD),
      MERGE_GAP,
    ).map(({ box, score }) => ({
      detector: 'rust',
      defect_type: 'rust_spot',
      severity: 'critical',
      affected_area: area,
      box,
      score,
      threshold: THRESHOLD,
    }))
  })
  return { detections, strongest: strongest / THRESHOLD }
}
