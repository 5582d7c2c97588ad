import type { PhotoFault } from '../domain/photo-limits.ts'
import type {
  AffectedArea,
  DefectType,
  Facility,
  Ishikawa,
  Language,
  ProductionStage,
  Severity,
  UnjudgedReason,
} from '../domain/vocabulary.ts'

/** Integer pixels of the upright image; x, y is the upper left corner. */
export interface BoundingBox {
  x: number
  y: number
  width: number
  height: number
}

/** One defect that was found on the picture. */
export interface Finding {
  defect_type: DefectType
  severity: Severity
  /** 0..1, the analyzer's own estimate; not a calibrated probability. */
  confidence: number
  bounding_box: BoundingBox | null
  affected_area: AffectedArea
  description: string
}

/** The one picture that is shown, analysed and boxed: orientation baked in, metadata gone. */
export interface UprightImage {
  /** JPEG bytes. */
  jpeg: Buffer
  /** Pixels. */
  width: number
  height: number
}

export interface AnalyzerInput {
  image: UprightImage
  productSku: string
  facility: Facility
  /** Process readings sent with the photo (temperatures, times ...), as the client named them. */
  productionData?: Record<string, unknown>
  /** Language of all texts in the answer. */
  language: Language
  /** Ends the analysis: the caller went away. The analyzer keeps its own deadline besides. */
  signal: AbortSignal
}

/** What an analyzer says of one picture. Texts are in the language asked for. */
export interface AnalyzerResult {
  /** The worst first; empty for a good part. */
  findings: Finding[]
  /** Of the overall verdict, 0..1. */
  confidence: number
  description: string
  affected_area: AffectedArea
  probable_stage: ProductionStage | null
  root_cause: string
  five_why_chain: string[]
  contributing_factors: string[]
  ishikawa_analysis: Ishikawa | null
  corrective_actions: string[]
  preventive_actions: string[]
  /** True where the answer broke a rule (box outside the picture, reversed corners ...) and was mended: a person must look. */
  repaired: boolean
  /** Why the part on the picture could not be judged; then the verdict is never OK. */
  unjudged?: UnjudgedReason | undefined
  /** What was measured of an unusable photo. */
  photo_faults?: PhotoFault[]
  model_version: string
  /** Null for an analyzer that has no prompt. */
  prompt_version: string | null
  /** What the model was run with (deployment, effort, image detail ...), stored with the result. */
  model_settings: Record<string, string | number>
  tokens: { input: number; output: number; reasoning: number }
  /** US dollars by the configured price; null where no price is known. */
  cost_usd: number | null
  /** Milliseconds spent waiting for the model, all calls and retries; 0 for the local analyzer. */
  model_latency_ms: number
}

/** Of an answer that finds nothing to explain. */
export const NO_EXPLANATION = {
  probable_stage: null,
  root_cause: '',
  five_why_chain: [],
  contributing_factors: [],
  ishikawa_analysis: null,
  corrective_actions: [],
  preventive_actions: [],
}

export interface TranslationInput {
  /** What is to be translated, by name; none is empty. */
  texts: Readonly<Record<string, string>>
  from: Language
  to: Language
  /** Ends it: the caller went away. */
  signal: AbortSignal
}

export interface TranslationResult
  extends Pick<AnalyzerResult, 'model_version' | 'tokens' | 'cost_usd' | 'model_latency_ms'> {
  /** Under the same names. */
  texts: Record<string, string>
  prompt_version: string
}

/** Looks at one picture. Implementations: `azure` (the model) and `local` (classical image analysis). */
export interface Analyzer {
  readonly kind: 'azure' | 'local'
  /** For the page's banner and /ready: the deployment, or "local-cv-1". */
  readonly modelVersion: string
  /**
   * Throws AnalyzerError 'overloaded' where there is no room for one more besides those that are `coming`: asked before the costly decode.
   */
  admit(coming: number): void
  /** Throws AnalyzerError, and nothing else, when there is no verdict to give. */
  analyze(input: AnalyzerInput): Promise<AnalyzerResult>
  /** Says the texts of a result in another language, without the picture. Throws AnalyzerError, and nothing else. */
  translate(input: TranslationInput): Promise<TranslationResult>
  /** Releases what the analyzer holds; calls in flight are ended. */
  close(): Promise<void>
}

/** Why there is no verdict. */
export type AnalyzerFailure =
  | 'timeout' // the total deadline passed
  | 'aborted' // the caller went away
  | 'overloaded' // our own bound on concurrent calls, or the breaker, refused it before any call
  | 'rate_limited' // the model answered 429 until the deadline or the retry cap
  | 'unavailable' // the model answered 5xx, or could not be reached
  | 'unauthorized' // the model refused our key or deployment
  | 'refused' // the model declined to answer
  | 'content_filtered' // the provider's filter stopped it
  | 'truncated' // the answer was cut off
  | 'malformed' // the answer is not what the schema asks for
  | 'unreadable' // the picture could not be decoded
  | 'untranslatable' // the local analyzer speaks in its own sentences only

export class AnalyzerError extends Error {
  readonly failure: AnalyzerFailure
  /** Seconds after which a retry makes sense, where known. */
  readonly retryAfterSeconds: number | undefined

  constructor(failure: AnalyzerFailure, message: string, options?: { cause?: unknown; retryAfterSeconds?: number }) {
    super(message, { cause: options?.cause })
    this.name = 'AnalyzerError'
    this.failure = failure
    this.retryAfterSeconds = options?.retryAfterSeconds
  }
}
