import type { Vpc } from '@cdktf/provider-aws/lib/vpc/index.js'
import { VpcEndpoint } from '@cdktf/provider-aws/lib/vpc-endpoint/index.js'
import { Fn } from 'cdktf'
import type { Construct } from 'constructs'
import { allOf, forEach, ifMade, onlyIf } from '../each.ts'
import { allow, type Groups, securityGroup } from './security-groups.ts'
import type { Layout } from './subnets.ts'

interface Settings {
  readonly vpc: Vpc
  readonly name: string
  readonly region: string
  readonly layout: Layout
  readonly groups: Groups
}

/** In Terraform's language: whether the caller wants any interface endpoint. */
const wanted = 'length(var.interface_endpoints) > 0'

/**
 * Private ways to AWS. The gateway endpoint to S3 is free and takes images and container layers off the NAT gateways.
 * An interface endpoint costs by zone and hour, so the caller names them.
 */
export function endpoints(scope: Construct, { vpc, name, region, layout, groups }: Settings): void {
  const { public: publicRoutes, private: privateRoutes, data } = layout.routes
  new VpcEndpoint(scope, 's3', {
    vpcId: vpc.id,
    serviceName: `com.amazonaws.${region}.s3`,
    vpcEndpointType: 'Gateway',
    routeTableIds: Fn.concat([[publicRoutes.id, data.id], allOf(privateRoutes, 'id')]),
    tags: { Name: `${name}-s3` },
  })
  const entry = onlyIf(securityGroup(scope, vpc, name, 'endpoints', 'Interface endpoints to AWS'), wanted)
  const rules = allow(scope, 'task_to_endpoints', groups.task.id, ifMade(entry, 'id'), 443, 'HTTPS to AWS')
  for (const rule of rules) onlyIf(rule, wanted)
  const endpoint = new VpcEndpoint(scope, 'interface', {
    vpcId: vpc.id,
    serviceName: `com.amazonaws.${region}.\${each.key}`,
    vpcEndpointType: 'Interface',
    privateDnsEnabled: true,
    subnetIds: allOf(layout.private, 'id'),
    securityGroupIds: [ifMade(entry, 'id')],
    tags: { Name: `${name}-\${each.key}` },
  })
  forEach(endpoint, 'var.interface_endpoints')
}
