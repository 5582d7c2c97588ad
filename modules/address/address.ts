import { Route53Record } from '@cdktf/provider-aws/lib/route53-record/index.js'
import { defineModule } from '../define.ts'
import { onlyIf } from '../each.ts'
import { flag, text } from '../inputs.ts'

/** A name that leads to CloudFront or to a load balancer (guide 3.6). */
export const address = defineModule('address', {
  description: 'DNS records that lead a name to a distribution or a load balancer',
  cost: 'none: look-ups of aliases to AWS are free (unverified).',
  inputs: {
    zoneId: text('Hosted zone of the name'),
    name: text('The name'),
    target: text("The target's own DNS name"),
    targetZoneId: text("Zone of the target's name"),
    ipv6: flag('The target has IPv6 addresses too, as CloudFront does', { default: true }),
  },
  outputs: { name: 'The name' },
  resources(scope, input) {
    const record = (type: 'A' | 'AAAA') =>
      new Route53Record(scope, type.toLowerCase(), {
        zoneId: input.zoneId,
        name: input.name,
        type, // guide 3.6 has A only
        alias: { name: input.target, zoneId: input.targetZoneId, evaluateTargetHealth: false }, // guide 3.6
      })
    record('A')
    onlyIf(record('AAAA'), 'var.ipv6')
    return { name: input.name }
  },
})
