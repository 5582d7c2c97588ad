import type { FastifyInstance } from 'fastify'

declare module 'fastify' {
  interface FastifyRequest {
    /** The origin that the client called, empty where it named no host; what proxies say of it counts only where they are ours. */
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
      // HTTP/1.0: addresses are then relative to the one that was called.
      if (!this.host) return ''
      const viewer = trustedProxyHops >= 2 ? this.headers['cloudfront-forwarded-proto'] : undefined
      return `${viewer === 'https' ? 'https' : this.protocol}://${this.host}`
    },
  })
}
