import type { FastifyInstance } from 'fastify'

declare module 'fastify' {
  interface FastifyRequest {
    /**
     * The origin that the client called; empty if it named no host. Forwarded headers count only from our own proxies.
     */
    origin: string
  }
}

/**
 * Behind CloudFront and the load balancer (two hops), the load balancer overwrites X-Forwarded-Proto with the protocol
 * of its own, plain connection. CloudFront's header has the browser's.
 */
export function decorateOrigin(app: FastifyInstance, trustedProxyHops: number): void {
  app.decorateRequest('origin', {
    getter() {
      // HTTP/1.0: URLs become relative to the one that was called.
      if (!this.host) return ''
      const viewer = trustedProxyHops >= 2 ? this.headers['cloudfront-forwarded-proto'] : undefined
      return `${viewer === 'https' ? 'https' : this.protocol}://${this.host}`
    },
  })
}
