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

/** Totals over all stored results. Answers from the store made no row, so duplicates do not count. */
export async function storedStats(db: Db) {
  const total = count()
  const byColumn = async (
    column: typeof analyses.defectType | typeof analyses.severity | typeof analyses.probableStage,
  ) => {
    const rows = await db
      .select({ code: column, total })
      .from(analyses)
      .where(sql`${analyses.defectDetected} and ${column} is not null`)
      .groupBy(column)
      .orderBy(sql`count(*) desc`)
    return Object.fromEntries(rows.map(({ code, total }) => [code ?? '', total]))
  }
  const [[totals], by_type, by_severity, by_stage] = await Promise.all([
    db.select({ total, defects: sql<number>`count(*) filter (where defect_detected)`.mapWith(Number) }).from(analyses),
    byColumn(analyses.defectType),
    byColumn(analyses.severity),
    byColumn(analyses.probableStage),
  ])
  const inspections = totals?.total ?? 0
  const defects = totals?.defects ?? 0
  return {
    total_inspections: inspections,
    total_defects: defects,
    defect_rate: inspections === 0 ? 0 : Number(((100 * defects) / inspections).toFixed(2)),
    by_type,
    by_severity,
    by_stage,
  }
}
