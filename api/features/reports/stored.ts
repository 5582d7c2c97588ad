import { and, asc, count, eq, gte, lt, type SQL, sql } from 'drizzle-orm'
import { analyses, photoTallies } from '../../../drizzle/schema.ts'
import type { Db } from '../../database/database.ts'
import { badField } from '../../platform/http/problem.ts'
import { conditions, effectiveSku } from '../analyses/queries.ts'
import { effectiveOf } from '../reviews/effective.ts'
import { columnsOf, counted, judged } from '../reviews/verdict-source.ts'
import { clockOf, type Schedules } from '../shifts/settings.ts'
import { ofShift } from '../shifts/sql.ts'
import { storedTarget } from '../statistics/target.ts'
import type { ReportedAnalysisBody, StoredScopeBody } from './schemas.ts'
import type { ReportScope } from './scope.ts'

/** Held in memory together: more than a plant makes in a week. Longer ranges belong to the CSV. */
const MAX_REPORTED = 250_000

/** A camera that is out of focus all night tells it by fewer. */
const MAX_RETAKES = 500

const columns = {
  defectId: analyses.defectId,
  timestamp: analyses.timestamp,
  facility: analyses.facility,
  productSku: analyses.productSku,
  defectDetected: analyses.defectDetected,
  defectType: analyses.defectType,
  severity: analyses.severity,
  boundingBox: analyses.boundingBox,
  verdict: analyses.verdict,
  review: analyses.review,
  reviewedVerdict: analyses.reviewedVerdict,
  probableStage: analyses.probableStage,
  rootCause: analyses.rootCause,
  confidence: analyses.confidence,
  description: analyses.description,
  reasoningTokens: analyses.reasoningTokens,
  modelVersion: analyses.modelVersion,
  lineId: analyses.lineId,
  lot: analyses.lot,
  partId: analyses.partId,
  voided: analyses.voided,
  tolerated: analyses.tolerated,
  reviewReason: analyses.reviewReason,
  explanation: analyses.explanation,
}

const retakeColumns = {
  defect_id: analyses.defectId,
  timestamp: analyses.timestamp,
  product_sku: sql<string>`${effectiveSku}`,
  station: analyses.station,
  line_id: analyses.lineId,
  lot: analyses.lot,
  part_id: analyses.partId,
  faults: analyses.photoFaults,
}

type ReportedRow = Pick<typeof analyses.$inferSelect, keyof typeof columns>

/** A stored result in the form that the report counts. */
export function reportedAnalysis(row: ReportedRow): ReportedAnalysisBody {
  return {
    defect_detected: row.defectDetected,
    defect_type: row.defectType,
    severity: row.severity,
    product_sku: row.productSku,
    defect_id: row.defectId,
    timestamp: row.timestamp.toISOString(),
    facility: row.facility,
    probable_stage: row.probableStage,
    root_cause: row.rootCause,
    confidence: row.confidence,
    description: row.description,
    reasoning_tokens_used: row.reasoningTokens,
    model_version: row.modelVersion,
    line_id: row.lineId,
    lot: row.lot,
    part_id: row.partId,
    tolerated: row.tolerated,
    review_reason: row.reviewReason,
    explanation: row.explanation,
    effective: effectiveOf(row),
  }
}

/** The stored results of a time range, `from` inclusive, `to` exclusive, in order of time, and what they are. */
export async function storedAnalyses(
  db: Db,
  schedules: Schedules,
  { from, to, day, ...filters }: ReportScope,
  most = MAX_REPORTED,
): Promise<{ analyses: ReportedAnalysisBody[]; stored: StoredScopeBody }> {
  const { facility, shift, line_id, product_sku, truth = 'final' } = filters
  const where: (SQL | undefined)[] = [
    gte(analyses.timestamp, from),
    lt(analyses.timestamp, to),
    ...conditions({ facility, product_sku }),
    shift ? ofShift(schedules, shift) : undefined,
    line_id ? eq(analyses.lineId, line_id) : undefined,
  ]
  const [all] = await db
    .select({ photos: count(), confirmed: sql<number>`(count(*) filter (where ${judged}))::int` })
    .from(analyses)
    .where(and(...where, counted))
  if (all && all.photos > most) {
    throw badField('to', `is too late: the range has ${all.photos} results, and a report counts ${most} at most`)
  }
  const rows = await db
    .select(columns)
    .from(analyses)
    .where(and(...where, counted, truth === 'human' ? judged : undefined))
    .orderBy(asc(analyses.timestamp))
  const retakes = await db
    .select(retakeColumns)
    .from(analyses)
    .where(and(...where, analyses.toRetake))
    .orderBy(asc(analyses.timestamp))
    .limit(MAX_RETAKES)
  return {
    analyses: rows.map(reportedAnalysis),
    stored: {
      facility: facility ?? null,
      day,
      from: from.toISOString(),
      to: to.toISOString(),
      shift: shift ?? null,
      line_id: line_id ?? null,
      product_sku: product_sku ?? null,
      truth,
      photos: all?.photos ?? 0,
      human_confirmed: all?.confirmed ?? 0,
      to_retake: retakes.map(({ timestamp, faults, ...row }) => ({
        ...row,
        timestamp: timestamp.toISOString(),
        photo_faults: (faults ?? []).map(({ code }) => code),
        thumbnail_url: null,
      })),
      target: await storedTarget(db, schedules, { ...filters, truth, from, to }),
      time_zone: clockOf(facility).timeZone,
    },
  }
}

/** Totals over all stored results but void ones and photos to retake, as the model saw them. Answers from the store made no row, so duplicates do not count. */
export async function storedStats(db: Db) {
  const { defectType, severity, probableStage } = analyses
  const [[inspected], defects] = await Promise.all([
    db
      .select({ total: sql<number>`coalesce(sum(${photoTallies.photos}), 0)::int` })
      .from(photoTallies)
      .where(eq(photoTallies.days, 7)),
    db
      .select({ type: defectType, severity, stage: probableStage, total: count() })
      .from(analyses)
      .where(and(counted, columnsOf('ai').defect))
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
