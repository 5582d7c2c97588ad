import type { FastifyInstance } from 'fastify'

declare module 'fastify' {
  interface FastifyRequest {
    /** The origin that the client called; what proxies say of it counts only where they are ours. */
    origin: string
  }
}

/**
 * Behind CloudFront and the load balancer (two hops) the balancer overwrites X-Forwarded-Proto with its own, plain
 * connection; what the browser used is then in CloudFront's header.
 */
export function decorateOrigin(app: FastifyInstance, trustedProxyHops: number): void {
  app.decorateRequest('origin', {
    getter() {
      const viewer = trustedProxyHops >= 2 ? this.headers['cloudfront-forwarded-proto'] : undefined
      return `${viewer === 'https' ? 'https' : this.protocol}://${this.host}`
    },
  })
}
