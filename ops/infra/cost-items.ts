import { DEFECT_TYPES } from '../../api/domain/vocabulary.ts'
import { METRICS } from '../../api/platform/observability/metric-names.ts'
import type { StackResource } from '../../stacks/addresses.ts'
import { hours, type Price, prices, savings, usage } from './prices.ts'

/** One line of the estimate: a quantity of a month (least and busy) at a unit price, below a row of the guide's table, or beyond it. */
export interface CostItem {
  readonly row: string
  readonly item: string
  readonly least: number
  readonly busy: number
  readonly price: Price
}

/** Rows that the guide's table lacks: parts of the design that it names elsewhere, or that we added. */
export const beyondGuide = 'Beyond the guide'

/** The resources of a stack by type, with the arguments that the stack gives them. */
export type Resources = (type: string) => readonly StackResource['arguments'][]

/** All cost items of a stack's resources. @throws RangeError for a size that the price table lacks */
export function costItems(of: Resources): CostItem[] {
  return [
    ...fargate(of),
    ...database(of),
    ...cache(of),
    ...edge(of),
    ...observation(of),
    ...network(of),
    ...protection(of),
  ].filter(({ busy }) => busy > 0)
}

const always = (row: string, item: string, quantity: number, price: Price): CostItem => ({
  row,
  item,
  least: quantity,
  busy: quantity,
  price,
})

function fargate(of: Resources): CostItem[] {
  const row = 'ECS Fargate'
  const task = of('aws_ecs_task_definition')[0]
  const scaling = of('aws_appautoscaling_target')[0]
  if (!task || !scaling) return []
  const architecture = (task.runtime_platform as { cpu_architecture: 'ARM64' | 'X86_64' }).cpu_architecture
  const cpus = Number(task.cpu) / 1024
  const gigabytes = Number(task.memory) / 1024
  const least = Number(scaling.min_capacity)
  const more = Math.min(least * usage.busyFactor, Number(scaling.max_capacity)) - least
  const spot = spotShare(of)
  const items = (what: string, least: number, busy: number, factor: number): CostItem[] =>
    (['cpu', 'memory'] as const).map((kind) => {
      const size = kind === 'cpu' ? cpus : gigabytes
      const price = prices[kind][architecture]
      return {
        row,
        item: `${kind === 'cpu' ? 'vCPU' : 'memory'}, ${architecture}${what}`,
        least: least * size * hours,
        busy: busy * size * hours,
        price: { ...price, dollars: price.dollars * factor },
      }
    })
  return [...items('', least, least + more * (1 - spot), 1), ...items(', Spot', 0, more * spot, 1 - savings.spot.share)]
}

/** Share of the tasks over the minimum that run on Spot. */
function spotShare(of: Resources): number {
  const strategies = of('aws_ecs_service').flatMap(
    (service) =>
      (service.capacity_provider_strategy ?? []) as readonly { capacity_provider: string; weight: number | string }[],
  )
  const spot = strategies.find(({ capacity_provider: name }) => name === 'FARGATE_SPOT')
  return Number(spot?.weight ?? 0) / 100
}

function database(of: Resources): CostItem[] {
  const row = 'RDS PostgreSQL'
  return of('aws_db_instance').flatMap((instance) => {
    const copies = instance.multi_az === true ? 2 : 1
    const zones = copies === 2 ? ', Multi-AZ (two of each)' : ''
    const size = String(instance.instance_class)
    return [
      always(row, `${size}${zones}`, copies * hours, sized(prices.database, size)),
      always(row, `gp3 storage${zones}`, copies * Number(instance.allocated_storage), prices.databaseStorage),
    ]
  })
}

function cache(of: Resources): CostItem[] {
  return of('aws_elasticache_replication_group').map((group) => {
    const size = String(group.node_type)
    const redis = sized(prices.cache, size)
    // Valkey's nodes cost a fifth less (research of November 2026).
    const price = group.engine === 'valkey' ? { ...redis, dollars: redis.dollars * 0.8 } : redis
    return always('ElastiCache Redis', `${size}, ${group.engine}`, Number(group.num_cache_clusters) * hours, price)
  })
}

