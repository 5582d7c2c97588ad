import { EcsService } from '@cdktf/provider-aws/lib/ecs-service/index.js'
import type { EcsTaskDefinition } from '@cdktf/provider-aws/lib/ecs-task-definition/index.js'
import type { LbTargetGroup } from '@cdktf/provider-aws/lib/lb-target-group/index.js'
import { type IResolvable, type ITerraformDependable, Op, Token } from 'cdktf'
import type { Construct } from 'constructs'
import type { Cluster } from './cluster.ts'
import { apiContainer, apiPort } from './timing.ts'

interface Settings {
  readonly name: string
  readonly cluster: Cluster
  readonly taskDefinition: EcsTaskDefinition
  /** Tasks at first; with `scaled`, autoscaling takes over from there. */
  readonly tasks: number
  readonly scaled: boolean
  readonly spotPercent: number
  readonly subnetIds: string[]
  readonly securityGroupId: string
  readonly targetGroup: LbTargetGroup | null
  readonly shell: boolean
  readonly waitForSteadyState: IResolvable
  readonly dependsOn: ITerraformDependable[]
}

/** Guide 2.5, "Create ECS service with auto-scaling". */
export function ecsService(scope: Construct, id: string, settings: Settings): EcsService {
  const { cluster, targetGroup, tasks, spotPercent } = settings
  return new EcsService(scope, id, {
    name: settings.name, // guide 2.5
    cluster: cluster.cluster.arn,
    taskDefinition: settings.taskDefinition.arn,
    desiredCount: tasks,
    platformVersion: 'LATEST', // guide 2.5
    // Guide 2.5 has launch type FARGATE; guide, cost tips: Spot for a share. The first tasks never run on Spot.
    capacityProviderStrategy: [
      { capacityProvider: 'FARGATE', base: tasks, weight: Token.asNumber(Op.sub(100, spotPercent)) },
      { capacityProvider: 'FARGATE_SPOT', weight: spotPercent },
    ],
    networkConfiguration: {
      subnets: settings.subnetIds,
      securityGroups: [settings.securityGroupId],
      assignPublicIp: false, // guide 2.5
    },
    ...(targetGroup
      ? {
          loadBalancer: [{ targetGroupArn: targetGroup.arn, containerName: apiContainer, containerPort: apiPort }], // guide 2.5
          healthCheckGracePeriodSeconds: 60, // guide 2.5
        }
      : {}),
    // Without it the provider refuses to change the capacity providers (6.x), or replaces the service (5.x).
    forceNewDeployment: true,
    // New tasks are healthy before old ones go; a version that does not come up is rolled back.
    deploymentMinimumHealthyPercent: 100,
    deploymentMaximumPercent: 200,
    deploymentCircuitBreaker: { enable: true, rollback: true },
    availabilityZoneRebalancing: 'ENABLED', // Fargate spreads over zones; this keeps it so after a zone came back
    enableExecuteCommand: settings.shell,
    enableEcsManagedTags: true,
    propagateTags: 'SERVICE',
    waitForSteadyState: settings.waitForSteadyState,
    ...(settings.scaled ? { lifecycle: { ignoreChanges: ['desired_count'] } } : {}),
    dependsOn: [cluster.providers, ...settings.dependsOn],
  })
}
