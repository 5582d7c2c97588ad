import { CloudwatchDashboard } from '@cdktf/provider-aws/lib/cloudwatch-dashboard/index.js'
import { CloudwatchLogMetricFilter } from '@cdktf/provider-aws/lib/cloudwatch-log-metric-filter/index.js'
import { DataAwsCallerIdentity } from '@cdktf/provider-aws/lib/data-aws-caller-identity/index.js'
import { DataAwsRegion } from '@cdktf/provider-aws/lib/data-aws-region/index.js'
import { defineModule } from '../define.ts'
import { alarmsTo } from './alarm.ts'
import { apiAlarms, workAlarms } from './api-alarms.ts'
import { sections } from './dashboard.ts'
import { events } from './events.ts'
import { inputs } from './inputs.ts'
import { errorLines, metricsOf } from './metrics.ts'
import { cacheAlarms, databaseAlarms, secretAlarms } from './store-alarms.ts'
import { topic } from './topic.ts'
import { dashboardBody } from './widgets.ts'

/** Synth-time choices of the monitoring. */
export interface MonitoringOptions {
  /** Nodes of the cache: each has metrics of its own. */
  readonly cacheNodes: number
}

const options: MonitoringOptions = { cacheNodes: 2 }

/** Alarms, dashboard, events (guide, component 6, phase 6 and "Monitoring Dashboard"). */
export const monitoring = defineModule('monitoring', {
  description: 'Alarms that say what to do, the dashboard, events of deployments and rotations',
  inputs,
  options,
  outputs: {
    topicArn: 'Topic that alarms go to',
    dashboardName: 'Name of the dashboard',
    dashboardUrl: 'Address of the dashboard',
  },
  resources(scope, input, { cacheNodes }) {
    const { accountId } = new DataAwsCallerIdentity(scope, 'current', {})
    const region = new DataAwsRegion(scope, 'region', {}).id
    const alerts = topic(scope, {
      name: input.topicName,
      kmsKeyArn: input.kmsKeyArn,
      accountId,
      emails: input.alertEmails,
    })
    new CloudwatchLogMetricFilter(scope, 'error_lines', {
      name: `${input.name}-error-lines`,
      logGroupName: input.logGroupName,
      pattern: '{ $.level >= 50 }', // pino: error and fatal
      metricTransformation: { ...errorLines(input.environment), value: '1', unit: 'Count' },
    })
    const metrics = metricsOf(input, cacheNodes)
    const alarm = alarmsTo(scope, input.name, alerts.arn)
    const alarms = [
      ...apiAlarms(input, metrics),
      ...workAlarms(metrics),
      ...databaseAlarms(input, metrics),
      ...cacheAlarms(metrics),
      ...secretAlarms(metrics),
    ].map(alarm)
    events(scope, {
      name: input.name,
      topicArn: alerts.arn,
      serviceArn: input.serviceArn,
      databaseId: input.databaseId,
    })
    const dashboard = new CloudwatchDashboard(scope, 'dashboard', {
      dashboardName: input.name,
      // Not Fn.jsonencode: CDKTF leaves quotation marks in texts as they are, and the search has some.
      dashboardBody: JSON.stringify(
        dashboardBody(
          region,
          sections(input, metrics),
          alarms.map(({ arn }) => arn),
        ),
      ),
    })
    return {
      topicArn: alerts.arn,
      dashboardName: dashboard.dashboardName,
      dashboardUrl: `https://${region}.console.aws.amazon.com/cloudwatch/home?region=${region}#dashboards/dashboard/${input.name}`,
    }
  },
})
