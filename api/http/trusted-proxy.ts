import { BlockList } from 'node:net'

/** Addresses that no stranger can call from: this machine, and private networks (RFC 1918, 6598 and 4193). */
const INSIDE = new BlockList()
for (const [network, prefix] of [
  ['127.0.0.0', 8],
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['100.64.0.0', 10],
] as const) {
  INSIDE.addSubnet(network, prefix, 'ipv4')
}
INSIDE.addAddress('::1', 'ipv6')
INSIDE.addSubnet('fc00::', 7, 'ipv6')

/**
 * For Fastify's trustProxy: which addresses are proxies of ours. Hop 0 is the peer of the connection, our load balancer,
 * and must be inside; hop 1 is whom it names (CloudFront, with public addresses), and so on for as many as there are.
 */
export const trustedProxy =
  (hops: number) =>
  (address: string, hop: number): boolean =>
    hop < hops && (hop > 0 || INSIDE.check(address, address.includes(':') ? 'ipv6' : 'ipv4'))
