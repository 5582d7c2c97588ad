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

/** Under which a translation is claimed among the requests: not a caller's id, as one serves all. */
const NOBODY = 'translations'

type Row = typeof translations.$inferSelect

const show = (row: Row): TranslationBody => ({
  language: row.language,
  // As this service wrote them.
  ...(row.texts as AnalysisTextsBody),
  model_version: row.modelVersion,
  prompt_version: row.promptVersion,
  tokens: row.tokens,
  cost_usd: row.costUsd,
  created_at: row.createdAt.toISOString(),
})

/** A Chinese text in the other script: by a table, so that it costs nothing and is not kept. Null where the texts are not Chinese, or none. */
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
  /** Caller.id, whose budget it is. */
  caller: string
  /** Ends it: the client went away. */
  signal: AbortSignal
  /** Counts a call of the model against the limits; throws a 429 problem. */
  count: () => Promise<void>
}

export interface TranslationParts {
  db: Db
  analyzer: Analyzer
  budgets: Budgets
  lock: RequestLock
}

/** Texts of analyses in languages that they were not asked in: made once, and persisted. */
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

  /** Who asks while it is being made waits for it. */
  async function make(analysis: AnalysisRow, { language, caller, signal, count }: TranslationRequest): Promise<Row> {
    await using _lock = await lock({ caller: NOBODY, route: NOBODY, key: `${analysis.id} ${language}` }, signal)
    const made = await stored(analysis, language)
    if (made) return made
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
    /** All that there are of an analysis, one in Chinese also in the other script. Throws a 404. */
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
      return [...kept.map(show), ...byTable]
    },

    /**
     * The translation, made where there is none. Who asks while it is being made waits for it: the model is asked once. Throws 404, 409 (the
     * texts are in that language, or there are none; it takes too long, ask again; the local analyzer cannot), 429, AnalyzerError.
     */
    async translate(request: TranslationRequest): Promise<TranslationBody> {
      const { defectId, language } = request
      const analysis = await analysisOf(defectId)
      if (analysis.language === language) {
        throw new ProblemError(409, 'nothing-to-translate', 'The texts are in this language already')
      }
      if (Object.keys(textsOf(analysis)).length === 0) {
        throw new ProblemError(409, 'nothing-to-translate', 'The analysis has no texts')
      }
      const converted = await otherScriptOf(analysis, language)
      if (converted) return converted
      return show((await stored(analysis, language)) ?? (await make(analysis, request)))
    },
  }
}
