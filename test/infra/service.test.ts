import t from 'tap'
import { loadConfig } from '../../api/config/config.ts'
import { createServer } from '../../api/platform/http/server.ts'
import { containers, volumes } from '../../modules/service/containers.ts'
import { service } from '../../modules/service/service.ts'
import { timing } from '../../modules/service/timing.ts'
import type { TerraformJson } from '../../modules/stack.ts'
import { environments } from '../../stacks/environments.ts'
import type { Environment } from '../../stacks/settings.ts'

const json = (options: Parameters<typeof service.build>[0] = {}) =>
  JSON.parse(String(service.build(options).files.get('main.tf.json'))) as TerraformJson
const resource = (type: string, name: string, options: Parameters<typeof service.build>[0] = {}) =>
  json(options).resource?.[type]?.[name] ?? {}

const arn = (name: string) => `arn:aws:secretsmanager:us-east-1:123456789012:secret:wiko/${name}`
const made = (settings: Partial<Parameters<typeof containers>[0]> = {}) =>
  containers({
    image: 'registry/wiko-defect-analyzer:1.0.0',
    collectorImage: 'collector:1',
    region: 'us-east-1',
    logGroupName: '/ecs/wiko-defect-analyzer',
    stream: 'api',
    variables: { ENVIRONMENT: 'production' },
    moreVariables: {},
    secrets: { API_KEY: arn('api-key') },
    moreSecrets: {},
    databaseUrlArn: arn('database-url'),
    masterSecretArn: arn('rds'),
    migrates: true,
    shell: false,
    ...settings,
  })

t.test('every container: read-only root, user 1000, no capabilities, an init, logs', async (t) => {
  for (const container of made({ shell: true })) {
    t.match(
      container,
      {
        readonlyRootFilesystem: true,
        user: '1000',
        linuxParameters: { initProcessEnabled: true, capabilities: { drop: ['ALL'] } },
        logConfiguration: { logDriver: 'awslogs', options: { 'awslogs-group': '/ecs/wiko-defect-analyzer' } },
      },
      container.name,
    )
    t.notMatch(JSON.stringify(container), /privileged|:latest/, container.name)
  }
})

t.test('the migration has to succeed before the API starts, and it alone has the master', async (t) => {
  const [migration, api, collector] = made()
  t.match(migration, { name: 'migrate', essential: false, command: ['node', 'api/database/migrate.ts'] })
  t.match(api, { name: 'wiko-api', essential: true })
  t.strictSame((api as { dependsOn?: unknown }).dependsOn, [
    { containerName: 'migrate', condition: 'SUCCESS' },
    { containerName: 'otel-collector', condition: 'START' },
  ])
  t.match(collector, { name: 'otel-collector', essential: false })
  t.match(JSON.stringify(migration), /secret:wiko\/rds:password::/)
  const [before = '', after = ''] = String(resource('aws_ecs_task_definition', 'api_task').container_definitions).split(
    '"name" = "wiko-api"',
  )
  t.match(before, /var\.database_master_secret_arn/)
  t.notMatch(after, /var\.database_master_secret_arn/)
  t.strictSame(
    made({ migrates: false }).map(({ name }) => name),
    ['wiko-api', 'otel-collector'],
    'the worker does not migrate',
  )
})

t.test('L5 secrets come by ARN, and no variable is one', async (t) => {
  const definition = String(resource('aws_ecs_task_definition', 'api_task').container_definitions)
  for (const name of ['AZURE_AI_API_KEY', 'API_KEY', 'SECRET_KEY', 'DATABASE_URL', 'REDIS_URL']) {
    t.match(definition, new RegExp(`"name" = "${name}", "valueFrom" = var\\.\\w+_arn`), name)
    t.notMatch(definition, new RegExp(`"${name}" = (?!var\\.)`), `${name} is no variable`)
  }
  t.match(definition, '[ for key, val in var.secrets: {"name" = key, "valueFrom" = val}]', 'and the more that are set')
  const starts = String(resource('aws_iam_role_policy', 'execution_rights').policy)
  t.match(starts, /"InjectTheseSecrets"[^}]*concat\(\[var\.[^\]]*\], values\(var\.secrets\)\)\}/, 'starting reads them')
  t.notMatch(String(resource('aws_iam_role_policy', 'api_role_rights').policy), /var\.secrets/, 'a task does not')
})

