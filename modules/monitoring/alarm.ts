import { CloudwatchMetricAlarm } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm/index.js'
import type { Construct } from 'constructs'
import type { MetricMath, MetricSource } from './metrics.ts'

const comparisons = {
  '>': 'GreaterThanThreshold',
  '>=': 'GreaterThanOrEqualToThreshold',
  '<': 'LessThanThreshold',
} as const

/** An alarm: what it watches, what it means, and what whoever gets it has to do. */
export interface AlarmSettings {
  /** Behind the prefix of all names. */
  readonly name: string
  readonly meaning: string
  readonly todo: string
  /** Its page in docs/runbooks/alarms, where it shares one (default: the name). */
  readonly page?: string
  readonly watches: MetricSource | MetricMath
  readonly is: keyof typeof comparisons
  readonly threshold: number
  /** Seconds of one period, how many are looked at, and how many of these have to be over (default: all). */
  readonly period: number
  readonly periods: number
  readonly datapoints?: number
  /** What no data means: nothing happens, so all is well; or nothing answers, so it is not. */
  readonly missing: 'notBreaching' | 'breaching'
  /** Called besides the topic. */
  readonly calls?: readonly string[]
}

/** What a mail of ours ends with. */
export const pageOf = (page: string) => `Page: docs/runbooks/alarms/${page}.md`

/** The guide's alarms look at two periods of five minutes (6.3). */
export const guidePeriods = { period: 300, periods: 2 } as const

/** Makes alarms of one prefix that go to one topic, both when they begin and when they end. */
export const alarmsTo =
  (scope: Construct, prefix: string, topicArn: string) =>
  (settings: AlarmSettings): CloudwatchMetricAlarm => {
    const { name, watches, period, periods } = settings
    return new CloudwatchMetricAlarm(scope, name.replaceAll('-', '_'), {
      alarmName: `${prefix}-${name}`,
      alarmDescription: `${settings.meaning} To do: ${settings.todo} ${pageOf(settings.page ?? name)}`,
      comparisonOperator: comparisons[settings.is],
      threshold: settings.threshold,
      evaluationPeriods: periods,
      datapointsToAlarm: settings.datapoints ?? periods,
      treatMissingData: settings.missing,
      alarmActions: [topicArn, ...(settings.calls ?? [])],
      okActions: [topicArn],
      ...('expression' in watches ? math(watches, period) : single(watches, period)),
    })
  }

function single({ namespace, name, dimensions, statistic }: MetricSource, period: number) {
  return {
    namespace,
    metricName: name,
    dimensions,
    period,
    ...(statistic.startsWith('p') ? { extendedStatistic: statistic } : { statistic }),
  }
}

function math({ expression, metrics }: MetricMath, period: number) {
  const sources = Object.entries(metrics).map(([id, { namespace, name, dimensions, statistic }]) => ({
    id,
    returnData: false,
    metric: { namespace, metricName: name, dimensions, period, stat: statistic },
  }))
  return { metricQuery: [{ id: 'result', label: 'result', expression, returnData: true }, ...sources] }
}
