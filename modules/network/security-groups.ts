import { DataAwsEc2ManagedPrefixList } from '@cdktf/provider-aws/lib/data-aws-ec2-managed-prefix-list/index.js'
import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group/index.js'
import type { Vpc } from '@cdktf/provider-aws/lib/vpc/index.js'
import { VpcSecurityGroupEgressRule } from '@cdktf/provider-aws/lib/vpc-security-group-egress-rule/index.js'
import { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule/index.js'
import type { TerraformResource } from 'cdktf'
import type { Construct } from 'constructs'
import { ifMade, onlyIf } from '../each.ts'
import { waive } from '../waive.ts'

/** Who may reach the load balancer: everyone by HTTPS, or CloudFront's servers only. */
export const entries = ['internet', 'cloudfront'] as const
export type Entry = (typeof entries)[number]

/** The links of the chain. */
export interface Groups {
  readonly loadBalancer: SecurityGroup
  readonly task: SecurityGroup
  readonly database: SecurityGroup
  readonly cache: SecurityGroup
}

interface Settings {
  readonly vpc: Vpc
  readonly name: string
  readonly apiPort: number
}

/** A group without rules. Replaced by making the new one first, as AWS refuses to delete one in use. */
export function securityGroup(
  scope: Construct,
  vpc: Vpc,
  name: string,
  id: string,
  description: string,
): SecurityGroup {
  return new SecurityGroup(scope, id, {
    vpcId: vpc.id,
    namePrefix: `${name}-${id.replaceAll('_', '-')}-`,
    description,
    lifecycle: { createBeforeDestroy: true },
    tags: { Name: `${name}-${id.replaceAll('_', '-')}` },
  })
}

/** Lets the group `from` open connections to the group `to` on one port: both ends of the permission. */
export function allow(
  scope: Construct,
  id: string,
  from: string,
  to: string,
  port: number,
  why: string,
): readonly TerraformResource[] {
  const rule = { ipProtocol: 'tcp', fromPort: port, toPort: port, description: why }
  return [
    new VpcSecurityGroupEgressRule(scope, `${id}_out`, {
      ...rule,
      securityGroupId: from,
      referencedSecurityGroupId: to,
    }),
    new VpcSecurityGroupIngressRule(scope, `${id}_in`, {
      ...rule,
      securityGroupId: to,
      referencedSecurityGroupId: from,
    }),
  ]
}

/** Guide, "Network Security": load balancer -> task on 5001 only, task -> database and cache, nothing else inside. */
export function securityGroups(scope: Construct, { vpc, name, apiPort }: Settings): Groups {
  const group = (id: string, description: string) => {
    const made = securityGroup(scope, vpc, name, id, description)
    waive(made, 'CKV2_AWS_5', 'Attached by the module whose resources it is for')
    return made
  }
  const groups: Groups = {
    loadBalancer: group('load_balancer', 'Load balancer of the API'),
    task: group('task', 'API tasks'),
    database: group('database', 'PostgreSQL'),
    cache: group('cache', 'Redis'),
  }
  const { loadBalancer, task, database, cache } = groups
  allow(scope, 'load_balancer_to_task', loadBalancer.id, task.id, apiPort, 'Requests and health checks')
  allow(scope, 'task_to_database', task.id, database.id, 5432, 'PostgreSQL')
  allow(scope, 'task_to_cache', task.id, cache.id, 6379, 'Redis')
  new VpcSecurityGroupEgressRule(scope, 'task_to_internet', {
    securityGroupId: groups.task.id,
    cidrIpv4: '0.0.0.0/0', // Azure OpenAI and AWS have no fixed addresses
    ipProtocol: 'tcp',
    fromPort: 443,
    toPort: 443,
    description: 'HTTPS to Azure OpenAI and AWS',
  })

  const enter = (
    id: string,
    port: number,
    from: { cidrIpv4: string } | { prefixListId: string },
    description: string,
  ) =>
    new VpcSecurityGroupIngressRule(scope, id, {
      securityGroupId: groups.loadBalancer.id,
      ...from,
      ipProtocol: 'tcp',
      fromPort: port,
      toPort: port,
      description,
    })
  const internet = 'var.entry == "internet"'
  onlyIf(enter('https', 443, { cidrIpv4: '0.0.0.0/0' }, 'HTTPS'), internet)
  const http = enter('http', 80, { cidrIpv4: '0.0.0.0/0' }, 'HTTP, answered with a redirect to HTTPS')
  waive(onlyIf(http, internet), 'CKV_AWS_260', 'Answered with a redirect to HTTPS, for people who type the name')

  const cloudfront = 'var.entry == "cloudfront"'
  const servers = new DataAwsEc2ManagedPrefixList(scope, 'cloudfront', {
    name: 'com.amazonaws.global.cloudfront.origin-facing',
  })
  onlyIf(servers, cloudfront)
  // Without a domain the load balancer can have no certificate, so CloudFront comes by HTTP.
  const entered = enter('from_cloudfront', 80, { prefixListId: ifMade(servers, 'id') }, 'CloudFront only')
  waive(onlyIf(entered, cloudfront), 'CKV_AWS_260', "Not the internet: the prefix list of CloudFront's servers")
  return groups
}
