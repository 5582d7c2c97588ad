import { randomUUID } from 'node:crypto'
import { desc, eq } from 'drizzle-orm'
import type { AnalysisRow } from '../../../drizzle/schema.ts'
import { analyses, reviews } from '../../../drizzle/schema.ts'
import type { Product } from '../../config/config.ts'
import type { Db, Transaction } from '../../database/database.ts'
import type { ReviewBody } from '../../domain/review.ts'
import { notFound } from '../../platform/http/problem.ts'
import { refuseOutdated } from './refuse-outdated.ts'
import { reviewed, showReview } from './reviewed.ts'
import type { NewReviewBody } from './schemas.ts'

/** A history of more is a machine's; its oldest part is in the table only. */
const MAX_LISTED = 200

export interface Reviewer {
  person: string
  /** Caller.id */
  caller: string
  /** Of a request with an Idempotency-Key. */
  requestRef: string | undefined
}

/** What people say of analyses. */
export function reviewService(db: Db, products: readonly Product[]) {
  const whereDefect = (defectId: string) => eq(analyses.defectId, defectId)

  async function add(tx: Transaction, defectId: string, said: NewReviewBody, by: Reviewer): Promise<AnalysisRow> {
    // One at a time: who waits here sees the review that the other one wrote.
    const [row] = await tx.select().from(analyses).where(whereDefect(defectId)).for('update')
    if (!row) throw notFound(`There is no analysis ${defectId}`)
    if (by.requestRef) {
      const [made] = await tx.select().from(reviews).where(eq(reviews.requestRef, by.requestRef))
      if (made) return row
    }
    refuseOutdated(row.review && { ...row.review, at: row.review.reviewed_at }, said.after, {
      noun: 'review',
      kind: 'reviewed-meanwhile',
      detail: ({ id, person, at }) =>
        `${person} reviewed this at ${at} (${row.review?.kind}). Look at it, then send yours with after ${id}`,
    })
    const origin = {
      id: randomUUID(),
      person: by.person,
      caller: by.caller,
      createdAt: new Date(),
      requestRef: by.requestRef ?? null,
    }
    const review = reviewed(row, said, origin, products)
    await tx.insert(reviews).values(review.row)
    const [now] = await tx.update(analyses).set(review.columns).where(eq(analyses.id, row.id)).returning()
    return now ?? row
  }

  return {
    /**
     * Adds a review, and the analysis as it is then. Throws 404, a 400 that names the field, or a 409: reviewed meanwhile, void already.
     */
    add: (defectId: string, said: NewReviewBody, by: Reviewer): Promise<AnalysisRow> =>
      db.transaction((tx) => add(tx, defectId, said, by)),

    /** The newest first. Throws a 404. */
    async history(defectId: string): Promise<ReviewBody[]> {
      const [analysis] = await db.select({ id: analyses.id }).from(analyses).where(whereDefect(defectId))
      if (!analysis) throw notFound(`There is no analysis ${defectId}`)
      const rows = await db
        .select()
        .from(reviews)
        .where(eq(reviews.analysisId, analysis.id))
        .orderBy(desc(reviews.number))
        .limit(MAX_LISTED)
      return rows.map(showReview)
    },
  }
}
