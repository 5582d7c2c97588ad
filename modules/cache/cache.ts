import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group/index.js'
import { ElasticacheParameterGroup } from '@cdktf/provider-aws/lib/elasticache-parameter-group/index.js'
import { ElasticacheReplicationGroup } from '@cdktf/provider-aws/lib/elasticache-replication-group/index.js'
import { ElasticacheSubnetGroup } from '@cdktf/provider-aws/lib/elasticache-subnet-group/index.js'
import { conditional, Fn, Op, Token } from 'cdktf'
import { defineModule } from '../define.ts'
import { flag, number, text, texts } from '../inputs.ts'
import { waive } from '../waive.ts'
import { users } from './users.ts'

/** Shared counters of the rate limits (guide, component 4 and 2.2). */
export const cache = defineModule('cache', {
  description: 'Redis or Valkey on ElastiCache: encrypted, with failover, and sign-in by IAM instead of a password',
  inputs: {
    name: text('Id of the replication group', {
      pattern: ['^[a-z][a-z0-9-]{0,38}$', 'At most 39 lower-case letters, digits and hyphens.'],
    }),
    subnetGroupName: text('Name of the subnet group'),
    subnetIds: texts('Subnets without a way out', { min: 1 }),
    securityGroupId: text('Security group that lets the tasks in'),
    kmsKeyArn: text('Key that encrypts data, snapshots and logs'),
    engine: text('Redis to Valkey happens in place; the way back replaces the cache', {
      default: 'redis',
      oneOf: ['redis', 'valkey'],
    }),
    engineVersion: text('Major and minor version: 7.1 is the last of Redis on ElastiCache, Valkey goes on', {
      default: '7.1',
      pattern: ['^[0-9]+\\.[0-9]+$', 'A major and a minor version such as 7.1.'],
      rule: [
        'var.engine == "redis" ? contains(["7.0", "7.1"], value) : !startswith(value, "7.")',
        'Redis has 7.0 and 7.1; Valkey begins with 8.0.',
      ],
    }),
    nodeType: text('Node type', { default: 'cache.t4g.micro', pattern: ['^cache\\.', 'Begins with cache.'] }),
    nodes: number('Nodes; two or more fail over from zone to zone', { default: 2, min: 1, max: 6 }),
    snapshotDays: number('Days of snapshots', { default: 1, min: 0, max: 35 }),
    logDays: number('Days that the server logs are kept', { default: 30, min: 1 }),
    protection: flag('Take a last snapshot before a deletion', { default: true }),
  },
  outputs: {
    endpoint: 'Host name of the primary node',
    port: 'Port of the cache',
    groupId: 'Id of the replication group, as IAM tokens and alarms name it',
    memberIds: 'Ids of the nodes, as alarms name them',
    userName: 'User that the API signs in as, by IAM token',
    connectArns: 'What elasticache:Connect is allowed on: the replication group and the user',
  },
  resources(scope, input) {
    const family = `${input.engine}${Fn.element(Fn.split('.', input.engineVersion), 0)}`
    const subnets = new ElasticacheSubnetGroup(scope, 'subnets', {
      name: input.subnetGroupName,
      description: `Subnets of ${input.name}`,
      subnetIds: input.subnetIds,
    })
    const parameters = new ElasticacheParameterGroup(scope, 'parameters', {
      // A parameter group cannot change its family, so the name carries it and a new one is made first.
      name: `${input.name}-${family}`,
      family,
      description: `Parameters of ${input.name}`,
      // Every counter has an end: under pressure the one that ends soonest goes.
      parameter: [{ name: 'maxmemory-policy', value: 'volatile-ttl' }],
      lifecycle: { createBeforeDestroy: true },
    })
    const logs = (['slow-log', 'engine-log'] as const).map((type) => ({
      type,
      group: new CloudwatchLogGroup(scope, type.replace('-', '_'), {
        name: `/elasticache/${input.name}/${type}`,
        retentionInDays: input.logDays,
        kmsKeyId: input.kmsKeyArn,
      }),
    }))
    const access = users(scope, input.name, input.engine)
    const replicated = Op.gt(input.nodes, 1)
    const group = new ElasticacheReplicationGroup(scope, 'main', {
      replicationGroupId: input.name,
      description: 'Rate limiting for Wiko API', // guide 2.2
      engine: input.engine,
      engineVersion: input.engineVersion,
      parameterGroupName: parameters.name,
      nodeType: input.nodeType,
      numCacheClusters: input.nodes,
      automaticFailoverEnabled: replicated,
      multiAzEnabled: replicated,
      port: 6379,
      subnetGroupName: subnets.name,
      securityGroupIds: [input.securityGroupId],
      userGroupIds: [access.groupId],
      transitEncryptionEnabled: true,
      transitEncryptionMode: 'required',
      atRestEncryptionEnabled: 'true',
      kmsKeyId: input.kmsKeyArn,
      snapshotRetentionLimit: input.snapshotDays,
      snapshotWindow: '18:30-19:30', // UTC: 02:30 at the plant
      maintenanceWindow: 'sat:20:00-sat:21:00', // UTC: Sunday 04:00 at the plant, after the database's
      finalSnapshotIdentifier: Token.asString(conditional(input.protection, `${input.name}-final`, Token.nullValue())),
      autoMinorVersionUpgrade: 'true',
      applyImmediately: true,
      logDeliveryConfiguration: logs.map(({ type, group }) => ({
        destination: group.name,
        destinationType: 'cloudwatch-logs',
        logFormat: 'json',
        logType: type,
      })),
    })
    waive(
      group,
      'CKV2_AWS_50',
      'On with two nodes or more, as prod must have: an expression that the scanner does not follow',
    )
    return {
      endpoint: group.primaryEndpointAddress,
      port: group.port,
      groupId: group.replicationGroupId,
      memberIds: group.memberClusters,
      userName: access.userName,
      connectArns: [group.arn, access.userArn],
    }
  },
})
