import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group/index.js'
import { DataAwsCallerIdentity } from '@cdktf/provider-aws/lib/data-aws-caller-identity/index.js'
import { DataAwsRegion } from '@cdktf/provider-aws/lib/data-aws-region/index.js'
import { Fn } from 'cdktf'
import { defineModule } from '../define.ts'
import type { Entry } from '../network/security-groups.ts'
import { cluster } from './cluster.ts'
import { criticalTopic } from './critical-topic.ts'
import { imageTag } from './image-tag.ts'
import { inputs } from './inputs.ts'
import { loadBalancer } from './load-balancer.ts'
import { servicePart, taskRoleName } from './part.ts'
import { executionRole } from './roles.ts'
import { scaling } from './scaling.ts'

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

    const events = criticalTopic(scope, {
      name: input.criticalTopicName,
      kmsKeyArn,
      publisherArn: `arn:aws:iam::${accountId}:role/${taskRoleName(input.name, separateWorker ? 'worker' : 'all')}`,
      emails: input.criticalEmails,
    })

    const shared = {
      input,
      accountId,
      region,
      entry,
      shell,
      balancer,
      ecs,
      execution,
      events,
      tag,
      image,
      logGroup,
      secretArns,
    }
    const api = servicePart(scope, separateWorker ? 'api' : 'all', input.minTasks, shared)
    if (separateWorker) servicePart(scope, 'worker', input.workerTasks, shared)
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
