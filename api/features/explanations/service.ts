import { randomUUID } from 'node:crypto'
import { desc, eq } from 'drizzle-orm'
import type { AnalysisRow } from '../../../drizzle/schema.ts'
import { analyses, explanations } from '../../../drizzle/schema.ts'
import type { Db, Transaction } from '../../database/database.ts'
import type { ExplanationTexts, StoredExplanation } from '../../domain/explanation.ts'
import { cleanText } from '../../domain/text.ts'
import { badField, notFound } from '../../platform/http/problem.ts'
import { refuseOutdated } from '../reviews/refuse-outdated.ts'
import { type NewExplanationBody, TEXT_NAMES } from './schemas.ts'

type ExplanationRow = typeof explanations.$inferSelect

/** A history of more is a machine's; its oldest part is in the table only. */
const MAX_LISTED = 200

const showExplanation = (row: ExplanationRow): StoredExplanation => ({
  id: row.id,
  number: row.number,
  edited: row.edited,
  ...row.texts,
  language: row.language,
  person: row.person,
  confirmed_at: row.createdAt.toISOString(),
})

const analyzersTexts = (row: AnalysisRow): ExplanationTexts => ({
  root_cause: row.rootCause ?? '',
  five_why_chain: row.fiveWhyChain ?? [],
  corrective_actions: row.correctiveActions ?? [],
  preventive_actions: row.preventiveActions,
})

/** What of it is text; of the explanation that stands, or of what the analyzer wrote. */
const textsOf = ({ root_cause, five_why_chain, corrective_actions, preventive_actions }: ExplanationTexts) => ({
  root_cause,
  five_why_chain,
  corrective_actions,
  preventive_actions,
})

const same = (a: ExplanationTexts, b: ExplanationTexts): boolean =>
  JSON.stringify(textsOf(a)) === JSON.stringify(textsOf(b))

const isEmpty = (texts: ExplanationTexts): boolean => TEXT_NAMES.every((name) => texts[name].length === 0)

/** What stands once it is said; what is left out stays as it is. */
function textsAfter(stands: ExplanationTexts, said: NewExplanationBody): ExplanationTexts {
  const cleaned = (items: readonly string[] | undefined) =>
    items?.map((text) => cleanText(text).trim()).filter((text) => text !== '')
  return {
    root_cause: said.root_cause === undefined ? stands.root_cause : cleanText(said.root_cause).trim(),
    five_why_chain: cleaned(said.five_why_chain) ?? stands.five_why_chain,
    corrective_actions: cleaned(said.corrective_actions) ?? stands.corrective_actions,
    preventive_actions: cleaned(said.preventive_actions) ?? stands.preventive_actions,
  }
}

/** What people say of why it happened and what to do. */
export function explanationService(db: Db) {
  const whereDefect = (defectId: string) => eq(analyses.defectId, defectId)

  async function put(
    tx: Transaction,
    defectId: string,
    said: NewExplanationBody,
    by: { person: string; caller: string },
  ): Promise<AnalysisRow> {
    // One at a time: who waits here sees what the other one wrote.
    const [row] = await tx.select().from(analyses).where(whereDefect(defectId)).for('update')
    if (!row) throw notFound(`There is no analysis ${defectId}`)
    const stands = row.explanation ?? analyzersTexts(row)
    const texts = textsAfter(stands, said)
    const language = said.language ?? row.explanation?.language ?? row.language
    // Sent again, as no answer came: it is there already.
    const made = row.explanation
    if (made && made.person === by.person && made.language === language && same(made, texts)) return row
    refuseOutdated(made && { ...made, at: made.confirmed_at }, said.after, {
      noun: 'explanation',
      kind: 'explained-meanwhile',
      detail: ({ id, person, at }) =>
        `${person} confirmed causes and actions at ${at}. Look at them, then send yours with after ${id}`,
    })
    if (isEmpty(texts)) throw badField('root_cause', 'is missing: there is neither a cause nor an action to confirm')
    const written: ExplanationRow = {
      id: randomUUID(),
      analysisId: row.id,
      number: (row.explanation?.number ?? 0) + 1,
      edited: !same(texts, analyzersTexts(row)),
      texts,
      language,
      person: by.person,
      caller: by.caller,
      createdAt: new Date(),
    }
    await tx.insert(explanations).values(written)
    const [now] = await tx
      .update(analyses)
      .set({ explanation: showExplanation(written) })
      .where(eq(analyses.id, row.id))
      .returning()
    return now ?? row
  }

  return {
    /**
     * Confirms or rewrites causes and actions, and the analysis as it is then. The same said again by the same person changes nothing.
     * Throws 404, a 400 that names the field, or a 409: somebody was faster.
     */
    put: (defectId: string, said: NewExplanationBody, by: { person: string; caller: string }): Promise<AnalysisRow> =>
      db.transaction((tx) => put(tx, defectId, said, by)),

    /** The newest first. Throws a 404. */
    async history(defectId: string): Promise<StoredExplanation[]> {
      const [analysis] = await db.select({ id: analyses.id }).from(analyses).where(whereDefect(defectId))
      if (!analysis) throw notFound(`There is no analysis ${defectId}`)
      const rows = await db
        .select()
        .from(explanations)
        .where(eq(explanations.analysisId, analysis.id))
        .orderBy(desc(explanations.number))
        .limit(MAX_LISTED)
      return rows.map(showExplanation)
    },
  }
}
