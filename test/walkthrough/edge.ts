import { once } from 'node:events'
import { type IncomingMessage, request, type ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { GetObjectCommand, type S3Client, S3ServiceException } from '@aws-sdk/client-s3'
import type { Behaviour } from './distribution.ts'

export interface EdgeParts {
  readonly key: string
  readonly cert: string
  /** Reads what the distribution does; asked once it was applied. */
  readonly behaviours: () => Promise<readonly Behaviour[]>
  /** Origin of the load balancer. */
  readonly balancer: string
  readonly s3: S3Client
  readonly bucket: string
}

export interface Edge {
  readonly port: number
  close(): void
}

/**
 * In the place of CloudFront: objects of the page's bucket with the headers that they were stored with and those of the distribution's
 * policies, the API's paths to the load balancer. It caches and compresses nothing.
 */
export async function startEdge({ key, cert, behaviours, balancer, s3, bucket }: EdgeParts): Promise<Edge> {
  const server = createServer({ key, cert, minVersion: 'TLSv1.2' }, (incoming, outgoing) => {
    answer(incoming, outgoing).catch((error: Error) => {
      if (!outgoing.headersSent) outgoing.writeHead(502)
      outgoing.end(error.message)
    })
  })

  let known: readonly Behaviour[] | undefined
  async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const { url = '/', method = 'GET' } = incoming
    const path = url.split('?')[0] ?? '/'
    known ??= await behaviours()
    const behaviour = known.find(({ matches }) => matches(path))
    if (!behaviour?.methods.includes(method)) return void outgoing.writeHead(403).end('not allowed here')
    if (behaviour.origin === 'load-balancer') return forward(incoming, outgoing)
    const object = behaviour.rewrite(path).slice(1)
    for (const [name, value] of Object.entries(behaviour.headers)) outgoing.setHeader(name, value)
    // The bucket's policy keeps these from CloudFront.
    if (object.startsWith('releases/')) return void outgoing.writeHead(403).end()
    try {
      const found = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: decodeURIComponent(object) }))
      if (found.ContentType) outgoing.setHeader('content-type', found.ContentType)
      if (found.CacheControl && !outgoing.hasHeader('cache-control'))
        outgoing.setHeader('cache-control', found.CacheControl)
      if (found.ETag) outgoing.setHeader('etag', found.ETag)
      outgoing.end(method === 'HEAD' ? undefined : await found.Body?.transformToByteArray())
    } catch (error) {
      if (!(error instanceof S3ServiceException)) throw error
      outgoing
        .writeHead(error.$metadata.httpStatusCode ?? 502, { 'content-type': 'application/xml' })
        .end(error.message)
    }
  }

  /** With the headers that CloudFront adds, and behind it the load balancer. */
  function forward(incoming: IncomingMessage, outgoing: ServerResponse): void {
    const { method = 'GET', url = '/', headers, socket } = incoming
    const before = headers['x-forwarded-for']
    const client = socket.remoteAddress ?? '127.0.0.1'
    const sent = request(
      `${balancer}${url}`,
      {
        method,
        headers: {
          ...headers,
          'x-forwarded-for': [...(before ? [String(before)] : []), client, '127.0.0.1'].join(', '),
          'x-forwarded-proto': 'http',
          'cloudfront-forwarded-proto': 'https',
        },
      },
      (response) => {
        outgoing.writeHead(response.statusCode ?? 502, response.headers)
        response.pipe(outgoing)
      },
    )
    sent.once('error', (error) => {
      if (!outgoing.headersSent) outgoing.writeHead(502).end(error.message)
      else outgoing.destroy()
    })
    incoming.pipe(sent)
  }

  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}
