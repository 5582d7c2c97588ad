import { AnalyzerError } from '../../domain/analyzer-error.ts'
import type { BoundingBox } from '../../domain/box.ts'
import type { AnalyzerResult, Finding } from '../../domain/verdict.ts'
import { severityRank, type UnjudgedReason } from '../../domain/vocabulary.ts'
import type { Detection, Explanation } from './schema.ts'

/** Characters. The prompt asks for far less; the limits keep a runaway answer out of the database and the page. */
const MAX_TEXT = 1000
const MAX_LIST = 10
const MAX_FINDINGS = 20

export interface Size {
  width: number
  height: number
}

type Explained = Pick<
  AnalyzerResult,
  | 'probable_stage'
  | 'root_cause'
  | 'five_why_chain'
  | 'contributing_factors'
  | 'ishikawa_analysis'
  | 'corrective_actions'
  | 'preventive_actions'
>

/** What was repaired in an answer that fits the schema but breaks a rule; one short text each, for the log. */
export type Repairs = string[]

/**
 * Applies our rules to the findings. Each of these is a repair, after which a person must look:
 * - a box that is reversed, partly outside, without area or without four corners (in the last two cases the finding stays without a box);
 * - a confidence outside 0..1: clamped;
 * - a text or list that is too long: truncated, findings after sorting;
 * - findings although "no defect": kept, because a missed defect costs more than a second look;
 * - "defect" without a finding: replaced by one of type unknown, with a severity that must not pass unseen;
 * - findings on a photo that is called unusable: kept as well.
 * Not a repair: rust is always critical, whatever the model says.
 */
export function normaliseDetection(answer: Detection, sent: Size, upright: Size) {
  const repairs: Repairs = []
  const description = tidy(answer.description, 'description', repairs)
  const confidence = within01(answer.confidence, repairs)
  const findings = answer.findings.map(
    (finding): Finding => ({
      defect_type: finding.defect_type,
      severity: finding.defect_type === 'rust_spot' ? 'critical' : finding.severity,
      confidence: within01(finding.confidence, repairs),
      bounding_box: finding.box && normaliseBox(finding.box, sent, upright, repairs),
      affected_area: finding.affected_area,
      description: tidy(finding.description, 'description', repairs),
    }),
  )
  if (!answer.defect_detected && findings.length > 0) repairs.push('findings on a part called good')
  if (answer.defect_detected && findings.length === 0) {
    repairs.push('a defect without a finding')
    findings.push({
      defect_type: 'unknown',
      severity: 'major',
      confidence,
      bounding_box: null,
      affected_area: 'overall',
      description,
    })
  }
  findings.sort((a, b) => severityRank(a.severity) - severityRank(b.severity) || b.confidence - a.confidence)
  if (findings.length > MAX_FINDINGS) repairs.push(`${findings.length} findings`)
  const unjudged = UNJUDGED[answer.photo]
  if (unjudged && findings.length > 0) repairs.push('findings on a photo called unusable')
  return { description, confidence, findings: findings.slice(0, MAX_FINDINGS), unjudged, repairs }
}

const UNJUDGED: Record<Detection['photo'], UnjudgedReason | undefined> = {
  usable: undefined,
  unusable: 'photo_unusable',
  other_product: 'product_not_recognised',
}

/**
 * [x_min, y_min, x_max, y_max] in pixels of the sent picture, mapped to whole pixels of the upright image. Null if no
 * area is left.
 */
