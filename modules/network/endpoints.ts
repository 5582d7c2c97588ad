import type { Vpc } from '@cdktf/provider-aws/lib/vpc/index.js'
import { VpcEndpoint } from '@cdktf/provider-aws/lib/vpc-endpoint/index.js'
import type { Construct } from 'constructs'
import { allow, type Groups, securityGroup } from './security-groups.ts'
import type { Layout } from './subnets.ts'

interface Settings {
  readonly vpc: Vpc
  readonly name: string
  readonly region: string
  readonly layout: Layout
  readonly groups: Groups
  readonly services: readonly string[]
}

/**
 * Private ways to AWS. The gateway endpoint to S3 is free and takes images and container layers off the NAT gateways.
 * An interface endpoint costs by zone and hour, so each is a setting.
 */
export function endpoints(scope: Construct, { vpc, name, region, layout, groups, services }: Settings): void {
  new VpcEndpoint(scope, 's3', {
    vpcId: vpc.id,
    serviceName: `com.amazonaws.${region}.s3`,
    vpcEndpointType: 'Gateway',
    routeTableIds: layout.routeTables.map(({ id }) => id),
    tags: { Name: `${name}-s3` },
  })
  if (services.length === 0) return

  const entry = securityGroup(scope, vpc, name, 'endpoints', 'Interface endpoints to AWS')
  allow(scope, 'task_to_endpoints', groups.task, entry, 443, 'HTTPS to AWS')
  for (const service of services) {
    const id = service.replaceAll('.', '_')
    new VpcEndpoint(scope, id, {
      vpcId: vpc.id,
      serviceName: `com.amazonaws.${region}.${service}`,
      vpcEndpointType: 'Interface',
      privateDnsEnabled: true,
      subnetIds: layout.private.map((subnet) => subnet.id),
      securityGroupIds: [entry.id],
      tags: { Name: `${name}-${service}` },
    })
  }
}
