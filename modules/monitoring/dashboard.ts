import { Op, Token } from 'cdktf'
import type { Read } from '../inputs.ts'
import type { inputs } from './inputs.ts'
import {
  cacheHitRate,
  defectRate,
  defectsByTypeSearch,
  errorRate,
  type Metrics,
  modelFailureRate,
  overNodes,
  type Statistic,
} from './metrics.ts'
import { line, type Section } from './widgets.ts'

const percentiles: readonly Statistic[] = ['p50', 'p95', 'p99']

/** Guide, "Key Metrics to Track": each row of it is a widget, with the guide's target as a line; what is ours says so. */
export function sections(input: Read<typeof inputs>, metrics: Metrics): Section[] {
  return [
    {
      title: 'Application',
      widgets: [
        { title: 'API request rate', unit: 'requests/minute', period: 60, lines: [line('requests', metrics.requests)] },
        {
          title: 'Error rate',
          unit: '%',
          lines: [line('5xx', errorRate(metrics, 1))],
          targets: [
            { label: 'target < 1 %', value: 1 },
            { label: 'alarm', value: input.errorRatePercent, bad: 'above' },
          ],
        },
        {
          title: 'Latency without the model',
          unit: 'ms',
          lines: percentiles.map((statistic) => line(statistic, metrics.ownTime(statistic))),
          targets: [
            { label: 'target p95 < 2 s', value: 2000 },
            { label: 'alarm', value: input.ownLatencyMs, bad: 'above' },
          ],
        },
        {
          title: 'Latency of whole answers',
          unit: 's',
          lines: percentiles.map((statistic) => line(statistic, metrics.responseTime(statistic))),
          targets: [{ label: 'alarm p95', value: input.totalLatencySeconds, bad: 'above' }],
        },
        {
          title: 'Active ECS tasks',
          unit: 'tasks',
          lines: [line('running', metrics.runningTasks)],
          targets: [{ label: 'most', value: input.maxTasks }],
        },
        {
          title: 'Azure API response time',
          unit: 'ms',
          lines: percentiles.map((statistic) => line(statistic, metrics.modelTime(statistic))),
        },
        // Ours from here: what the rows above are explained by.
        { title: 'Failed model calls', unit: '%', lines: [line('failed', modelFailureRate(metrics, 1))] },
        {
          title: 'Refused requests',
          unit: 'requests',
          lines: [
            line('4xx', metrics.clientErrors),
            line('429', metrics.rateLimited),
            line('503, too much to do', metrics.overloaded),
          ],
        },
        {
          title: 'Analyses in flight per task',
          unit: 'analyses',
          period: 60,
          lines: [line('in flight', metrics.analysesInFlight)],
        },
        {
          title: 'Analysis from request to answer',
          unit: 'ms',
          lines: percentiles.map((statistic) => line(statistic, metrics.totalTime(statistic))),
        },
        {
          title: 'Ingest queue',
          unit: 'jobs, seconds',
          lines: [line('waiting jobs', metrics.queueLength), line('age of the oldest', metrics.queueAge)],
        },
        { title: 'Errors in the log', unit: 'lines', lines: [line('errors', metrics.errorLines)] },
        {
          title: 'Housekeeping: late, failed, images without a row',
          unit: 'jobs, runs, images',
          period: 3600,
          lines: [
            line('late jobs', metrics.housekeepingLate),
            line('failed runs', metrics.housekeepingFailed),
            line('images without a row', metrics.orphanImages),
          ],
        },
        {
          title: 'Housekeeping: rows removed',
          unit: 'rows',
          period: 86_400,
          lines: Object.entries(metrics.rowsRemoved).map(([label, metric]) => line(label, metric)),
        },
      ],
    },
    {
      title: 'Infrastructure',
      widgets: [
        {
          title: 'ECS CPU and memory',
          unit: '%',
          max: 100,
          lines: [line('CPU', metrics.taskCpu), line('memory', metrics.taskMemory)],
          targets: [
            { label: 'target from 60 %', value: 60 },
            { label: 'target to 70 %', value: 70, bad: 'above' },
          ],
        },
        {
          title: 'RDS connections',
          unit: 'connections',
          lines: [
            line('open', metrics.databaseConnections),
            line('at work in one task, the most', metrics.databaseInUse),
            line('requests of one task that wait for one, the most', metrics.databaseWaiting),
          ],
          targets: [
            {
              label: 'target < 80 % of the most',
              value: Token.asNumber(Op.mul(input.databaseConnections, 0.8)),
              bad: 'above',
            },
          ],
        },
        {
          title: 'Redis hit rate',
          unit: '%',
          max: 100,
          lines: [line('hits', cacheHitRate(metrics, 1))],
          targets: [{ label: 'target > 90 %', value: 90, bad: 'below' }],
        },
        {
          title: 'S3 request rate',
          unit: 'requests/minute',
          period: 60,
          lines: [line('images', metrics.bucketRequests)],
        },
        // Ours.
        {
          title: 'RDS CPU',
          unit: '%',
          max: 100,
          lines: [line('CPU', metrics.databaseCpu)],
          targets: [{ label: 'alarm', value: 80, bad: 'above' }],
        },
        {
          title: 'RDS free memory and storage',
          unit: 'bytes',
          lines: [line('memory', metrics.databaseFreeMemory), line('storage', metrics.databaseFreeStorage)],
        },
        {
          title: 'Redis memory and CPU',
          unit: '%',
          max: 100,
          lines: [
            line('memory', overNodes('MAX', 'memory', metrics.cacheMemory)),
            line('CPU', overNodes('MAX', 'cpu', metrics.cacheCpu)),
          ],
        },
        {
          title: 'Redis evictions, local limits',
          unit: 'keys, calls',
          lines: [
            line('evictions', overNodes('SUM', 'evictions', metrics.cacheEvictions)),
            line('limits counted per task', metrics.localLimits),
          ],
        },
      ],
    },
    {
      title: 'Business',
      widgets: [
        {
          title: 'Total analyses performed',
          view: 'singleValue',
          period: 86_400,
          lines: [line('analyses', metrics.analyses)],
        },
        {
          title: 'Defects detected',
          unit: '%',
          period: 3600,
          lines: [line('defects', defectRate(metrics))],
          targets: [{ label: 'target rate of the plant 0.18 %', value: 0.18 }],
        },
        {
          title: 'Average confidence score',
          max: 1,
          period: 3600,
          lines: [line('confidence', metrics.confidence)],
        },
        {
          title: 'Top defect types',
          view: 'bar',
          period: 86_400,
          lines: [line('', { search: defectsByTypeSearch(input.environment) })],
        },
      ],
    },
  ]
}
