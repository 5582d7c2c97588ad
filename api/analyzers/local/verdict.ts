import type { Product } from '../../config/products.ts'
import type { AnalyzerResult, Finding } from '../../domain/verdict.ts'
import {
  type DefectType,
  type Language,
  type ProductionStage,
  USUAL_CAUSES,
  type UsualCause,
} from '../../domain/vocabulary.ts'
import type { Detection } from './detector.ts'
import type { Inspection } from './inspect.ts'
import { TEXTS, type Texts } from './texts.ts'
import { toPicture } from './vision/boxes.ts'

/** More boxes cannot be told apart, so the rest of a very worn picture is not listed. */
const MAX_FINDINGS = 20
const BLANK_CONFIDENCE = 0.3

/**
 * Deliberately modest, because there is no calibration: 0.5 at the threshold, towards 0.8 far from it. Squared, so that
 * scores from 0.8 to 1.25 times the threshold stay near 0.6, below which the service by default asks a person to look.
 */
export const defectConfidence = (ratio: number): number => 0.8 - 0.3 / Math.max(1, ratio) ** 2
export const goodConfidence = (ratio: number): number => 0.8 - 0.3 * Math.min(1, ratio) ** 2

const round = (value: number): number => Math.round(value * 1000) / 1000

interface Size {
  width: number
  height: number
}

const toFinding = (detection: Detection, working: Size, picture: Size, texts: Texts): Finding => {
  const { box, detector, score, threshold } = detection
  const third = (middle: number, size: number): 0 | 1 | 2 => (middle < size / 3 ? 0 : middle < (2 * size) / 3 ? 1 : 2)
  const place = texts.places[third(box.y + box.height / 2, working.height)][third(box.x + box.width / 2, working.width)]
  return {
    defect_type: detection.defect_type,
    severity: detection.severity,
    confidence: round(defectConfidence(score / threshold)),
    bounding_box: toPicture(box, working, picture),
    affected_area: detection.affected_area,
    description: texts.found[detector](place, score, threshold),
  }
}

interface Cause {
  stage: ProductionStage
  stageName: string
  cause: string
}

const causesOf = (type: DefectType, texts: Texts): Cause[] =>
  (USUAL_CAUSES[type] ?? []).map(({ stage, cause }: UsualCause, i) => ({
    stage,
    stageName: texts.stages[stage],
    cause: texts.causes[type]?.[i] ?? cause,
  }))

/** Puts an inspection into words. Boxes are mapped from `working` size to `picture` size. */
export const toResult = (
  inspection: Inspection,
  working: Size,
  picture: Size,
  language: Language,
  modelVersion: string,
): AnalyzerResult => {
  const texts = TEXTS[language]
  const findings = inspection.detections
    .slice(0, MAX_FINDINGS)
    .map((detection) => toFinding(detection, working, picture, texts))
  const [worst] = findings
  const common = {
    findings,
    five_why_chain: [],
    ishikawa_analysis: null,
    repaired: false,
    model_version: modelVersion,
    prompt_version: null,
    model_settings: {},
    tokens: { input: 0, output: 0, reasoning: 0 },
    cost_usd: 0,
    model_latency_ms: 0,
  }
  if (!worst) {
    const { kind, nearest } = inspection
    return {
      ...common,
      confidence: kind === 'blank' ? BLANK_CONFIDENCE : round(goodConfidence(nearest?.ratio ?? 1)),
      description:
        kind === 'blank' || !nearest
          ? texts.blank
          : [texts.good(texts.detectors[nearest.detector], nearest.ratio), texts.looked[inspection.looked]].join(' '),
      affected_area: 'overall',
      probable_stage: null,
      root_cause: '',
      contributing_factors: [],
      corrective_actions: [],
      preventive_actions: [],
    }
  }
  const [cause, ...others] = causesOf(worst.defect_type, texts)
  return {
    ...common,
    confidence: worst.confidence,
    description: [
      worst.description,
      ...(findings.length > 1 ? [texts.more(findings.length - 1)] : []),
      texts.noScale,
    ].join(' '),
    affected_area: worst.affected_area,
    probable_stage: cause?.stage ?? null,
    root_cause: cause ? texts.usual(cause.cause) : texts.noUsualCause,
    contributing_factors: others.map((other) => texts.usual(other.cause)),
    corrective_actions: cause ? [texts.correct(cause.stageName)] : [],
    preventive_actions: cause ? [texts.prevent(cause.stageName, cause.cause)] : [],
  }
}

/**
 * Whether the picture can show the product, judged by its outline. Findings stand in any case: a missed defect costs
 * more than a second look.
 */
export function isRecognised({ elongation, detections }: Inspection, expected: Product['elongation']): boolean {
  if (!expected || detections.length > 0) return true
  if (elongation === null) return false
  const { least = 0, most = Number.POSITIVE_INFINITY } = expected
  return elongation >= least && elongation <= most
}

/** No defect was found, but the part was not recognised. */
export const unrecognised = (result: AnalyzerResult, language: Language): AnalyzerResult => ({
  ...result,
  unjudged: 'product_not_recognised',
  description: TEXTS[language].unrecognised,
})
