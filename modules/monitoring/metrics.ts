import {
  DEFECT_TYPE_DIMENSION,
  ENVIRONMENT_DIMENSION,
  METRIC_NAMESPACE,
  METRICS,
  type Metric,
} from '../../api/platform/observability/metric-names.ts'
import type { Read } from '../inputs.ts'
import type { inputs } from './inputs.ts'

export type Statistic = 'Sum' | 'Average' | 'Minimum' | 'Maximum' | 'p50' | 'p95' | 'p99'

/** One metric of CloudWatch, and how its values are put together. */
export interface MetricSource {
  readonly namespace: string
  readonly name: string
  readonly dimensions: Readonly<Record<string, string>>
  readonly statistic: Statistic
}

/** Lines of the API's log at level error or worse: counted in the log group, where a metric has no dimension but its namespace. */
export const errorLines = (environment: string) => ({
  namespace: `${METRIC_NAMESPACE}/${environment}`,
  name: 'ErrorLines',
})

/** All metrics that alarms and the dashboard read, by the name our code gives them. */
export function metricsOf(input: Read<typeof inputs>, cacheNodes: number) {
  const source =
    (namespace: string, dimensions: MetricSource['dimensions']) =>
    (name: string, statistic: Statistic): MetricSource => ({ namespace, name, dimensions, statistic })
  const balancer = source('AWS/ApplicationELB', { LoadBalancer: input.loadBalancerArnSuffix })
  const targets = source('AWS/ApplicationELB', {
    LoadBalancer: input.loadBalancerArnSuffix,
    TargetGroup: input.targetGroupArnSuffix,
  })
  const ecs = { ClusterName: input.clusterName, ServiceName: input.serviceName }
  const tasks = source('AWS/ECS', ecs)
  const insights = source('ECS/ContainerInsights', ecs)
  const database = source('AWS/RDS', { DBInstanceIdentifier: input.databaseId })
  const bucket = source('AWS/S3', { BucketName: input.imagesBucketName, FilterId: 'EntireBucket' })
  const api = source(METRIC_NAMESPACE, { [ENVIRONMENT_DIMENSION]: input.environment })
  const own = ({ name }: Metric, statistic: Statistic) => api(name, statistic)
  /** The same metric of each node: ElastiCache numbers them from 001. */
  const cache = (name: string, statistic: Statistic) =>
    Array.from({ length: cacheNodes }, (_, index) =>
      source('AWS/ElastiCache', { CacheClusterId: `${input.cacheGroupId}-${String(index + 1).padStart(3, '0')}` })(
        name,
        statistic,
      ),
    )
  return {
    requests: balancer('RequestCount', 'Sum'),
    targetErrors: balancer('HTTPCode_Target_5XX_Count', 'Sum'),
    balancerErrors: balancer('HTTPCode_ELB_5XX_Count', 'Sum'),
    clientErrors: balancer('HTTPCode_Target_4XX_Count', 'Sum'),
    responseTime: (statistic: Statistic) => balancer('TargetResponseTime', statistic), // seconds
    unhealthyHosts: targets('UnHealthyHostCount', 'Maximum'),
    healthyHosts: targets('HealthyHostCount', 'Minimum'),

    taskCpu: tasks('CPUUtilization', 'Average'),
    taskMemory: tasks('MemoryUtilization', 'Average'),
    runningTasks: insights('RunningTaskCount', 'Average'),

    databaseCpu: database('CPUUtilization', 'Average'),
    databaseConnections: database('DatabaseConnections', 'Maximum'),
    databaseFreeStorage: database('FreeStorageSpace', 'Minimum'), // bytes
    databaseFreeMemory: database('FreeableMemory', 'Average'), // bytes

    cacheHits: cache('CacheHits', 'Sum'),
    cacheMisses: cache('CacheMisses', 'Sum'),
    cacheMemory: cache('DatabaseMemoryUsagePercentage', 'Maximum'),
    cacheCpu: cache('EngineCPUUtilization', 'Average'),
    cacheEvictions: cache('Evictions', 'Sum'),

    bucketRequests: bucket('AllRequests', 'Sum'),
    rotationErrors: source('AWS/Lambda', { FunctionName: input.rotationFunctionName })('Errors', 'Sum'),

    ownTime: (statistic: Statistic) => own(METRICS.ownTime, statistic),
    totalTime: (statistic: Statistic) => own(METRICS.totalTime, statistic),
    modelTime: (statistic: Statistic) => own(METRICS.modelTime, statistic),
    modelCalls: own(METRICS.modelCalls, 'Sum'),
    modelFailures: own(METRICS.modelFailures, 'Sum'),
    analysesInFlight: own(METRICS.analysesInFlight, 'Average'),
    analyses: own(METRICS.analyses, 'Sum'),
    defects: own(METRICS.defects, 'Sum'),
    confidence: own(METRICS.confidence, 'Average'),
    rateLimited: own(METRICS.rateLimited, 'Sum'),
    overloaded: own(METRICS.overloaded, 'Sum'),
    localLimits: own(METRICS.localLimits, 'Sum'),
    databaseInUse: own(METRICS.databaseInUse, 'Maximum'),
    databaseWaiting: own(METRICS.databaseWaiting, 'Maximum'),
    queueLength: own(METRICS.queueLength, 'Maximum'),
    queueAge: own(METRICS.queueAge, 'Maximum'),
    jobsFailed: own(METRICS.jobsFailed, 'Sum'),
    housekeepingFailed: own(METRICS.housekeepingFailed, 'Sum'),
    housekeepingLate: own(METRICS.housekeepingLate, 'Maximum'),
    orphanImages: own(METRICS.orphanImages, 'Maximum'),
    rowsRemoved: {
      'audit log': own(METRICS.auditRowsRemoved, 'Sum'),
      'ingest jobs': own(METRICS.ingestJobsRemoved, 'Sum'),
      'kept answers': own(METRICS.idempotencyKeysRemoved, 'Sum'),
      events: own(METRICS.eventsRemoved, 'Sum'),
      usage: own(METRICS.usageRowsRemoved, 'Sum'),
    },
    errorLines: { ...errorLines(input.environment), dimensions: {}, statistic: 'Sum' } satisfies MetricSource,
  }
}

