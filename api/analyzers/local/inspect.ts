import { severityRank } from '../../domain/vocabulary.ts'
import type { Detection, Detector, DetectorName } from './detector.ts'
import { detectDarkSpots } from './detectors/dark-spot.ts'
import { detectGaps } from './detectors/gap.ts'
import { detectLay } from './detectors/lay.ts'
import { detectLines } from './detectors/line.ts'
import { detectNotches } from './detectors/notch.ts'
import { detectRust } from './detectors/rust.ts'
import { readScene, type Scene } from './scene.ts'
import { gapBetween } from './vision/boxes.ts'
import type { Raster } from './vision/plane.ts'

export interface Inspection {
  kind: Scene['kind']
  /** What could be inspected; not meaningful for a blank picture. */
  looked: 'all' | 'outline' | 'surface' | 'lay'
  /** Length-to-width ratio of the single object; null if there is none. */
  elongation: number | null
  /** Worst first. */
  detections: Detection[]
  /** The detector that came closest to objecting, or objected most, of all that had something to inspect. */
  nearest: { detector: DetectorName; ratio: number } | null
}

/** In order of preference: if two object to the same place, the earlier one names it more precisely. */
const DETECTOR_LIST: readonly (readonly [DetectorName, Detector])[] = [
  ['rust', detectRust],
  ['notch', detectNotches],
  ['gap', detectGaps],
  ['dark_spot', detectDarkSpots],
  ['line', detectLines],
  ['lay', detectLay],
]
/** Pixels of the working raster within which two objections concern the same place. */
const SAME_PLACE = 8

/** Runs every detector over the raster. Deterministic. */
export const inspect = (raster: Raster): Inspection => {
  const scene = readScene(raster)
  const detections: Detection[] = []
  let nearest: Inspection['nearest'] = null
  for (const [detector, detect] of DETECTOR_LIST) {
    const report = detect(scene)
    if (report.strongest !== null && report.strongest > (nearest?.ratio ?? -1)) {
      nearest = { detector, ratio: report.strongest }
    }
    const earlier = [...detections]
    detections.push(
      ...report.detections.filter(({ box }) => !earlier.some((other) => gapBetween(box, other.box) < SAME_PLACE)),
    )
  }
  const excess = ({ score, threshold }: Detection): number => score / threshold
  detections.sort((a, b) => severityRank(a.severity) - severityRank(b.severity) || excess(b) - excess(a))
  const { object } = scene
  const elongation = object && object.axes.along / Math.max(1, object.axes.across)
  return { kind: scene.kind, looked: lookedAt(scene), elongation, detections, nearest }
}

const lookedAt = ({ kind, regions }: Scene): Inspection['looked'] => {
  if (kind === 'object') return regions.length > 0 ? 'all' : 'outline'
  return regions.length > 0 ? 'surface' : 'lay'
}
