import { and, eq } from 'drizzle-orm'
import type { AnalysisRow } from '../../../drizzle/schema.ts'
import { translations } from '../../../drizzle/schema.ts'
import type { Analyzer } from '../../analyzers/analyzer.ts'
import type { Db } from '../../database/database.ts'
import { cleanJson } from '../../domain/text.ts'
import { LANGUAGES, type Language } from '../../domain/vocabulary.ts'
import { notFound, ProblemError } from '../../platform/http/problem.ts'
import type { RequestLock } from '../../platform/idempotency/request-lock.ts'
import type { Budgets } from '../../platform/limits/budgets.ts'
import { findAnalysis } from '../analyses/queries.ts'
import type { AnalysisTextsBody, TranslationBody } from './schemas.ts'
import { CONVERTER, converterTo, isOtherScript } from './script.ts'
import { mapTexts, textsOf, withTexts } from './texts.ts'

/** Caller and route of the request lock. It is not a caller's id, because all callers share a translation. */
const LOCK_SCOPE = 'translations'

type Row = typeof translations.$inferSelect

const toBody = (row: Row): TranslationBody => ({
  language: row.language,
  // Written by this service, so the shape is known.
  ...(row.texts as AnalysisTextsBody),
  model_version: row.modelVersion,
  prompt_version: row.promptVersion,
  tokens: row.tokens,
  cost_usd: row.costUsd,
  created_at: row.createdAt.toISOString(),
})

/** Converts Chinese texts to the other script by a table, so it is free and not stored. Null if there are no Chinese texts. */
async function otherScriptOf(analysis: AnalysisRow, language: Language): Promise<TranslationBody | null> {
  if (!isOtherScript(analysis.language, language) || Object.keys(textsOf(analysis)).length === 0) return null
  return {
    language,
    ...mapTexts(analysis, await converterTo(language)),
    model_version: CONVERTER,
    prompt_version: 'table',
    tokens: 0,
    cost_usd: 0,
    created_at: analysis.timestamp.toISOString(),
  }
}

export interface TranslationRequest {
  defectId: string
  language: Language
  /** Caller.id, whose budget is charged. */
  caller: string
  /** Aborts if the client disconnects. */
  signal: AbortSignal
  /** Counts a model call against the rate limits; throws a 429 problem if one is exceeded. */
  count: () => Promise<void>
}

export interface TranslationParts {
  db: Db
  analyzer: Analyzer
  budgets: Budgets
  lock: RequestLock
}

/** Translates the texts of analyses. Each translation is made once and stored. */
export function translationService({ db, analyzer, budgets, lock }: TranslationParts) {
  async function analysisOf(defectId: string): Promise<AnalysisRow> {
    const row = await findAnalysis(db, defectId)
    if (!row) throw notFound(`There is no analysis ${defectId}`)
    return row
  }

  async function stored({ id }: AnalysisRow, language: Language): Promise<Row | undefined> {
    const wanted = and(eq(translations.analysisId, id), eq(translations.language, language))
    const [row] = await db.select().from(translations).where(wanted)
    return row
  }

  /** Concurrent requests for the same translation wait for the lock and then find the stored row. */
  async function make(analysis: AnalysisRow, { language, caller, signal, count }: TranslationRequest): Promise<Row> {
    await using _lock = await lock({ caller: LOCK_SCOPE, route: LOCK_SCOPE, key: `${analysis.id} ${language}` }, signal)
    const existing = await stored(analysis, language)
    if (existing) return existing
    await count()
    await using reservation = await budgets.reserve(caller)
    const texts = textsOf(analysis)
    const result = await analyzer.translate({ texts, from: analysis.language, to: language, signal })
    const tokens = result.tokens.input + result.tokens.output
    await reservation.spend(tokens, result.cost_usd)
    const row: Row = {
      analysisId: analysis.id,
      language,
      texts: cleanJson(withTexts(analysis, result.texts)),
      modelVersion: result.model_version,
      promptVersion: result.prompt_version,
      tokens,
      costUsd: result.cost_usd,
      createdAt: new Date(),
    }
    await db.insert(translations).values(row).onConflictDoNothing()
    reservation.keep()
    return (await stored(analysis, language)) ?? row
  }

  return {
    /** All translations of an analysis, including conversions between the Chinese scripts. Throws a 404 problem. */
    async list(defectId: string): Promise<TranslationBody[]> {
      const analysis = await analysisOf(defectId)
      const rows = await db
        .select()
        .from(translations)
        .where(eq(translations.analysisId, analysis.id))
        .orderBy(translations.language)
      const converted = await Promise.all(LANGUAGES.map((language) => otherScriptOf(analysis, language)))
      const byTable = converted.filter((one) => one !== null)
      const kept = rows.filter(({ language }) => !isOtherScript(analysis.language, language))
      return [...kept.map(toBody), ...byTable]
    },

    /**
     * Returns the stored translation or makes it. Concurrent requests share one model call. Throws 404, 409 (already in that language,
     * no texts, lock wait timed out, or not translatable by the local analyzer), 429 and AnalyzerError.
     */
    async translate(request: TranslationRequest): Promise<TranslationBody> {
      const { defectId, language } = request
      const analysis = await analysisOf(defectId)
      if (analysis.language === language) {
        throw new ProblemError(409, 'nothing-to-translate', 'The texts are already in this language')
      }
      if (Object.keys(textsOf(analysis)).length === 0) {
        throw new ProblemError(409, 'nothing-to-translate', 'The analysis has no texts')
      }
      const converted = await otherScriptOf(analysis, language)
      if (converted) return converted
      return toBody((await stored(analysis, language)) ?? (await make(analysis, request)))
    },
  }
}
