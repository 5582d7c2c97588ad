import t from 'tap'
import { METRIC_NAMESPACE, METRICS } from '../../api/platform/observability/metric-names.ts'
import { monitoring } from '../../modules/monitoring/monitoring.ts'
import { service } from '../../modules/service/service.ts'
import type { TerraformJson } from '../../modules/stack.ts'

const json = (module: { build(): { files: ReadonlyMap<string, string | Uint8Array> } }) =>
  JSON.parse(String(module.build().files.get('main.tf.json'))) as TerraformJson
const resources = json(monitoring).resource ?? {}

interface Metric {
  readonly namespace: string
  readonly metric_name: string
  readonly period: number
}
interface Alarm extends Partial<Metric> {
  readonly alarm_name: string
  readonly alarm_description: string
  readonly alarm_actions: readonly string[]
  readonly ok_actions: readonly string[]
  readonly treat_missing_data: string
  readonly comparison_operator: string
  readonly threshold: number | string
  readonly evaluation_periods: number
  readonly datapoints_to_alarm: number
  readonly extended_statistic?: string
  readonly metric_query?: readonly { id: string; expression?: string; return_data: boolean; metric?: Metric }[]
}
const alarms = new Map(
  Object.values(resources.aws_cloudwatch_metric_alarm ?? {}).map((values) => {
    const alarm = values as unknown as Alarm
    return [alarm.alarm_name.replace(`\${var.name}-`, ''), alarm]
  }),
)
const alarm = (name: string) => {
  const found = alarms.get(name)
  if (!found) throw new Error(`there is no alarm ${name}`)
  return found
}

t.test('every alarm tells somebody, knows what no data means, and says what to do', async (t) => {
  t.ok(alarms.size > 20)
  for (const [name, each] of alarms) {
    t.ok(each.alarm_actions.includes(`\${aws_sns_topic.alerts.arn}`), `${name}: has an action`)
    t.ok(each.ok_actions.includes(`\${aws_sns_topic.alerts.arn}`), `${name}: tells its end`)
    t.match(each.treat_missing_data, /^(notBreaching|breaching)$/, `${name}: missing data`)
    t.match(each.alarm_description, /^[^.]+\..* To do: .{15,}/, `${name}: meaning and what to do`)
    t.ok(each.alarm_description.length <= 1024, `${name}: CloudWatch takes 1024 characters`)
    t.ok(each.datapoints_to_alarm <= each.evaluation_periods, `${name}: datapoints fit the periods`)
    const period = each.period ?? each.metric_query?.find(({ metric }) => metric)?.metric?.period ?? 0
    t.ok(period * each.evaluation_periods <= 86_400, `${name}: CloudWatch looks at a day at most`)
  }
})

t.test("the guide's three alarms have its names, thresholds and periods", async (t) => {
  const guide = { evaluation_periods: 2, comparison_operator: 'GreaterThanThreshold' }
  t.match(alarm('api-high-error-rate'), { ...guide, threshold: `\${var.error_rate_percent}` })
  t.match(alarm('api-high-latency'), {
    ...guide,
    threshold: `\${var.own_latency_ms}`,
    period: 300,
    metric_name: METRICS.ownTime.name,
    extended_statistic: 'p95',
  })
  t.match(alarm('db-high-cpu'), { ...guide, threshold: 80, period: 300, namespace: 'AWS/RDS' })
  const { variable } = json(monitoring)
  t.equal(variable?.error_rate_percent?.default, 5)
  t.equal(variable?.own_latency_ms?.default, 3000)
})

t.test('slow analyses add tasks', async (t) => {
  t.ok(alarm('api-high-latency').alarm_actions.includes(`\${var.latency_scaling_policy_arn}`))
  const policies = json(service).resource?.aws_appautoscaling_policy ?? {}
  t.match(policies.latency_scaling, { policy_type: 'StepScaling' })
})

t.test('metric math names only metrics that it has, and returns one result', async (t) => {
  const functions = ['IF', 'FILL', 'SUM', 'MAX']
  for (const [name, { metric_query: queries }] of alarms) {
    if (!queries) continue
    const results = queries.filter(({ return_data }) => return_data)
    t.equal(results.length, 1, `${name}: one result`)
    const ids = queries.map(({ id }) => id)
    const words = (results[0]?.expression ?? '').replace(/\$\{[^}]*\}/g, '').match(/[A-Za-z]\w*/g) ?? []
    const named = words.filter((word) => !functions.includes(word))
    t.ok(named.length > 0, `${name}: uses metrics`)
    t.strictSame(
      named.filter((word) => !ids.includes(word)),
      [],
      name,
    )
  }
})

t.test('the error rate is a rate with a traffic floor', async (t) => {
  const expression = alarm('api-high-error-rate').metric_query?.[0]?.expression ?? ''
  const rate = (requests: number, target: number, balancer: number, floor: number) => {
    const text = expression
      .replace(`\${var.traffic_floor}`, String(floor))
      .replace(/FILL\((\w+), 0\)/g, '$1')
      .replace('IF(', 'IF (')
    const [condition = '', value = '', otherwise = ''] = text.slice(4, -1).split(/,\s(?![^(]*\))/)
    const run = (code: string) =>
      Function('requests', 'target', 'balancer', `return ${code}`)(requests, target, balancer) as number | boolean
    return run(condition) ? run(value) : run(otherwise)
  }
  t.equal(rate(100, 5, 0, 20), 5)
  t.equal(rate(95, 0, 5, 20), 5, "the load balancer's own errors are requests too")
  t.equal(rate(2, 1, 0, 20), 0, 'one error of two requests is no rate')
  t.equal(rate(0, 0, 30, 20), 100, 'no task at all')
})

