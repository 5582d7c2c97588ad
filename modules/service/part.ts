import type { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group/index.js'
import { Op, Token } from 'cdktf'
import type { Construct } from 'constructs'
import type { Read } from '../inputs.ts'
import type { Entry } from '../network/security-groups.ts'
import type { cluster } from './cluster.ts'
import type { criticalTopic } from './critical-topic.ts'
import { ecsService } from './ecs-service.ts'
import type { imageTag } from './image-tag.ts'
import type { inputs } from './inputs.ts'
import type { loadBalancer } from './load-balancer.ts'
import { type executionRole, type Part, runRole } from './roles.ts'
import { taskDefinition } from './task.ts'
import { apiPort } from './timing.ts'

/** What the parts of the service have in common. */
interface Shared {
  readonly input: Read<typeof inputs>
  readonly accountId: string
  readonly region: string
  readonly entry: Entry
  readonly shell: boolean
  readonly balancer: ReturnType<typeof loadBalancer>
  readonly ecs: ReturnType<typeof cluster>
  readonly execution: ReturnType<typeof executionRole>
  readonly events: ReturnType<typeof criticalTopic>
  readonly tag: ReturnType<typeof imageTag>
  readonly image: string
  readonly logGroup: CloudwatchLogGroup
  readonly secretArns: Readonly<Record<string, string>>
}

export const taskRoleName = (name: string, part: Part): string =>
  `${name}-${part === 'worker' ? 'worker-task' : 'task'}`

/** One part of the service: its role, its task definition and its ECS service. */
export function servicePart(scope: Construct, part: Part, tasks: number, shared: Shared) {
  const { input, accountId, region, entry, shell, balancer, ecs, execution, events, tag, image, logGroup, secretArns } =
    shared
  const worker = part === 'worker'
  const id = worker ? 'worker' : 'api'
  const role = runRole(scope, `${id}_role`, part, {
    name: taskRoleName(input.name, part),
    accountId,
    permissionsBoundary: input.permissionsBoundary,
    imagesBucketArn: input.imagesBucketArn,
    secretArns: [input.apiKeyArn, input.secretKeyArn],
    kmsKeyArn: input.kmsKeyArn,
    databaseUserArn: input.databaseUserArn,
    cacheArn: input.cacheArn,
    cacheUserArn: input.cacheUserArn,
    eventsTopicArn: events.arn,
    shellLogGroupArn: shell ? ecs.shellLogs.arn : null,
  })
  const definition = taskDefinition(scope, `${id}_task`, {
    family: worker ? `${input.family}-worker` : input.family,
    cpu: input.cpu, // guide, component 2
    memory: input.memory, // guide, component 2
    architecture: input.architecture,
    executionRoleArn: execution.role.arn,
    taskRoleArn: role.role.arn,
    tag,
    containers: {
      image,
      collectorImage: input.collectorImage,
      region,
      logGroupName: logGroup.name,
      stream: id,
      variables: {
        ENVIRONMENT: input.environment, // guide 2.5, and so are the next three; FLASK_DEBUG went with Flask
        PORT: apiPort,
        RATE_LIMIT_PER_IP: input.rateLimitPerIp,
        MAX_IMAGE_SIZE_MB: input.maxImageMegabytes,
        HOST: '0.0.0.0',
        ROLE: part,
        TRUSTED_PROXY_HOPS: entry === 'internet' ? 1 : 2, // load balancer; before it CloudFront
        AWS_REGION: region,
        IMAGES_BUCKET: input.imagesBucketName,
        DATABASE_POOL_SIZE: input.databasePool,
        REDIS_REPLICATION_GROUP: input.cacheGroupId, // IAM tokens are made out to it
        EVENTS_TOPIC_ARN: events.arn, // of both parts: the API notes what the queue then delivers
        API_KEY_SECRET_ARN: input.apiKeyArn,
        SECRET_KEY_SECRET_ARN: input.secretKeyArn,
        OTEL_SERVICE_NAME: input.family,
        // Not parent-based: a caller must not make us pay for its own traces.
        OTEL_TRACES_SAMPLER: 'traceidratio',
        OTEL_TRACES_SAMPLER_ARG: Token.asNumber(Op.div(input.tracePercent, 100)),
        OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318', // the collector beside it
      },
      moreVariables: input.variables,
      secrets: secretArns,
      moreSecrets: input.secrets,
      databaseUrlArn: input.databaseUrlArn,
      masterSecretArn: input.databaseMasterSecretArn,
      migrates: !worker, // the worker waits for no migration: changes are expand, then contract
      shell,
    },
  })
  return ecsService(scope, id, {
    name: worker ? input.workerServiceName : input.serviceName,
    cluster: ecs,
    taskDefinition: definition,
    tasks,
    scaled: !worker,
    spotPercent: input.spotPercent,
    subnetIds: input.privateSubnetIds,
    securityGroupId: input.taskSecurityGroupId,
    targetGroup: worker ? null : balancer.targetGroup,
    shell,
    waitForSteadyState: input.waitForSteadyState,
    dependsOn: [role.rights, execution.rights, ...(worker ? [] : balancer.listeners)],
  })
}
