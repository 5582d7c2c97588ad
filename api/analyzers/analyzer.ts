import type { UprightImage } from '../domain/photo.ts'
import type { AnalyzerResult } from '../domain/verdict.ts'
import type { Facility, Language } from '../domain/vocabulary.ts'

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
