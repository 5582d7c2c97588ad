import { BlockList, isIP } from 'node:net'
import type { FastifyInstance } from 'fastify'

/** Networks that no outsider can call from: loopback and private ones (RFC 1918, 6598 and 4193). */
const INTERNAL = new BlockList()
for (const [network, prefix] of [
  ['127.0.0.0', 8],
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['100.64.0.0', 10],
] as const) {
  INTERNAL.addSubnet(network, prefix, 'ipv4')
}
INTERNAL.addAddress('::1', 'ipv6')
INTERNAL.addSubnet('fc00::', 7, 'ipv6')

/**
 * For Fastify's trustProxy: which addresses are our proxies. Hop 0 is the peer of the connection, our load balancer,
 * and must have a private address. Hop 1 is the address it forwards (CloudFront, with public addresses), and so on.
 */
export const trustedProxy =
  (hops: number) =>
  (address: string, hop: number): boolean =>
    hop < hops && (hop > 0 || INTERNAL.check(address, address.includes(':') ? 'ipv6' : 'ipv4'))

/** "1.2.3.4:5678", "[2001:db8::1]:5678", "[2001:db8::1]" */
const WITH_PORT = /^(?:\[([^\]]+)\]|([^:]+))(?::\d*)?$/

/** Strips the port that some proxies add to an entry of X-Forwarded-For. Anything that is not an address stays. */
function withoutPort(entry: string): string {
  const [, ipv6, ipv4] = WITH_PORT.exec(entry.trim()) ?? []
  const address = ipv6 ?? ipv4 ?? ''
  return isIP(address) === 0 ? entry : address
}

/**
 * Limits and audit count by address, and a port would make each connection a new client. Register before any hook that
 * reads `request.ip`.
 */
export function dropForwardedPorts(app: FastifyInstance): void {
  app.addHook('onRequest', async ({ raw: { headers } }) => {
    const forwarded = headers['x-forwarded-for']
    if (typeof forwarded === 'string') headers['x-forwarded-for'] = forwarded.split(',').map(withoutPort).join(',')
  })
}
