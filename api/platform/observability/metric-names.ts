/**
 * The service's own metrics: the API writes them to stdout in CloudWatch's embedded metric format, the monitoring module alarms on them
 * and the service module scales by one. Nothing else repeats a name.
 */

/** Namespace of all metrics of ours. */
export const METRIC_NAMESPACE = 'Wiko/DefectAnalyzer'

/** Each metric is written with this one dimension: the value of the variable ENVIRONMENT. */
export const ENVIRONMENT_DIMENSION = 'Environment'

/** `defectsByType` has this dimension besides: the code of the defect type. */
export const DEFECT_TYPE_DIMENSION = 'DefectType'

/** Units as CloudWatch spells them. */
export type MetricUnit = 'Count' | 'Milliseconds' | 'Seconds' | 'None'

export interface Metric {
  readonly name: string
  readonly unit: MetricUnit
  readonly meaning: string
}

/** The metrics by the name that our code gives them. A gauge is written by each task every 10 s, the rest as things happen. */
export const METRICS = {
  analysesInFlight: {
    name: 'AnalysesInFlight',
    unit: 'Count',
    meaning: 'Gauge: analyses that this task of the API works on now',
  },
  ownTime: { name: 'OwnTime', unit: 'Milliseconds', meaning: 'One analysis without the waiting for the model' },
  totalTime: { name: 'TotalTime', unit: 'Milliseconds', meaning: 'One analysis from the request to the answer' },

  modelCalls: { name: 'ModelCalls', unit: 'Count', meaning: 'Calls of the model, retries included' },
  modelFailures: {
    name: 'ModelFailures',
    unit: 'Count',
    meaning: 'Calls of the model that gave no usable answer: refused, timed out, malformed',
  },
  modelTime: { name: 'ModelTime', unit: 'Milliseconds', meaning: 'One call of the model' },

  analyses: { name: 'Analyses', unit: 'Count', meaning: 'Analyses performed; answers from the store are not counted' },
  defects: { name: 'Defects', unit: 'Count', meaning: 'Analyses that found a defect' },
  defectsByType: { name: 'DefectsByType', unit: 'Count', meaning: 'Analyses that found a defect, by its type' },
  confidence: { name: 'Confidence', unit: 'None', meaning: 'Confidence of one analysis, from 0 to 1' },

  rateLimited: { name: 'RateLimited', unit: 'Count', meaning: 'Calls answered with 429' },
  overloaded: {
    name: 'Overloaded',
    unit: 'Count',
    meaning: 'Calls answered with 503, as this task has too much to do',
  },
  localLimits: {
    name: 'LocalLimits',
    unit: 'Count',
    meaning: 'Calls counted in the process alone, as Redis did not answer: limits are not shared then',
  },

  databaseInUse: { name: 'DatabaseInUse', unit: 'Count', meaning: 'Gauge: connections of this task that are at work' },
  databaseWaiting: {
    name: 'DatabaseWaiting',
    unit: 'Count',
    meaning:
      'Gauge: what waits in this task for a connection; over 0 for long, the pool is too small or the database too slow',
  },

  queueLength: { name: 'QueueLength', unit: 'Count', meaning: 'Gauge: ingest jobs that wait' },
  queueAge: { name: 'QueueAge', unit: 'Seconds', meaning: 'Gauge: how long the oldest ingest job has waited' },
  jobsFailed: { name: 'JobsFailed', unit: 'Count', meaning: 'Ingest jobs given up after their retries' },

  idempotencyKeysRemoved: { name: 'IdempotencyKeysRemoved', unit: 'Count', meaning: 'Kept answers past their time' },
  ingestJobsRemoved: { name: 'IngestJobsRemoved', unit: 'Count', meaning: 'Ingest jobs that ended long ago' },
  eventsRemoved: { name: 'EventsRemoved', unit: 'Count', meaning: 'Critical verdicts told long ago' },
  usageRowsRemoved: { name: 'UsageRowsRemoved', unit: 'Count', meaning: 'Counts behind the budgets of days long past' },
  auditRowsRemoved: { name: 'AuditRowsRemoved', unit: 'Count', meaning: 'Rows of the audit log past their time' },
  orphanImages: { name: 'OrphanImages', unit: 'Count', meaning: 'Images older than 7 days that no row refers to' },
  housekeepingFailed: { name: 'HousekeepingFailed', unit: 'Count', meaning: 'Runs of the housekeeping that failed' },
  housekeepingLate: {
    name: 'HousekeepingLate',
    unit: 'Count',
    meaning: 'Gauge: jobs of the housekeeping that have not succeeded for two days more than their period',
  },
} as const satisfies Readonly<Record<string, Metric>>
