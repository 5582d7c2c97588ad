import { and, count, eq, gte, lt, type SQL, sql } from 'drizzle-orm'
import { analyses } from '../../drizzle/schema.ts'
import type { Db } from '../database/database.ts'
import type { Facility } from '../vocabulary/vocabulary.ts'
import type { ReportedAnalysisBody } from './schemas.ts'

const columns = {
  defectId: analyses.defectId,
  timestamp: analyses.timestamp,
  facility: analyses.facility,
  productSku: analyses.productSku,
  defectDetected: analyses.defectDetected,
  defectType: analyses.defectType,
  severity: analyses.severity,
  probableStage: analyses.probableStage,
  rootCause: analyses.rootCause,
  confidence: analyses.confidence,
  description: analyses.description,
  reasoningTokens: analyses.reasoningTokens,
  modelVersion: analyses.modelVersion,
  voided: analyses.voided,
}

type ReportedRow = Pick<typeof analyses.$inferSelect, keyof typeof columns>

/** A stored result in the form that the report counts. */
export const reportedAnalysis = (row: ReportedRow): ReportedAnalysisBody => ({
  defect_id: row.defectId,
  timestamp: row.timestamp.toISOString(),
  facility: row.facility,
  product_sku: row.productSku,
  defect_detected: row.defectDetected,
  defect_type: row.defectType,
  severity: row.severity,
  probable_stage: row.probableStage,
  root_cause: row.rootCause,
  confidence: row.confidence,
  description: row.description,
  reasoning_tokens_used: row.reasoningTokens,
  model_version: row.modelVersion,
  effective: { voided: row.voided },
})

/** The stored results of a time range, `from` inclusive, `to` exclusive, in order of time. */
export async function storedAnalyses(
  db: Db,
  range: { from: Date; to: Date; facility?: Facility | undefined },
): Promise<ReportedAnalysisBody[]> {
  const where: SQL[] = [gte(analyses.timestamp, range.from), lt(analyses.timestamp, range.to)]
  if (range.facility) where.push(eq(analyses.facility, range.facility))
  const rows = await db
    .select(columns)
    .from(analyses)
    .where(and(...where))
    .orderBy(analyses.timestamp)
  return rows.map(reportedAnalysis)
}

/** Totals over all stored results but void ones, as the model saw them. Answers from the store made no row, so duplicates do not count. */
export async function storedStats(db: Db) {
  const { defectDetected, defectType, severity, probableStage, voided } = analyses
  const counted = sql`not ${voided}`
  // Both read the index analyses_counted alone, the second a small part of it.
  const [[inspected], defects] = await Promise.all([
    db.select({ total: count() }).from(analyses).where(counted),
    db
      .select({ type: defectType, severity, stage: probableStage, total: count() })
      .from(analyses)
      .where(and(counted, sql`${defectDetected}`))
      .groupBy(defectType, severity, probableStage),
  ])
  const by = (code: (row: (typeof defects)[number]) => string | null) => {
    const totals = new Map<string, number>()
    for (const row of defects) {
      const name = code(row)
      if (name !== null) totals.set(name, (totals.get(name) ?? 0) + row.total)
    }
    return Object.fromEntries([...totals].toSorted(([, a], [, b]) => b - a))
  }
  const total_inspections = inspected?.total ?? 0
  const total_defects = defects.reduce((sum, row) => sum + row.total, 0)
  return {
    total_inspections,
    total_defects,
    defect_rate: total_inspections === 0 ? 0 : Number(((100 * total_defects) / total_inspections).toFixed(2)),
    by_type: by(({ type }) => type),
    by_severity: by(({ severity }) => severity),
    by_stage: by(({ stage }) => stage),
  }
}
