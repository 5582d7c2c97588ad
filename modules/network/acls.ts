import { NetworkAcl } from '@cdktf/provider-aws/lib/network-acl/index.js'
import { NetworkAclAssociation } from '@cdktf/provider-aws/lib/network-acl-association/index.js'
import { NetworkAclRule } from '@cdktf/provider-aws/lib/network-acl-rule/index.js'
import type { Vpc } from '@cdktf/provider-aws/lib/vpc/index.js'
import type { Construct } from 'constructs'
import { forEach, oneOf } from '../each.ts'
import { waive } from '../waive.ts'
import { type Layout, type Tier, tierBlock, tiers } from './subnets.ts'

interface Rule {
  /** TCP ports, both ends included. */
  readonly ports: readonly [from: number, to: number]
  readonly cidr: string
}

interface Settings {
  readonly vpc: Vpc
  readonly name: string
  readonly cidrBlock: string
  readonly apiPort: number
  readonly layout: Layout
}

const internet = '0.0.0.0/0'
/** Answers come back to the caller's ephemeral port; NAT gateways and the load balancer use this whole range. */
const answers = [1024, 65535] as const

/**
 * A network ACL per tier, behind the security groups. ACLs keep no state, so each direction lists its answers.
 * DNS and the metadata service are not filtered by ACLs.
 */
export function networkAcls(scope: Construct, { vpc, name, cidrBlock, apiPort, layout }: Settings): void {
  const block = (tier: Tier) => tierBlock(cidrBlock, tier)
  const api = [apiPort, apiPort] as const
  const rules: Readonly<Record<Tier, { ingress: readonly Rule[]; egress: readonly Rule[] }>> = {
    public: {
      ingress: [
        { ports: [443, 443], cidr: internet },
        { ports: [80, 80], cidr: internet }, // redirected to HTTPS, or CloudFront's way in where there is no domain
        { ports: answers, cidr: internet },
      ],
      egress: [
        { ports: [443, 443], cidr: internet }, // the NAT gateways' calls
        { ports: api, cidr: block('private') },
        { ports: answers, cidr: internet },
      ],
    },
    private: {
      ingress: [
        { ports: api, cidr: block('public') },
        { ports: [443, 443], cidr: block('private') }, // interface endpoints
        { ports: answers, cidr: internet },
      ],
      egress: [
        { ports: [443, 443], cidr: internet },
        { ports: [5432, 5432], cidr: block('data') },
        { ports: [6379, 6379], cidr: block('data') },
        { ports: answers, cidr: block('public') },
        { ports: answers, cidr: block('private') },
      ],
    },
    data: {
      ingress: [
        { ports: [5432, 5432], cidr: block('private') },
        { ports: [6379, 6379], cidr: block('private') },
        { ports: [1024, 65535], cidr: block('data') }, // the cache's nodes copy to one another
      ],
      egress: [
        { ports: answers, cidr: block('private') },
        { ports: [1024, 65535], cidr: block('data') },
      ],
    },
  }

  for (const tier of tiers) {
    const acl = new NetworkAcl(scope, `${tier}_acl`, { vpcId: vpc.id, tags: { Name: `${name}-${tier}` } })
    waive(acl, 'CKV2_AWS_1', 'Attached by aws_network_acl_association, one for each subnet')
    const association = new NetworkAclAssociation(scope, `${tier}_acl_association`, {
      networkAclId: acl.id,
      subnetId: oneOf(layout[tier], 'id'),
    })
    forEach(association, 'var.zones')
    for (const direction of ['ingress', 'egress'] as const) {
      rules[tier][direction].forEach(({ ports: [from, to], cidr }, index) => {
        const number = (index + 1) * 100
        const rule = new NetworkAclRule(scope, `${tier}_${direction}_${number}`, {
          networkAclId: acl.id,
          egress: direction === 'egress',
          ruleNumber: number,
          protocol: 'tcp',
          ruleAction: 'allow',
          cidrBlock: cidr,
          fromPort: from,
          toPort: to,
        })
        if (direction === 'ingress' && cidr === internet && from < 3389 && to > 3389) {
          waive(
            rule,
            'CKV_AWS_231',
            'Answers come back to any ephemeral port; the security groups, which keep state, let no call in',
          )
        }
      })
    }
  }
}