export type Metrics = ReturnType<typeof metricsOf>

/** CloudWatch's search for the defects of each type. */
export const defectsByTypeSearch = (environment: string) =>
  `SEARCH('{${METRIC_NAMESPACE},${ENVIRONMENT_DIMENSION},${DEFECT_TYPE_DIMENSION}} MetricName="${METRICS.defectsByType.name}" ${ENVIRONMENT_DIMENSION}="${environment}"', 'Sum', 86400)`

/** Names for the metrics of the nodes in an expression: `hits1`, `hits2` and so on. */
export const byNode = (prefix: string, sources: readonly MetricSource[]): Record<string, MetricSource> =>
  Object.fromEntries(sources.map((source, index) => [`${prefix}${index + 1}`, source]))

const names = (prefix: string, sources: readonly MetricSource[]) => Object.keys(byNode(prefix, sources)).join(', ')

/** Metric math: an expression, and the metrics that it names. */
export interface MetricMath {
  readonly expression: string
  readonly metrics: Readonly<Record<string, MetricSource>>
}

/** 5xx answers in percent of all; 0 under the traffic floor. Errors of the load balancer itself are not in its count of requests. */
export const errorRate = (metrics: Metrics, floor: number): MetricMath => ({
  expression: `IF(FILL(requests, 0) + FILL(balancer, 0) >= ${floor}, 100 * (FILL(target, 0) + FILL(balancer, 0)) / (FILL(requests, 0) + FILL(balancer, 0)), 0)`,
  metrics: { requests: metrics.requests, target: metrics.targetErrors, balancer: metrics.balancerErrors },
})

/** Failed calls of the model in percent of all; 0 under the floor. */
export const modelFailureRate = (metrics: Metrics, floor: number): MetricMath => ({
  expression: `IF(FILL(calls, 0) >= ${floor}, 100 * FILL(failures, 0) / calls, 0)`,
  metrics: { calls: metrics.modelCalls, failures: metrics.modelFailures },
})

/** Hits of the cache in percent, over all nodes; 100 under the floor. */
export function cacheHitRate({ cacheHits, cacheMisses }: Metrics, floor: number): MetricMath {
  const hits = `SUM([${names('hits', cacheHits)}])`
  const all = `(${hits} + SUM([${names('misses', cacheMisses)}]))`
  return {
    expression: `IF(${all} >= ${floor}, 100 * ${hits} / ${all}, 100)`,
    metrics: { ...byNode('hits', cacheHits), ...byNode('misses', cacheMisses) },
  }
}

/** The sum, or the highest value, over all nodes. */
export const overNodes = (how: 'SUM' | 'MAX', prefix: string, sources: readonly MetricSource[]): MetricMath => ({
  expression: `${how}([${names(prefix, sources)}])`,
  metrics: byNode(prefix, sources),
})

/** Analyses that found a defect, in percent. */
export const defectRate = (metrics: Metrics): MetricMath => ({
  expression: 'IF(analyses > 0, 100 * defects / analyses, 0)',
  metrics: { analyses: metrics.analyses, defects: metrics.defects },
})
