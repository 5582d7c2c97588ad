import t from 'tap'
import { network } from '../../modules/network/network.ts'
import type { TerraformJson } from '../../modules/stack.ts'
import { resourcesByType } from '../../ops/infra/cost.ts'
import { instances } from '../../ops/infra/instances.ts'
import { makeStack } from '../../stacks/stacks.ts'

// What the module makes of its variables is tested by Terraform itself: modules/network/tests.
const json = JSON.parse(String(network.build().files.get('main.tf.json'))) as TerraformJson
const resources = (type: string) => Object.values(json.resource?.[type] ?? {})

t.test('nothing but the chain of security groups, the endpoints and the two entries comes in', async (t) => {
  const entries = resources('aws_vpc_security_group_ingress_rule').map((rule) => {
    const from = String(rule.referenced_security_group_id ?? rule.cidr_ipv4 ?? rule.prefix_list_id)
    return `${from} -> ${String(rule.security_group_id)} ${String(rule.from_port)}-${String(rule.to_port)}`
  })
  const group = (name: string) => `\${aws_security_group.${name}.id}`
  t.same(entries.sort(), [
    `${group('load_balancer')} -> ${group('task')} \${var.api_port}-\${var.api_port}`,
    `${group('task')} -> ${group('cache')} 6379-6379`,
    `${group('task')} -> ${group('database')} 5432-5432`,
    `${group('task')} -> \${one(aws_security_group.endpoints[*].id)} 443-443`,
    `\${one(data.aws_ec2_managed_prefix_list.cloudfront[*].id)} -> ${group('load_balancer')} 80-80`,
    `0.0.0.0/0 -> ${group('load_balancer')} 443-443`,
    `0.0.0.0/0 -> ${group('load_balancer')} 80-80`,
  ])
})

t.test('database and cache open no connections, and their subnets have no way out', async (t) => {
  const from = resources('aws_vpc_security_group_egress_rule').map((rule) => String(rule.security_group_id))
  t.notOk(from.some((id) => id.includes('.database.') || id.includes('.cache.')))
  t.notOk(resources('aws_route').some((route) => String(route.route_table_id).includes('.data_routes.')))
})

t.test("what AWS makes with a VPC is emptied, and every subnet has its tier's ACL", async (t) => {
  const all = json.resource ?? {}
  t.notOk('ingress' in (all.aws_default_security_group?.closed ?? {}))
  t.ok(all.aws_default_security_group?.closed)
  t.ok(all.aws_default_network_acl?.closed_acl)
  for (const tier of ['public', 'private', 'data']) {
    const association = all.aws_network_acl_association?.[`${tier}_acl_association`]
    t.match(association, {
      subnet_id: `\${aws_subnet.${tier}[each.key].id}`,
      for_each: all.aws_subnet?.[tier]?.for_each,
    })
  }
})

t.test('the number of instances follows the variables', async (t) => {
  const nat = json.resource?.aws_nat_gateway?.nat ?? {}
  const zones = ['c', 'a', 'b']
  const made = (natMode: string) => instances(nat, { zones, nat_mode: natMode })
  t.same(['per_zone', 'single', 'none'].map(made), [3, 1, 0])
  t.equal(instances({}, {}), 1)
})

t.test("each environment has the guide's zones and ways out", async (t) => {
  const count = (name: string, type: string) => resourcesByType(makeStack(name))(type).length
  t.equal(count('prod', 'aws_subnet'), 6)
  t.equal(count('prod', 'aws_nat_gateway'), 2)
  t.equal(count('staging', 'aws_nat_gateway'), 1)
})
