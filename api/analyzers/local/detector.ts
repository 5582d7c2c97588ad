import type { BoundingBox } from '../../domain/box.ts'
import type { AffectedArea, DefectType, Severity } from '../../domain/vocabulary.ts'
import type { Scene } from './scene.ts'

/** Names of the detectors; each has a sentence in texts.ts. */
export const DETECTORS = ['rust', 'notch', 'gap', 'dark_spot', 'line', 'lay'] as const
export type DetectorName = (typeof DETECTORS)[number]

/** A place that a detector objects to. */
export interface Detection {
  detector: DetectorName
  defect_type: DefectType
  severity: Severity
  affected_area: AffectedArea
  /** Pixels of the working raster. */
  box: BoundingBox
  /** The measurement in the detector's own unit; exceeds `threshold`. */
  score: number
  threshold: number
}

export interface DetectorReport {
  detections: Detection[]
  /** Largest ratio of score to threshold, 1 or more for an objection; null if there was nothing to inspect. */
  strongest: number | null
}

/** Inspects a scene; a pure function of its pixels. */
export type Detector = (scene: Scene) => DetectorReport

export const NOTHING_TO_LOOK_AT: DetectorReport = { detections: [], strongest: null }
