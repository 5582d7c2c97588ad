import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group/index.js'
import { DataAwsCallerIdentity } from '@cdktf/provider-aws/lib/data-aws-caller-identity/index.js'
import { DataAwsRegion } from '@cdktf/provider-aws/lib/data-aws-region/index.js'
import { Fn, Op, Token } from 'cdktf'
import { defineModule } from '../define.ts'
import type { Entry } from '../network/security-groups.ts'
import { cluster } from './cluster.ts'
import { criticalTopic } from './critical-topic.ts'
import { ecsService } from './ecs-service.ts'
import { imageTag } from './image-tag.ts'
import { inputs } from './inputs.ts'
import { loadBalancer } from './load-balancer.ts'
import { executionRole, type Part, runRole } from './roles.ts'
import { scaling } from './scaling.ts'
import { taskDefinition } from './task.ts'
import { apiPort } from './timing.ts'

/** Synth-time choices of the service. */
export interface ServiceOptions {
  /** Through the load balancer's own domain, or by CloudFront only. */
  readonly entry: Entry
  /** Shell and port forwarding into tasks (ECS Exec). */
  readonly shell: boolean
  /** Analyses from the queue run in a service of their own. */
  readonly separateWorker: boolean
}

const options: ServiceOptions = { entry: 'internet', shell: false, separateWorker: false }

/** The API on ECS Fargate behind a load balancer (guide, component 2 and 2.5). */
export const service = defineModule('service', {
  description: 'Load balancer, ECS cluster, tasks with their roles, autoscaling and logs',
  inputs,
  options,
  outputs: {
    loadBalancerArn: 'ARN of the load balancer, as a web ACL is attached to it',
    loadBalancerDnsName: "The load balancer's own DNS name",
    loadBalancerZoneId: 'Zone of that name, as DNS aliases need it',
    loadBalancerArnSuffix: 'How metrics name the load balancer',
    targetGroupArnSuffix: 'How metrics name the target group',
    originHeaderValue: 'Where CloudFront is the only way in: the value of its header, else empty',
    clusterName: 'Name of the cluster',
    serviceName: 'Name of the service',
    serviceArn: 'ARN of the service, as events name it',
    logGroupName: "Log group of the API's containers",
    latencyScalingPolicyArn: 'Scaling policy that the latency alarm calls',
    eventsTopicArn: 'Topic of critical verdicts',
    imageTag: 'Tag of the image that runs',
  },
  resources(scope, input, { entry, shell, separateWorker }) {
    const { accountId } = new DataAwsCallerIdentity(scope, 'current', {})
    const region = new DataAwsRegion(scope, 'region', {}).id
    const { kmsKeyArn, environment } = input

    const logGroup = new CloudwatchLogGroup(scope, 'logs', {
      name: input.logGroupName, // guide 6.1
      retentionInDays: input.logDays, // guide 6.1
      kmsKeyId: kmsKeyArn,
    })
    const balancer = loadBalancer(scope, {
      name: input.loadBalancerName,
      targetGroupName: input.targetGroupName,
      vpcId: input.vpcId,
      subnetIds: input.publicSubnetIds,
      securityGroupId: input.loadBalancerSecurityGroupId,
      certificateArn: input.certificateArn,
      logBucket: input.logBucket,
      protection: input.protection,
      entry,
    })
    const ecs = cluster(scope, { name: input.clusterName, kmsKeyArn, shellLogDays: input.shellLogDays })

    const secretArns = {
      AZURE_AI_API_KEY: input.azureApiKeyArn, // guide 2.5, and so are the next four
      API_KEY: input.apiKeyArn,
      SECRET_KEY: input.secretKeyArn,
      DATABASE_URL: input.databaseUrlArn,
      REDIS_URL: input.redisUrlArn,
    }
    const execution = executionRole(scope, {
      name: `${input.name}-task-execution`,
      permissionsBoundary: input.permissionsBoundary,
      repositoryArn: `arn:aws:ecr:${region}:${accountId}:repository/${input.repository}`,
      logGroupArn: logGroup.arn,
      secretArns: Fn.concat([[...Object.values(secretArns), input.databaseMasterSecretArn], Fn.values(input.secrets)]),
      kmsKeyArn,
    })
    const tag = imageTag(scope, input.imageTag, input.clusterName)
    const image = `${accountId}.dkr.ecr.${region}.amazonaws.com/${input.repository}:${tag.value}`

    const roleName = (part: Part) => `${input.name}-${part === 'worker' ? 'worker-task' : 'task'}`
    const events = criticalTopic(scope, {
      name: input.criticalTopicName,
      kmsKeyArn,
      publisherArn: `arn:aws:iam::${accountId}:role/${roleName(separateWorker ? 'worker' : 'all')}`,
      emails: input.criticalEmails,
    })

    /** The service of one part: its role, its task definition and itself. */
    const run = (part: Part, tasks: number) => {
      const worker = part === 'worker'
      const id = worker ? 'worker' : 'api'
      const role = runRole(scope, `${id}_role`, part, {
        name: roleName(part),
        accountId,
        permissionsBoundary: input.permissionsBoundary,
        imagesBucketArn: input.imagesBucketArn,
        secretArns: [input.apiKeyArn, input.secretKeyArn],
        kmsKeyArn,
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
            ENVIRONMENT: environment, // guide 2.5, and so are the next three; FLASK_DEBUG went with Flask
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
    const api = run(separateWorker ? 'api' : 'all', input.minTasks)
    if (separateWorker) run('worker', input.workerTasks)
    tag.remember(api)
    const latencyScalingPolicyArn = scaling(scope, {
      clusterName: input.clusterName,
      serviceName: api.name,
      environment,
      minTasks: input.minTasks,
      maxTasks: input.maxTasks,
      cpuTarget: input.cpuTarget,
      memoryTarget: input.memoryTarget,
      inFlightTarget: input.inFlightTarget,
    })
    return {
      loadBalancerArn: balancer.lb.arn,
      loadBalancerDnsName: balancer.lb.dnsName,
      loadBalancerZoneId: balancer.lb.zoneId,
      loadBalancerArnSuffix: balancer.lb.arnSuffix,
      targetGroupArnSuffix: balancer.targetGroup.arnSuffix,
      originHeaderValue: balancer.originHeaderValue,
      clusterName: ecs.cluster.name,
      serviceName: api.name,
      serviceArn: `arn:aws:ecs:${region}:${accountId}:service/${input.clusterName}/${input.serviceName}`,
      logGroupName: logGroup.name,
      latencyScalingPolicyArn,
      eventsTopicArn: events.arn,
      imageTag: tag.value,
    }
  },
})