function edge(of: Resources): CostItem[] {
  const balancers = of('aws_lb').length
  const distributions = of('aws_cloudfront_distribution').length
  const service = of('aws_ecs_service').length > 0 ? 1 : 0
  const pictures = of('aws_s3_bucket_metric').length
  return [
    always('S3', 'images and page', service * usage.imageGigabytes, prices.objects),
    always('CloudFront', 'transfer to viewers', distributions * usage.cdnGigabytes, prices.cdnTransfer),
    always('Application Load Balancer', 'load balancer', balancers * hours, prices.loadBalancer),
    always(
      'Application Load Balancer',
      'capacity units',
      balancers * usage.capacityUnits * hours,
      prices.loadBalancerCapacity,
    ),
    always('Route 53', 'hosted zones', of('aws_route53_zone').length, prices.hostedZone),
    always('Data Transfer', 'to Azure and the internet', service * usage.outboundGigabytes, prices.internetTransfer),
    always(beyondGuide, 'S3 request metrics', pictures * 16, prices.metric),
  ]
}

/** Defects are counted by type besides. */
const ownMetrics = Object.keys(METRICS).length - 1 + DEFECT_TYPES.length

function observation(of: Resources): CostItem[] {
  const row = 'CloudWatch'
  const service = of('aws_ecs_service').length > 0 ? 1 : 0
  const watched = of('aws_cloudwatch_metric_alarm').map(({ metric_query: queries }) => {
    const metrics = ((queries ?? []) as readonly object[]).filter((query) => 'metric' in query)
    return Math.max(metrics.length, 1)
  })
  const insights = of('aws_ecs_cluster').filter(({ setting }) => JSON.stringify(setting)?.includes('enhanced')).length
  return [
    always(row, 'logs of the service', service * usage.logGigabytes, prices.logs),
    always(row, 'metrics of our own', service * ownMetrics, prices.metric),
    always(row, 'alarms', sum(watched), prices.alarm),
    always(row, 'dashboard', of('aws_cloudwatch_dashboard').length, prices.dashboard),
    always(row, 'Container Insights, enhanced', insights * usage.insightsMetrics, prices.insightsMetric),
  ]
}

function network(of: Resources): CostItem[] {
  const gateways = of('aws_nat_gateway').length
  const interfaces = of('aws_vpc_endpoint').filter(({ vpc_endpoint_type: type }) => type === 'Interface')
  const zones = of('aws_subnet').length / 3 // public, private and data
  const perZone = interfaces.length * zones
  const balancerAddresses = of('aws_lb').length === 0 ? 0 : zones // one in each
  return [
    always(beyondGuide, 'NAT gateways', gateways * hours, prices.nat),
    always(beyondGuide, 'NAT, data', Math.min(gateways, 1) * usage.outboundGigabytes, prices.natData),
    always(beyondGuide, 'interface endpoints, each zone', perZone * hours, prices.endpoint),
    always(beyondGuide, 'interface endpoints, data', Math.min(perZone, 1) * usage.logGigabytes, prices.endpointData),
    always(
      beyondGuide,
      'public addresses of NAT and load balancer',
      (of('aws_eip').length + balancerAddresses) * hours,
      prices.publicAddress,
    ),
    always(beyondGuide, 'flow logs', of('aws_flow_log').length * usage.auditLogGigabytes, prices.logs),
  ]
}

function protection(of: Resources): CostItem[] {
  const acls = of('aws_wafv2_web_acl')
  const rules = sum(acls.map(({ rule }) => (rule as readonly object[]).length))
  const secrets = of('aws_secretsmanager_secret').length
  const master = of('aws_db_instance').filter(({ manage_master_user_password: managed }) => managed === true).length
  return [
    always('Secrets Manager', 'secrets', secrets, prices.secret),
    always(beyondGuide, "RDS's own secret of its master user", master, prices.secret),
    always(beyondGuide, 'WAF: web ACL', acls.length, prices.webAcl),
    always(beyondGuide, 'WAF: rules', rules, prices.webAclRule),
    always(beyondGuide, 'WAF: requests', acls.length * usage.requestsMillions, prices.webAclRequests),
    always(beyondGuide, 'WAF: logs of blocked requests', acls.length, prices.logs),
    always(beyondGuide, 'KMS keys', of('aws_kms_key').length, prices.key),
    always(
      beyondGuide,
      'CloudTrail: reads and writes of photos',
      of('aws_cloudtrail').length * usage.objectEventsHundredThousands,
      prices.trailEvents,
    ),
    always(beyondGuide, 'CloudTrail: logs', of('aws_cloudtrail').length * usage.auditLogGigabytes, prices.logs),
    always(
      beyondGuide,
      'image registry',
      of('aws_ecr_repository').length * usage.registryGigabytes,
      prices.imageStorage,
    ),
  ]
}

function sized(table: Readonly<Record<string, Price>>, size: string): Price {
  const price = table[size]
  if (!price) throw new RangeError(`ops/infra/prices.ts has no price of ${size}; add it`)
  return price
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0)