t.test('what a container writes has a volume of the task', async (t) => {
  for (const shell of [false, true]) {
    const mounts = made({ shell }).flatMap((container) => ('mountPoints' in container ? container.mountPoints : []))
    const names = new Set(mounts.map((mount) => mount?.sourceVolume ?? ''))
    t.strictSame([...names].sort(), [...volumes(shell)].sort(), `shell ${shell}`)
    t.ok(mounts.some((mount) => mount?.containerPath === '/tmp'))
  }
})

t.test('S7 times fit together: batch < idle < keep-alive, and a leaving task may finish', async (t) => {
  const config = loadConfig({ ENVIRONMENT: 'test', SHUTDOWN_GRACE: '5' }) // production's
  const app = createServer(config)
  const batch = config.batchTimeoutMs / 1000
  t.ok(batch < timing.idle, 'a batch ends before the load balancer gives up')
  t.ok(timing.idle * 1000 < app.server.keepAliveTimeout, 'the API never closes first')
  t.ok(batch <= timing.deregistration && timing.deregistration <= 120, 'draining lets a batch end')
  const leaving = config.shutdownGraceMs / 1000 + batch
  t.ok(leaving < config.shutdownTimeoutMs / 1000, 'the API waits for a batch that came in its grace')
  t.ok(config.shutdownTimeoutMs / 1000 < timing.stop, 'and ends by itself before it is killed')
  t.ok(timing.stop <= 120, 'Fargate allows no more')
  await app.close()
  t.equal(resource('aws_lb', 'main').idle_timeout, timing.idle)
  t.equal(resource('aws_lb_target_group', 'targets').deregistration_delay, String(timing.deregistration))
  for (const { stopTimeout } of made()) t.equal(stopTimeout, timing.stop)
})

t.test("load balancer and target group have the guide's values, and what is safe besides", async (t) => {
  t.match(resource('aws_lb', 'main'), {
    load_balancer_type: 'application',
    internal: false,
    drop_invalid_header_fields: true,
    desync_mitigation_mode: 'defensive',
    enable_deletion_protection: `\${var.protection}`,
    access_logs: { enabled: true },
    connection_logs: { enabled: true },
  })
  t.match(resource('aws_lb_target_group', 'targets'), {
    port: 5001,
    protocol: 'HTTP',
    target_type: 'ip',
    health_check: {
      path: '/health',
      interval: 30,
      timeout: 5,
      healthy_threshold: 2,
      unhealthy_threshold: 3,
    },
  })
})

t.test('with a domain: HTTPS by a strong policy, HTTP is led there', async (t) => {
  t.match(resource('aws_lb_listener', 'https'), {
    port: 443,
    protocol: 'HTTPS',
    ssl_policy: /^ELBSecurityPolicy-TLS13-1-2-Res/,
  })
  t.match(resource('aws_lb_listener', 'http').default_action, [
    { type: 'redirect', redirect: { protocol: 'HTTPS', port: '443', status_code: 'HTTP_301' } },
  ])
  t.match(String(resource('aws_ecs_task_definition', 'api_task').container_definitions), /"TRUSTED_PROXY_HOPS" = 1[,}]/)
})

t.test('without one: 403, but for requests that carry the header of our distribution', async (t) => {
  const entry = { entry: 'cloudfront' } as const
  t.match(resource('aws_lb_listener', 'http', entry).default_action, [
    { type: 'fixed-response', fixed_response: { status_code: '403' } },
  ])
  t.strictSame(resource('aws_lb_listener', 'https', entry), {}, 'no HTTPS without a certificate')
  const rule = JSON.stringify(resource('aws_lb_listener_rule', 'from_cloudfront', entry))
  t.match(rule, /"http_header_name":"X-Origin-Verify"/)
  t.match(rule, /sensitive\(terraform_data\.origin_header\.output/)
  const task = resource('aws_ecs_task_definition', 'api_task', entry)
  t.match(String(task.container_definitions), /"TRUSTED_PROXY_HOPS" = 2[,}]/)
})

