import type { BoundingBox } from '../../domain/box.ts'
import type { AffectedArea, DefectType, Severity } from '../../domain/vocabulary.ts'
import type { Scene } from './scene.ts'

/** Names of the detectors; each has a sentence of its own in texts.ts. */
export const DETECTORS = ['rust', 'notch', 'gap', 'dark_spot', 'line', 'lay'] as const
export type DetectorName = (typeof DETECTORS)[number]

/** One place that a detector objects to. */
export interface Detection {
  detector: DetectorName
  defect_type: DefectType
  severity: Severity
  affected_area: AffectedArea
  /** Pixels of the working raster. */
  box: BoundingBox
  /** What was measured, in the detector's own unit; over `threshold`. */
  score: number
  threshold: number
}

export interface DetectorReport {
  detections: Detection[]
  /** The largest score over its threshold anywhere it looked, 1 and more where it objects; null where it had nothing to look at. */
  strongest: number | null
}

/**
 * A way of looking at a scene: a pure function of its pixels. A comparison with a golden sample would be one more of these, made
 * from the sample's raster (`(golden: Raster) => Detector`) and put in front of the list in inspect.ts.
 */
export type Detector = (scene: Scene) => DetectorReport

export const NOTHING_TO_LOOK_AT: DetectorReport = { detections: [], strongest: null }
