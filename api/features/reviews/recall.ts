import { and, count, type SQL, sql } from 'drizzle-orm'
import { analyses } from '../../../drizzle/schema.ts'
import type { Db } from '../../database/database.ts'
import type { QualityBody } from './quality-schemas.ts'
import { judged } from './verdict-source.ts'
import { interval, ratio } from './wilson.ts'

/**
 * Recall of the parts that were drawn at random: of all that people have reviewed it would be flattered, as they look at suspects first.
 * `selected` has what else the photos must be.
 */
export async function estimateRecall(db: Db, selected: readonly SQL[]): Promise<QualityBody['recall_estimate']> {
  const among = (condition: SQL) => sql<number>`(count(*) filter (where ${condition}))::int`
  const defect = sql`${judged} and ${analyses.reviewedType} is not null`
  const [found] = await db
    .select({
      sample: count(),
      judged: among(judged),
      defects: among(defect),
      found: among(sql`${defect} and ${analyses.defectDetected}`),
    })
    .from(analyses)
    .where(and(...selected, sql`${analyses.randomCheck}`))
  const counts = found ?? { sample: 0, judged: 0, defects: 0, found: 0 }
  return {
    ...counts,
    recall: ratio(counts.found, counts.defects),
    interval: interval(counts.found, counts.defects),
  }
}
