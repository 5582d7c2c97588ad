import { Eip } from '@cdktf/provider-aws/lib/eip/index.js'
import { InternetGateway } from '@cdktf/provider-aws/lib/internet-gateway/index.js'
import { NatGateway } from '@cdktf/provider-aws/lib/nat-gateway/index.js'
import { Route } from '@cdktf/provider-aws/lib/route/index.js'
import { RouteTable } from '@cdktf/provider-aws/lib/route-table/index.js'
import { RouteTableAssociation } from '@cdktf/provider-aws/lib/route-table-association/index.js'
import { Subnet } from '@cdktf/provider-aws/lib/subnet/index.js'
import type { Vpc } from '@cdktf/provider-aws/lib/vpc/index.js'
import { Fn } from 'cdktf'
import type { Construct } from 'constructs'

const zoneLetters = ['a', 'b', 'c', 'd', 'e', 'f'] as const
export type Zone = (typeof zoneLetters)[number]
/** One NAT gateway per zone (no zone depends on another), a single one (cheaper), or none. */
export type NatMode = 'per-zone' | 'single' | 'none'

/** Tiers in the order of their quarter of the VPC; the fourth quarter is spare. */
export const tiers = ['public', 'private', 'data'] as const
export type Tier = (typeof tiers)[number]

/** The subnets by tier, their route tables, and the addresses that outbound calls come from. */
export interface Layout extends Readonly<Record<Tier, readonly Subnet[]>> {
  readonly routeTables: readonly RouteTable[]
  readonly natAddresses: readonly string[]
}

interface Settings {
  readonly vpc: Vpc
  readonly name: string
  readonly cidrBlock: string
  readonly region: string
  readonly zones: readonly Zone[]
  readonly nat: NatMode
}

/** Address range of a whole tier: one quarter of the VPC. */
export const tierBlock = (cidrBlock: string, tier: Tier): string => Fn.cidrsubnet(cidrBlock, 2, tiers.indexOf(tier))

/** Subnets keyed by zone letter, each in a fixed eighth of its tier, with their routes. */
export function subnets(scope: Construct, settings: Settings): Layout {
  const { vpc, name, zones, nat } = settings
  const make = (tier: Tier) => zones.map((zone) => subnet(scope, settings, tier, zone))
  const layout = { public: make('public'), private: make('private'), data: make('data') }

  const gateway = new InternetGateway(scope, 'internet', { vpcId: vpc.id, tags: { Name: name } })
  const table = (id: string) =>
    new RouteTable(scope, `${id}_routes`, { vpcId: vpc.id, tags: { Name: `${name}-${id}` } })
  const attach = (id: string, to: Subnet, routes: RouteTable) =>
    new RouteTableAssociation(scope, `${id}_association`, { subnetId: to.id, routeTableId: routes.id })

  const publicRoutes = table('public')
  new Route(scope, 'public_to_internet', {
    routeTableId: publicRoutes.id,
    destinationCidrBlock: '0.0.0.0/0',
    gatewayId: gateway.id,
  })
  const dataRoutes = table('data') // no route out of the VPC
  const natZones = { 'per-zone': zones, single: zones.slice(0, 1), none: [] }[nat]
  const gateways = new Map(
    natZones.map((zone) => [zone, natGateway(scope, name, zone, layout.public[zones.indexOf(zone)], gateway)]),
  )

  const privateRoutes = zones.map((zone, index) => {
    const routes = table(`private_${zone}`)
    const way = gateways.get(zone) ?? [...gateways.values()][0]
    if (way) {
      new Route(scope, `private_${zone}_to_nat`, {
        routeTableId: routes.id,
        destinationCidrBlock: '0.0.0.0/0',
        natGatewayId: way.id,
      })
    }
    for (const [tier, via] of [
      ['public', publicRoutes],
      ['private', routes],
      ['data', dataRoutes],
    ] as const) {
      const to = layout[tier][index]
      if (to) attach(`${tier}_${zone}`, to, via)
    }
    return routes
  })
  return {
    ...layout,
    routeTables: [publicRoutes, ...privateRoutes, dataRoutes],
    natAddresses: [...gateways.values()].map((way) => way.publicIp),
  }
}

function subnet(scope: Construct, { vpc, name, cidrBlock, region }: Settings, tier: Tier, zone: Zone): Subnet {
  return new Subnet(scope, `${tier}_${zone}`, {
    vpcId: vpc.id,
    availabilityZone: `${region}${zone}`,
    cidrBlock: Fn.cidrsubnet(tierBlock(cidrBlock, tier), 3, zoneLetters.indexOf(zone)),
    mapPublicIpOnLaunch: false,
    tags: { Name: `${name}-${tier}-${zone}`, Tier: tier },
  })
}

function natGateway(scope: Construct, name: string, zone: Zone, subnet: Subnet | undefined, gateway: InternetGateway) {
  if (!subnet) throw new Error(`zone ${zone} has no public subnet`)
  const address = new Eip(scope, `nat_${zone}`, { domain: 'vpc', tags: { Name: `${name}-nat-${zone}` } })
  return new NatGateway(scope, zone, {
    allocationId: address.id,
    subnetId: subnet.id,
    dependsOn: [gateway],
    tags: { Name: `${name}-${zone}` },
  })
}
