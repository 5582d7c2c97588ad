import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group/index.js'
import { DataAwsCallerIdentity } from '@cdktf/provider-aws/lib/data-aws-caller-identity/index.js'
import { DataAwsRegion } from '@cdktf/provider-aws/lib/data-aws-region/index.js'
import { DefaultNetworkAcl } from '@cdktf/provider-aws/lib/default-network-acl/index.js'
import { DefaultRouteTable } from '@cdktf/provider-aws/lib/default-route-table/index.js'
import { DefaultSecurityGroup } from '@cdktf/provider-aws/lib/default-security-group/index.js'
import { FlowLog } from '@cdktf/provider-aws/lib/flow-log/index.js'
import { IamRole } from '@cdktf/provider-aws/lib/iam-role/index.js'
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy/index.js'
import { Vpc } from '@cdktf/provider-aws/lib/vpc/index.js'
import { defineModule } from '../define.ts'
import { allOf } from '../each.ts'
import { permissionsBoundary, policy, trust } from '../iam.ts'
import { number, text, textSet, texts } from '../inputs.ts'
import { networkAcls } from './acls.ts'
import { endpoints } from './endpoints.ts'
import { entries, securityGroups } from './security-groups.ts'
import { natModes, subnets, zoneLetters } from './subnets.ts'

/** VPC with public, private and data subnets, and the chain load balancer -> task -> database and cache. */
export const network = defineModule('network', {
  description: 'VPC, subnets, NAT, network ACLs, flow logs, endpoints and the chain of security groups',
  inputs: {
    name: text('Prefix of every name', {
      pattern: ['^[a-z][a-z0-9-]{1,24}$', 'Lower-case letters, digits and hyphens, 2 to 25 characters.'],
    }),
    cidrBlock: text('Address range of the VPC; each tier gets a quarter of it', {
      default: '10.20.0.0/16',
      rule: [
        'can(cidrhost(value, 0)) && try(tonumber(split("/", value)[1]) >= 16 && tonumber(split("/", value)[1]) <= 22, false)',
        'Must be an IPv4 range from /16 to /22, such as 10.20.0.0/16.',
      ],
    }),
    zones: texts(
      "Availability zones by letter; the first holds a single NAT gateway. A zone's address ranges stay, whatever zones come or go",
      {
        default: ['a', 'b'],
        rule: [
          `length(value) >= 2 && length(distinct(value)) == length(value) && alltrue([for zone in value : contains(${JSON.stringify(zoneLetters)}, zone)])`,
          'Must be two or more different letters from a to f, such as ["a", "b", "c"].',
        ],
      },
    ),
    natMode: text('NAT gateways: one in each zone, a single one (cheaper; its zone takes the others down), or none', {
      default: 'per_zone',
      oneOf: natModes,
    }),
    interfaceEndpoints: textSet(
      'AWS services reached by an interface endpoint, such as logs; S3 has a free one always',
      {
        default: [],
        rule: [
          'alltrue([for service in value : can(regex("^[a-z0-9.-]+$", service)) && service != "s3"])',
          'Must be names of services such as ecr.api; s3 has its gateway endpoint already.',
        ],
      },
    ),
    entry: text("Who reaches the load balancer: the internet by HTTPS, or CloudFront's servers only", {
      default: 'internet',
      oneOf: entries,
    }),
    flowLogDays: number('Days that flow logs are kept', { default: 365, min: 1 }),
    permissionsBoundary,
    kmsKeyArn: text('Key that encrypts the flow logs (default: the key of CloudWatch Logs)', { default: null }),
    apiPort: number('Port that the API listens on', { default: 5001, min: 1024, max: 65535 }),
  },
  outputs: {
    vpcId: 'Id of the VPC',
    publicSubnetIds: 'Subnets of the load balancer, one per zone',
    privateSubnetIds: 'Subnets of the tasks, one per zone; outbound through NAT',
    dataSubnetIds: 'Subnets of database and cache, one per zone; no way out',
    natAddresses: 'Public addresses that our calls come from: what a partner puts on its allow list',
    loadBalancerSecurityGroupId: 'Security group of the load balancer',
    taskSecurityGroupId: 'Security group of the tasks',
    databaseSecurityGroupId: 'Security group of the database',
    cacheSecurityGroupId: 'Security group of the cache',
  },
  resources(scope, input) {
    const account = new DataAwsCallerIdentity(scope, 'current', {})
    const region = new DataAwsRegion(scope, 'region', {})
    const vpc = new Vpc(scope, 'main', {
      cidrBlock: input.cidrBlock,
      enableDnsSupport: true,
      enableDnsHostnames: true, // interface endpoints answer under the services' own names
      tags: { Name: input.name },
    })

    // What AWS makes with each VPC allows everything: emptied, so that nothing works by accident.
    new DefaultSecurityGroup(scope, 'closed', { vpcId: vpc.id, tags: { Name: `${input.name}-closed` } })
    new DefaultNetworkAcl(scope, 'closed_acl', {
      defaultNetworkAclId: vpc.defaultNetworkAclId,
      tags: { Name: `${input.name}-closed` },
    })
    new DefaultRouteTable(scope, 'closed_routes', {
      defaultRouteTableId: vpc.defaultRouteTableId,
      tags: { Name: `${input.name}-closed` },
    })

    const layout = subnets(scope, { vpc, name: input.name, region: region.id })
    networkAcls(scope, { vpc, name: input.name, cidrBlock: input.cidrBlock, apiPort: input.apiPort, layout })
    const groups = securityGroups(scope, { vpc, name: input.name, apiPort: input.apiPort })
    endpoints(scope, { vpc, name: input.name, region: region.id, layout, groups })

    const flowLogs = new CloudwatchLogGroup(scope, 'flow_logs', {
      name: `/vpc/${input.name}/flow-logs`,
      retentionInDays: input.flowLogDays,
      kmsKeyId: input.kmsKeyArn,
    })
    const writer = new IamRole(scope, 'flow_log_writer', {
      namePrefix: `${input.name}-flow-logs-`,
      permissionsBoundary: input.permissionsBoundary,
      // https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html
      assumeRolePolicy: trust('vpc-flow-logs.amazonaws.com', account.accountId),
    })
    new IamRolePolicy(scope, 'write_flow_logs', {
      role: writer.id,
      policy: policy([
        {
          sid: 'WriteFlowLogs',
          actions: ['logs:CreateLogStream', 'logs:PutLogEvents', 'logs:DescribeLogStreams'],
          resources: [`${flowLogs.arn}:*`],
        },
      ]),
    })
    new FlowLog(scope, 'all', {
      vpcId: vpc.id,
      trafficType: 'ALL',
      logDestination: flowLogs.arn,
      iamRoleArn: writer.arn,
      tags: { Name: input.name },
    })

    return {
      vpcId: vpc.id,
      publicSubnetIds: allOf(layout.public, 'id'),
      privateSubnetIds: allOf(layout.private, 'id'),
      dataSubnetIds: allOf(layout.data, 'id'),
      natAddresses: layout.natAddresses,
      loadBalancerSecurityGroupId: groups.loadBalancer.id,
      taskSecurityGroupId: groups.task.id,
      databaseSecurityGroupId: groups.database.id,
      cacheSecurityGroupId: groups.cache.id,
    }
  },
})
