import t from 'tap'
import type { ModuleFolder } from '../../modules/define.ts'
import { network } from '../../modules/network/network.ts'
import type { TerraformJson } from '../../modules/stack.ts'

const json = (folder: ModuleFolder) => JSON.parse(String(folder.files.get('main.tf.json'))) as TerraformJson
const resources = (options: Parameters<typeof network.build>[0], type: string) =>
  json(network.build(options)).resource?.[type] ?? {}

t.test('a third zone moves nothing that is there', async (t) => {
  const types = ['aws_subnet', 'aws_route_table', 'aws_route', 'aws_nat_gateway', 'aws_network_acl_rule']
  for (const type of types) {
    const before = resources({ zones: ['a', 'b'] }, type)
    const after = resources({ zones: ['c', 'a', 'b'] }, type)
    t.ok(Object.keys(before).length > 0, `there is some ${type}`)
    for (const [name, values] of Object.entries(before)) t.strictSame(after[name], values, `${type}.${name}`)
  }
})

t.test(
  'security groups: load balancer -> task on 5001, task -> database and cache, nothing else comes in',
  async (t) => {
    const rules = resources({ interfaceEndpoints: ['logs'] }, 'aws_vpc_security_group_ingress_rule')
    const entries = Object.values(rules).map((rule) => {
      const from = String(rule.referenced_security_group_id ?? rule.cidr_ipv4 ?? rule.prefix_list_id)
      return `${from} -> ${String(rule.security_group_id)} ${String(rule.from_port)}-${String(rule.to_port)}`
    })
    const group = (name: string) => `\${aws_security_group.${name}.id}`
    t.same(entries.sort(), [
      `${group('load_balancer')} -> ${group('task')} \${var.api_port}-\${var.api_port}`,
      `${group('task')} -> ${group('cache')} 6379-6379`,
      `${group('task')} -> ${group('database')} 5432-5432`,
      `${group('task')} -> ${group('endpoints')} 443-443`,
      `0.0.0.0/0 -> ${group('load_balancer')} 443-443`,
      `0.0.0.0/0 -> ${group('load_balancer')} 80-80`,
    ])
  },
)

t.test('without a domain only CloudFront comes in', async (t) => {
  const rules = Object.values(resources({ entry: 'cloudfront' }, 'aws_vpc_security_group_ingress_rule'))
  t.notOk(
    rules.some((rule) => rule.cidr_ipv4),
    'no address range',
  )
  t.equal(rules.filter((rule) => rule.prefix_list_id).length, 1)
})

t.test('database and cache open no connections, and their subnets have no way out', async (t) => {
  const egress = Object.values(resources({}, 'aws_vpc_security_group_egress_rule'))
  const from = egress.map((rule) => String(rule.security_group_id))
  t.notOk(from.some((id) => id.includes('.database.') || id.includes('.cache.')))
  const routes = Object.values(resources({}, 'aws_route'))
  t.notOk(routes.some((route) => String(route.route_table_id).includes('.data_routes.')))
  const subnets = Object.values(resources({}, 'aws_subnet'))
  t.ok(subnets.every((subnet) => subnet.map_public_ip_on_launch === false))
})

t.test('a NAT gateway per zone, a single one, or none', async (t) => {
  const targets = (nat: 'per-zone' | 'single' | 'none') =>
    Object.values(resources({ nat }, 'aws_route')).flatMap((route) => route.nat_gateway_id ?? [])
  t.same(targets('per-zone'), [`\${aws_nat_gateway.a.id}`, `\${aws_nat_gateway.b.id}`])
  t.same(targets('single'), [`\${aws_nat_gateway.a.id}`, `\${aws_nat_gateway.a.id}`])
  t.same(targets('none'), [])
})

t.test("what AWS makes with a VPC is emptied, and every subnet has its tier's ACL", async (t) => {
  const all = json(network.build()).resource ?? {}
  t.notOk('ingress' in (all.aws_default_security_group?.closed ?? {}))
  t.ok(all.aws_default_security_group?.closed)
  t.ok(all.aws_default_network_acl?.closed_acl)
  t.equal(Object.keys(all.aws_network_acl_association ?? {}).length, Object.keys(all.aws_subnet ?? {}).length)
})