t.test('S8 the service: no public address, no gap in a deployment, roll-back, spread, Spot by share', async (t) => {
  t.match(resource('aws_ecs_service', 'api'), {
    platform_version: 'LATEST',
    deployment_minimum_healthy_percent: 100,
    deployment_maximum_percent: 200,
    deployment_circuit_breaker: { enable: true, rollback: true },
    availability_zone_rebalancing: 'ENABLED',
    health_check_grace_period_seconds: 60,
    network_configuration: { assign_public_ip: false },
    capacity_provider_strategy: [
      { capacity_provider: 'FARGATE', base: `\${var.min_tasks}` },
      { capacity_provider: 'FARGATE_SPOT' },
    ],
    lifecycle: { ignore_changes: ['desired_count'] },
    enable_execute_command: false,
    force_new_deployment: true, // or a change of minTasks or spotPercent fails the plan, or replaces the service
  })
  t.equal(resource('aws_ecs_task_definition', 'api_task').skip_destroy, true, 'a rollback finds its revision active')
  t.match(resource('aws_ecs_cluster', 'cluster'), {
    setting: [{ name: 'containerInsights', value: 'enhanced' }],
    configuration: { execute_command_configuration: { logging: 'OVERRIDE' } },
  })
  const { prod } = environments as { prod: Environment }
  t.ok(prod.service.minTasks >= 2, 'two tasks at least')
  t.ok(prod.network.zones.length >= 2, 'in two zones at least')
})

t.test('autoscaling: 70 % CPU in 300 s and out 60 s as the guide has it, memory, analyses in flight', async (t) => {
  const policies = json().resource?.aws_appautoscaling_policy ?? {}
  t.strictSame(Object.keys(policies).sort(), ['cpu_scaling', 'in_flight_scaling', 'latency_scaling', 'memory_scaling'])
  const { variable } = json()
  t.equal(variable?.cpu_target?.default, 70)
  t.equal(variable?.min_tasks?.default, 2)
  t.equal(variable?.max_tasks?.default, 10)
  t.match(policies.cpu_scaling, {
    name: 'cpu-scaling',
    target_tracking_scaling_policy_configuration: {
      scale_in_cooldown: 300,
      scale_out_cooldown: 60,
      predefined_metric_specification: { predefined_metric_type: 'ECSServiceAverageCPUUtilization' },
    },
  })
})

/** The actions that a role of the module may do. */
const actions = (role: string, options: Parameters<typeof service.build>[0] = {}): string[] => {
  const text = String(resource('aws_iam_role_policy', `${role}_rights`, options).policy)
  return [...text.matchAll(/"([a-z0-9-]+:[A-Z]\w*|rds-db:connect)"/g)].map(([, action]) => action ?? '')
}

t.test('roles: starting a task and being one are apart, and a worker alone deletes', async (t) => {
  const starts = actions('execution')
  const runs = actions('api_role', { separateWorker: true })
  t.ok(starts.includes('ecr:BatchGetImage') && runs.includes('s3:PutObject'))
  t.notOk(runs.some((action) => /^(ecr|iam|ecs):/.test(action)))
  t.notOk(starts.some((action) => /^(s3|rds-db|elasticache):/.test(action)))
  const cleans = ['s3:DeleteObject', 's3:RestoreObject']
  for (const action of cleans) {
    t.notOk(runs.includes(action), `the API cannot ${action}`)
    t.ok(actions('worker_role', { separateWorker: true }).includes(action), `the worker can ${action}`)
    t.ok(actions('api_role').includes(action), `a task that does both can ${action}`)
  }
  t.notOk([...starts, ...runs].some((action) => action.includes('*')))
})

t.test('a shell takes the option, and is logged', async (t) => {
  t.notOk(actions('api_role').some((action) => action.startsWith('ssmmessages:')))
  t.ok(actions('api_role', { shell: true }).includes('ssmmessages:OpenDataChannel'))
  t.ok(actions('api_role', { shell: true }).includes('logs:PutLogEvents'))
  t.equal(resource('aws_ecs_service', 'api', { shell: true }).enable_execute_command, true)
})

t.test('a separate worker: its own role and service, behind no load balancer', async (t) => {
  t.strictSame(Object.keys(json().resource?.aws_ecs_service ?? {}), ['api'])
  const worker = resource('aws_ecs_service', 'worker', { separateWorker: true })
  t.match(worker, { deployment_circuit_breaker: { enable: true, rollback: true }, force_new_deployment: true })
  t.notOk(worker.load_balancer)
  const task = resource('aws_ecs_task_definition', 'worker_task', { separateWorker: true })
  t.match(String(task.container_definitions), /"ROLE" = "worker"/)
})