t.test(
  'every metric of ours is watched, shown or scaled by, and nothing else is read from our namespace',
  async (t) => {
    const text = JSON.stringify(resources) + JSON.stringify(json(service).resource?.aws_appautoscaling_policy)
    for (const { name } of Object.values(METRICS)) t.ok(text.includes(name), name)
    const known: string[] = Object.values(METRICS).map(({ name }) => name)
    const queried = [...alarms.values()].flatMap((each) => [
      each,
      ...(each.metric_query ?? []).flatMap(({ metric }) => (metric ? [metric] : [])),
    ])
    for (const { namespace, metric_name: name } of queried) {
      if (namespace === METRIC_NAMESPACE) t.ok(known.includes(name ?? ''), `${name} is one of ours`)
    }
  },
)

interface Widget {
  readonly type: string
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly properties: {
    readonly title?: string
    readonly metrics?: readonly unknown[]
    readonly annotations?: { horizontal: { value: number; label: string }[] }
  }
}
/** The dashboard with each reference of Terraform in the place of a number as 0. */
const dashboard = JSON.parse(
  String(resources.aws_cloudwatch_dashboard?.dashboard?.dashboard_body).replace(/:\$\{[^}]*\}/g, ':0'),
) as { widgets: Widget[] }
const widget = (title: string) => dashboard.widgets.find(({ properties }) => properties.title === title)

t.test("each row of the guide's Key Metrics is a widget, with its target as a line", async (t) => {
  const rows: readonly (readonly [title: string, targets: readonly number[]])[] = [
    ['API request rate', []],
    ['Error rate', [1]],
    ['Latency without the model', [2000]],
    ['Active ECS tasks', []],
    ['Azure API response time', []],
    ['ECS CPU and memory', [60, 70]],
    ['RDS connections', [0]], // 80 % of what the instance allows: a reference
    ['Redis hit rate', [90]],
    ['S3 request rate', []],
    ['Total analyses performed', []],
    ['Defects detected', []],
    ['Average confidence score', []],
    ['Top defect types', []],
  ]
  for (const [title, targets] of rows) {
    const found = widget(title)
    t.ok(found?.properties.metrics?.length, title)
    const lines = found?.properties.annotations?.horizontal.map(({ value }) => value) ?? []
    for (const target of targets) t.ok(lines.includes(target), `${title}: target ${target}`)
  }
  t.match(JSON.stringify(widget('Latency without the model')), /"p50".*"p95".*"p99"/)
  t.match(
    String(resources.aws_cloudwatch_dashboard?.dashboard?.dashboard_body),
    /\$\{\(var.database_connections \* 0.8\)\}/,
  )
})

t.test('widgets do not lie on one another and stay in the 24 columns', async (t) => {
  const overlap = (a: Widget, b: Widget) =>
    a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
  dashboard.widgets.forEach((each, index) => {
    t.ok(each.x + each.width <= 24)
    for (const other of dashboard.widgets.slice(index + 1)) {
      t.notOk(overlap(each, other), `${each.properties.title} and ${other.properties.title}`)
    }
  })
})

t.test('metric math on the dashboard names only metrics of its widget', async (t) => {
  for (const { properties } of dashboard.widgets) {
    const rows = (properties.metrics ?? []) as (string | { id?: string; expression?: string })[][]
    const settings = rows.map((row) => row.at(-1)).filter((last) => typeof last === 'object')
    const ids = settings.map((last) => last.id ?? '')
    t.equal(new Set(ids).size, ids.length, `${properties.title}: ids are unique`)
    for (const { expression } of settings) {
      if (!expression || expression.startsWith('SEARCH')) continue
      const words = expression.match(/[a-z]\w*/g) ?? []
      t.strictSame(
        words.filter((word) => !ids.includes(word)),
        [],
        properties.title ?? '',
      )
    }
  }
})

t.test('the topic is encrypted, and alarms and events may publish to it', async (t) => {
  t.match(resources.aws_sns_topic?.alerts, { kms_master_key_id: `\${var.kms_key_arn}` })
  const policy = JSON.stringify(resources.aws_sns_topic_policy)
  for (const publisher of ['cloudwatch.amazonaws.com', 'events.amazonaws.com', 'events.rds.amazonaws.com']) {
    t.ok(policy.includes(publisher), publisher)
  }
})

t.test('failed deployments and rotations are told by events that go to the topic', async (t) => {
  const rules = JSON.stringify(resources.aws_cloudwatch_event_rule)
  t.match(rules, /SERVICE_DEPLOYMENT_FAILED/)
  t.match(rules, /RotationFailed/)
  const targets = Object.values(resources.aws_cloudwatch_event_target ?? {})
  t.equal(targets.length, Object.keys(resources.aws_cloudwatch_event_rule ?? {}).length)
  for (const target of targets) t.equal(target.arn, `\${aws_sns_topic.alerts.arn}`)
})
