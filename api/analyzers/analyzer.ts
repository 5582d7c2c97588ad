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
  /** Aborts when the caller disconnects. The analyzer also has a deadline of its own. */
  signal: AbortSignal
}

export interface TranslationInput {
  /** Texts to translate, by name. None is empty. */
  texts: Readonly<Record<string, string>>
  from: Language
  to: Language
  /** Aborts when the caller disconnects. */
  signal: AbortSignal
}

export interface TranslationResult
  extends Pick<AnalyzerResult, 'model_version' | 'tokens' | 'cost_usd' | 'model_latency_ms'> {
  /** Under the same names. */
  texts: Record<string, string>
  prompt_version: string
}

/** Analyses one picture. Implementations: `azure` (the model) and `local` (classical image analysis). */
export interface Analyzer {
  readonly kind: 'azure' | 'local'
  /** For the page's banner and /ready: the deployment, or "local-cv-1". */
  readonly modelVersion: string
  /**
   * Throws AnalyzerError 'overloaded' if there is no room for another analysis besides those that are `coming`. Called
   * before the expensive decode.
   */
  admit(coming: number): void
  /** Throws AnalyzerError, and nothing else, if there is no verdict. */
  analyze(input: AnalyzerInput): Promise<AnalyzerResult>
  /** Translates the texts of a result, without the picture. Throws AnalyzerError, and nothing else. */
  translate(input: TranslationInput): Promise<TranslationResult>
  /** Releases all resources and aborts running calls. */
  close(): Promise<void>
}
