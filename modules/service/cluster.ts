import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group/index.js'
import { EcsCluster } from '@cdktf/provider-aws/lib/ecs-cluster/index.js'
import { EcsClusterCapacityProviders } from '@cdktf/provider-aws/lib/ecs-cluster-capacity-providers/index.js'
import type { Construct } from 'constructs'

interface Settings {
  readonly name: string
  readonly kmsKeyArn: string
  readonly shellLogDays: number
}

/** A cluster and what is kept of shell sessions into its tasks. */
export interface Cluster {
  readonly cluster: EcsCluster
  readonly shellLogs: CloudwatchLogGroup
  /** Before it, a service could not ask for Fargate Spot. */
  readonly providers: EcsClusterCapacityProviders
}

/** Guide 2.5, "Create ECS cluster". */
export function cluster(scope: Construct, { name, kmsKeyArn, shellLogDays }: Settings): Cluster {
  const shellLogs = new CloudwatchLogGroup(scope, 'shell_logs', {
    name: `/ecs/${name}/shell`,
    retentionInDays: shellLogDays,
    kmsKeyId: kmsKeyArn,
  })
  const ecs = new EcsCluster(scope, 'cluster', {
    name,
    setting: [{ name: 'containerInsights', value: 'enhanced' }], // metrics by task and container
    configuration: {
      executeCommandConfiguration: {
        kmsKeyId: kmsKeyArn,
        logging: 'OVERRIDE',
        logConfiguration: { cloudWatchLogGroupName: shellLogs.name, cloudWatchEncryptionEnabled: true },
      },
    },
  })
  const providers = new EcsClusterCapacityProviders(scope, 'capacity', {
    clusterName: ecs.name,
    capacityProviders: ['FARGATE', 'FARGATE_SPOT'],
  })
  return { cluster: ecs, shellLogs, providers }
}
