import type { VerdictSource } from '../../domain/chart-scope.ts'
import { SEVERITIES, type Severity, severityRank, TARGET_DEFECT_RATE_PERCENT } from '../../domain/vocabulary.ts'
import { lotsToQuarantine } from './lots.ts'
import type { ReportedAnalysisBody, ShiftReportBody } from './schemas.ts'

const round = (value: number, decimals: number): number => Number(value.toFixed(decimals))

/** Counts the values that are there, the most frequent first. Pairs, as an object puts names like "5" before all others. */
function ranked<T>(items: readonly T[], value: (item: T) => string | null | undefined): [string, number][] {
  const counts = new Map<string, number>()
  for (const item of items) {
    const key = value(item)
    if (key) counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  return [...counts].sort(([, a], [, b]) => b - a)
}

const rankOf = (severity: string | null | undefined): number => {
  const rank = severityRank(severity as Severity)
  return rank < 0 ? SEVERITIES.length : rank
}

/** The analysis as the person judged it; null: none has. */
function asJudged(analysis: ReportedAnalysisBody): ReportedAnalysisBody | null {
  const { effective } = analysis
  if (effective?.source !== 'human') return null
  const { verdict, defect_type, severity } = effective
  return { ...analysis, defect_detected: verdict === 'ng', defect_type, severity }
}

/** The analysis as the analyzer judged it. */
const asAnalysed = (analysis: ReportedAnalysisBody): ReportedAnalysisBody => ({
  ...analysis,
  defect_detected: analysis.defect_detected && !analysis.tolerated,
})

/** A photo that cannot be judged, and that no person has judged: no inspected photo. */
const isUnusable = ({ review_reason, effective }: ReportedAnalysisBody): boolean =>
  review_reason === 'photo_unusable' && effective?.source !== 'human'

/** What is counted of an analysis, by whose word; null: nothing. */
function countedOf(analysis: ReportedAnalysisBody, truth: VerdictSource): ReportedAnalysisBody | null {
  if (analysis.effective?.voided || isUnusable(analysis)) return null
  if (truth === 'ai') return asAnalysed(analysis)
  const counted = asJudged(analysis) ?? (truth === 'final' ? asAnalysed(analysis) : null)
  return (
    counted && {
      ...counted,
      product_sku: analysis.effective?.product_sku ?? analysis.product_sku,
      root_cause: analysis.explanation?.root_cause || counted.root_cause,
    }
  )
}

interface ReportOptions {
  truth?: VerdictSource | undefined
  now?: Date
}

/**
 * The shift summary. Rates are in percent: defects over inspected, three decimals; variance is rate minus target.
 * The breakdowns count defects only. Void ones and photos to retake are left out. Of nothing, all zeros and PASS.
 */
export function shiftReport(
  reported: readonly ReportedAnalysisBody[],
  { truth = 'final', now = new Date() }: ReportOptions = {},
): ShiftReportBody {
  const analyses = reported.flatMap((analysis) => countedOf(analysis, truth) ?? [])
  const defects = analyses.filter(({ defect_detected }) => defect_detected)
  const rate = analyses.length === 0 ? 0 : round((100 * defects.length) / analyses.length, 3)
  const bySeverity = new Map(ranked(defects, ({ severity }) => severity))
  const byStage = ranked(defects, ({ probable_stage }) => probable_stage)
  const criticalCount = bySeverity.get('critical') ?? 0
  const reasoningTokens = analyses.reduce((sum, { reasoning_tokens_used }) => sum + (reasoning_tokens_used ?? 0), 0)
  const unique = (values: (string | null | undefined)[]) => [...new Set(values.filter((value) => !!value))] as string[]
  return {
    report_timestamp: now.toISOString(),
    report_type: 'shift_summary',
    model_version: unique(analyses.map(({ model_version }) => model_version)).join(', '),
    total_inspected: analyses.length,
    total_defects: defects.length,
    defect_rate_percent: rate,
    target_rate_percent: TARGET_DEFECT_RATE_PERCENT,
    rate_status: rate <= TARGET_DEFECT_RATE_PERCENT ? 'PASS' : 'FAIL',
    rate_variance: analyses.length === 0 ? 0 : round(rate - TARGET_DEFECT_RATE_PERCENT, 3),
    by_defect_type: Object.fromEntries(ranked(defects, ({ defect_type }) => defect_type ?? 'unknown')),
    by_severity: Object.fromEntries(bySeverity),
    by_production_stage: Object.fromEntries(byStage),
    critical_count: criticalCount,
    major_count: bySeverity.get('major') ?? 0,
    requires_line_stop: criticalCount > 0,
    unique_root_causes: unique(defects.map(({ root_cause }) => root_cause)),
    top_problematic_stage: byStage[0]?.[0] ?? null,
    total_reasoning_tokens: reasoningTokens,
    avg_reasoning_tokens_per_analysis: analyses.length === 0 ? 0 : round(reasoningTokens / analyses.length, 1),
    defect_details: defects
      .toSorted((a, b) => rankOf(a.severity) - rankOf(b.severity))
      .map((defect) => ({
        defect_id: defect.defect_id ?? null,
        timestamp: defect.timestamp ?? null,
        product_sku: defect.product_sku ?? null,
        facility: defect.facility ?? null,
        defect_type: defect.defect_type ?? 'unknown',
        severity: defect.severity ?? 'cosmetic',
        probable_stage: defect.probable_stage ?? null,
        confidence: defect.confidence ?? null,
        root_cause: defect.root_cause ?? '',
        description: defect.description ?? '',
        line_id: defect.line_id ?? null,
        lot: defect.lot ?? null,
        part_id: defect.part_id ?? null,
        verdict_source:
          truth !== 'ai' && defect.effective?.source === 'human' ? ('human' as const) : ('model' as const),
        causes_confirmed_by: (truth !== 'ai' && defect.explanation?.person) || null,
        thumbnail_url: null,
      })),
    lots_to_quarantine: lotsToQuarantine(defects),
  }
}
