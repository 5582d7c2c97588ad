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
import { allOf, forEach, oneOf } from '../each.ts'

export const zoneLetters = ['a', 'b', 'c', 'd', 'e', 'f'] as const
export type Zone = (typeof zoneLetters)[number]

/** One NAT gateway per zone (no zone depends on another), a single one in the first zone (cheaper), or none. */
export const natModes = ['per_zone', 'single', 'none'] as const
export type NatMode = (typeof natModes)[number]

/** Tiers in the order of their quarter of the VPC; the fourth quarter is spare. */
export const tiers = ['public', 'private', 'data'] as const
export type Tier = (typeof tiers)[number]

/** The subnets by tier, one per zone, and what leads out of them. */
export interface Layout extends Readonly<Record<Tier, Subnet>> {
  /** Tables of routes: one each for the public and the data tier, one per zone for the private tier. */
  readonly routes: Readonly<Record<Tier, RouteTable>>
  /** Addresses that outbound calls come from. */
  readonly natAddresses: string[]
}

interface Settings {
  readonly vpc: Vpc
  readonly name: string
  readonly region: string
}

/** The variables of the module, in Terraform's language. */
const zones = 'var.zones'
const natZones = 'var.nat_mode == "per_zone" ? var.zones : slice(var.zones, 0, var.nat_mode == "single" ? 1 : 0)'

/** Address range of a whole tier: one quarter of the VPC. */
export const tierBlock = (cidrBlock: string, tier: Tier): string => Fn.cidrsubnet(cidrBlock, 2, tiers.indexOf(tier))

/** Subnets keyed by zone letter, each in a fixed eighth of its tier, with their routes. */
export function subnets(scope: Construct, settings: Settings): Layout {
  const { vpc, name } = settings
  const layout = {
    public: subnet(scope, settings, 'public'),
    private: subnet(scope, settings, 'private'),
    data: subnet(scope, settings, 'data'),
  }
  const gateway = new InternetGateway(scope, 'internet', { vpcId: vpc.id, tags: { Name: name } })
  const table = (tier: Tier, id: string = tier) =>
    new RouteTable(scope, `${tier}_routes`, { vpcId: vpc.id, tags: { Name: `${name}-${id}` } })
  const routes = {
    public: table('public'),
    private: forEach(table('private', `private-\${each.key}`), zones),
    data: table('data'), // no route out of the VPC
  }
  for (const tier of tiers) {
    const association = new RouteTableAssociation(scope, `${tier}_association`, {
      subnetId: oneOf(layout[tier], 'id'),
      routeTableId: tier === 'private' ? oneOf(routes.private, 'id') : routes[tier].id,
    })
    forEach(association, zones)
  }
  new Route(scope, 'public_to_internet', {
    routeTableId: routes.public.id,
    destinationCidrBlock: '0.0.0.0/0',
    gatewayId: gateway.id,
  })

  const address = new Eip(scope, 'nat_address', { domain: 'vpc', tags: { Name: `${name}-nat-\${each.key}` } })
  const nat = new NatGateway(scope, 'nat', {
    allocationId: oneOf(forEach(address, natZones), 'id'),
    subnetId: oneOf(layout.public, 'id'),
    dependsOn: [gateway],
    tags: { Name: `${name}-\${each.key}` },
  })
  forEach(nat, natZones)
  const way = new Route(scope, 'private_to_nat', {
    routeTableId: oneOf(routes.private, 'id'),
    destinationCidrBlock: '0.0.0.0/0',
    natGatewayId: oneOf(nat, 'id', 'var.nat_mode == "per_zone" ? each.key : var.zones[0]'),
  })
  forEach(way, 'var.nat_mode == "none" ? [] : var.zones')
  return { ...layout, routes, natAddresses: allOf(nat, 'public_ip') }
}

function subnet(scope: Construct, { vpc, name, region }: Settings, tier: Tier): Subnet {
  const made = new Subnet(scope, tier, {
    vpcId: vpc.id,
    availabilityZone: `${region}\${each.key}`,
    // By letter, not by place in the list: a zone's range stays, whatever zones come or go.
    cidrBlock: `\${cidrsubnet(cidrsubnet(var.cidr_block, 2, ${tiers.indexOf(tier)}), 3, index(${JSON.stringify(zoneLetters)}, each.key))}`,
    mapPublicIpOnLaunch: false,
    tags: { Name: `${name}-${tier}-\${each.key}`, Tier: tier },
  })
  return forEach(made, zones)
}
