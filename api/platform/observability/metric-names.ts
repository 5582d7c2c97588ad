/**
 * The service's metrics: the API writes them to stdout in CloudWatch's embedded metric format, the monitoring module
 * alarms on them, and the service module scales on one. Names are defined only here.
 */

/** Namespace of all our metrics. */
export const METRIC_NAMESPACE = 'Wiko/DefectAnalyzer'

/** The only dimension of most metrics: the value of the variable ENVIRONMENT. */
export const ENVIRONMENT_DIMENSION = 'Environment'

/** Additional dimension of `defectsByType`: the code of the defect type. */
export const DEFECT_TYPE_DIMENSION = 'DefectType'

/** Units as CloudWatch spells them. */
export type MetricUnit = 'Count' | 'Milliseconds' | 'Seconds' | 'None'

export interface Metric {
  readonly name: string
  readonly unit: MetricUnit
  readonly meaning: string
}

/** Metrics by their name in the code. Each task writes gauges every 10 s, and the others as they happen. */
export const METRICS = {
  analysesInFlight: {
    name: 'AnalysesInFlight',
    unit: 'Count',
    meaning: 'Gauge: analyses in progress in this API task',
  },
  ownTime: { name: 'OwnTime', unit: 'Milliseconds', meaning: 'Time of an analysis, excluding the model' },
  totalTime: { name: 'TotalTime', unit: 'Milliseconds', meaning: 'Time of an analysis, from request to response' },

  modelCalls: { name: 'ModelCalls', unit: 'Count', meaning: 'Model calls, including retries' },
  modelFailures: {
    name: 'ModelFailures',
    unit: 'Count',
    meaning: 'Model calls without a usable answer: refused, timed out, malformed',
  },
  modelTime: { name: 'ModelTime', unit: 'Milliseconds', meaning: 'Time of a model call' },

  analyses: { name: 'Analyses', unit: 'Count', meaning: 'Analyses performed, excluding answers from the store' },
  defects: { name: 'Defects', unit: 'Count', meaning: 'Analyses that found a defect' },
  defectsByType: { name: 'DefectsByType', unit: 'Count', meaning: 'Analyses that found a defect, by its type' },
  confidence: { name: 'Confidence', unit: 'None', meaning: 'Confidence of an analysis, from 0 to 1' },

  rateLimited: { name: 'RateLimited', unit: 'Count', meaning: 'Calls answered with 429' },
  overloaded: {
    name: 'Overloaded',
    unit: 'Count',
    meaning: 'Calls answered with 503 because this task is overloaded',
  },
  localLimits: {
    name: 'LocalLimits',
    unit: 'Count',
    meaning: 'Calls counted in this process because Redis was unavailable, so limits were not shared',
  },

  databaseInUse: { name: 'DatabaseInUse', unit: 'Count', meaning: 'Gauge: database connections in use by this task' },
  databaseWaiting: {
    name: 'DatabaseWaiting',
    unit: 'Count',
    meaning:
      'Gauge: callers in this task waiting for a connection; if it stays above 0, the pool is too small or the database too slow',
  },

  queueLength: { name: 'QueueLength', unit: 'Count', meaning: 'Gauge: waiting ingest jobs' },
  queueAge: { name: 'QueueAge', unit: 'Seconds', meaning: 'Gauge: age of the oldest waiting ingest job' },
  jobsFailed: { name: 'JobsFailed', unit: 'Count', meaning: 'Ingest jobs that exhausted their retries' },

  idempotencyKeysRemoved: { name: 'IdempotencyKeysRemoved', unit: 'Count', meaning: 'Expired idempotency keys' },
  ingestJobsRemoved: { name: 'IngestJobsRemoved', unit: 'Count', meaning: 'Expired ingest jobs' },
  eventsRemoved: { name: 'EventsRemoved', unit: 'Count', meaning: 'Expired events of critical verdicts' },
  usageRowsRemoved: { name: 'UsageRowsRemoved', unit: 'Count', meaning: 'Expired usage counts of the daily budgets' },
  auditRowsRemoved: { name: 'AuditRowsRemoved', unit: 'Count', meaning: 'Expired rows of the audit log' },
  orphanImages: { name: 'OrphanImages', unit: 'Count', meaning: 'Images older than 7 days that no row refers to' },
  housekeepingFailed: { name: 'HousekeepingFailed', unit: 'Count', meaning: 'Failed housekeeping runs' },
  housekeepingLate: {
    name: 'HousekeepingLate',
    unit: 'Count',
    meaning: 'Gauge: housekeeping jobs without a success for two days beyond their period',
  },
} as const satisfies Readonly<Record<string, Metric>>