export function normaliseBox(box: readonly number[], sent: Size, upright: Size, repairs: Repairs): BoundingBox | null {
  const [x1, y1, x2, y2] = box
  if (box.length !== 4 || x1 === undefined || y1 === undefined || x2 === undefined || y2 === undefined) {
    repairs.push('a box without four corners')
    return null
  }
  const left = clamp(Math.min(x1, x2), sent.width)
  const right = clamp(Math.max(x1, x2), sent.width)
  const top = clamp(Math.min(y1, y2), sent.height)
  const bottom = clamp(Math.max(y1, y2), sent.height)
  if (left !== x1 || top !== y1 || right !== x2 || bottom !== y2) repairs.push('a box reversed or partly outside')
  if (!(right > left && bottom > top)) {
    repairs.push('a box without area')
    return null
  }
  const scaleX = upright.width / sent.width
  const scaleY = upright.height / sent.height
  const x = Math.floor(left * scaleX)
  const y = Math.floor(top * scaleY)
  // Round outwards, so that the mapped box still covers the original. The bounds absorb rounding errors of the scale.
  const width = Math.min(Math.ceil(right * scaleX), upright.width) - x
  const height = Math.min(Math.ceil(bottom * scaleY), upright.height) - y
  return { x, y, width, height }
}

/** Applies our rules to texts and lists. Throws AnalyzerError 'malformed' if there is no root cause. */
export function normaliseExplanation(answer: Explanation): Explained & { repairs: Repairs } {
  const repairs: Repairs = []
  const list = (name: string, texts: readonly string[]): string[] => {
    const kept = texts.map((text) => tidy(text, name, repairs)).filter(Boolean)
    if (kept.length > MAX_LIST) repairs.push(`${name} with ${kept.length} entries`)
    return kept.slice(0, MAX_LIST)
  }
  const root_cause = tidy(answer.root_cause, 'root_cause', repairs)
  if (!root_cause) throw new AnalyzerError('malformed', "The model's explanation has no root cause")
  const { machine, material, method, man, measurement, environment } = answer.ishikawa_analysis
  const { why_1, why_2, why_3, why_4, why_5 } = answer.five_whys
  const cause = (text: string) => tidy(text, 'ishikawa_analysis', repairs)
  const five_why_chain = list('five_whys', [why_1, why_2, why_3, why_4, why_5])
  if (five_why_chain.length < 5) repairs.push('fewer than five whys')
  return {
    root_cause,
    probable_stage: answer.probable_stage,
    five_why_chain,
    contributing_factors: list('contributing_factors', answer.contributing_factors),
    ishikawa_analysis: {
      machine: cause(machine),
      material: cause(material),
      method: cause(method),
      man: cause(man),
      measurement: cause(measurement),
      environment: cause(environment),
    },
    corrective_actions: list('corrective_actions', answer.corrective_actions),
    preventive_actions: list('preventive_actions', answer.preventive_actions),
    repairs,
  }
}

const clamp = (value: number, max: number): number => Math.min(Math.max(value, 0), max)

function within01(value: number, repairs: Repairs): number {
  const bounded = clamp(value, 1)
  if (bounded !== value) repairs.push('a confidence outside 0..1')
  return bounded
}

/**
 * One line of well-formed text: control characters become spaces (PostgreSQL rejects NUL), and lone surrogates are
 * replaced. Markup is kept, because texts are always displayed as plain text.
 */
function tidy(text: string, name: string, repairs: Repairs, max = MAX_TEXT): string {
  const line = text
    .toWellFormed()
    .replace(/\p{Cc}+/gu, ' ')
    .trim()
  if (line.length <= max) return line
  repairs.push(`${name} of ${line.length} characters`)
  // Also drop the first half of a surrogate pair that the cut has split.
  return `${line.slice(0, max - 1).replace(/\p{Cs}$/u, '')}…`
}

/**
 * Applies our rules to translated texts. English takes up to three times the characters of Chinese. Throws
 * AnalyzerError 'malformed' if one is empty.
 */
export function normaliseTranslation(texts: Readonly<Record<string, string>>) {
  const repairs: Repairs = []
  const entries = Object.entries(texts).map(([name, text]) => [name, tidy(text, name, repairs, 3 * MAX_TEXT)] as const)
  if (entries.some(([, text]) => !text)) throw new AnalyzerError('malformed', 'The model left a text untranslated')
  return { texts: Object.fromEntries(entries), repairs }
}
