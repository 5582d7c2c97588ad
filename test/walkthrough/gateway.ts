import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { buffer } from 'node:stream/consumers'

/** Where names lead. */
export interface Routes {
  /** Port of the simulated account, which is a proxy. */
  readonly account: number
  /** Port of the stand-in for CloudFront, which speaks TLS; it is started after this. */
  readonly edge: () => number
}

export interface Gateway {
  readonly url: string
  close(): void
}

const ESTABLISHED = 'HTTP/1.1 200 Connection Established\r\n\r\n'
const isEdge = (host: string) => host.endsWith('.cloudfront.net')
const isAws = (host: string) => host.endsWith('.amazonaws.com')

/**
 * The way out of the walk-through, as HTTP_PROXY, HTTPS_PROXY and AWS_ENDPOINT_URL: names of AWS lead to the simulated account, those of
 * distributions to the stand-in for CloudFront, all others (npm, Terraform's registry) to where they always do.
 */
export async function startGateway({ account, edge }: Routes): Promise<Gateway> {
  const server = createServer((incoming, outgoing) => {
    answer(incoming, outgoing).catch((error: Error) => {
      if (!outgoing.headersSent) outgoing.writeHead(502)
      outgoing.end(error.message)
    })
  })

  async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const { url = '/', headers, method = 'GET' } = incoming
    if (!url.startsWith('/')) {
      incoming.pipe(request(url, { method, headers }, (response) => relay(response, outgoing)))
      return
    }
    // A call by AWS_ENDPOINT_URL: the signature says for which service.
    const [, region = '', service = ''] =
      /Credential=[^/]+\/\d+\/([^/]+)\/([^/]+)/.exec(headers.authorization ?? '') ?? []
    if (!service) return void outgoing.writeHead(400).end('a call of AWS without a signature')
    const name = service === 'ecr' ? 'api.ecr' : service
    const host = service === 'cloudfront' ? 'cloudfront.amazonaws.com' : `${name}.${region}.amazonaws.com`
    const body = await buffer(incoming)
    const { 'transfer-encoding': _, connection: __, ...kept } = headers
    const sent = request(
      {
        ...{ host: '127.0.0.1', port: account, method, path: `http://${host}${url}` },
        headers: { ...kept, host, 'content-length': String(body.length) },
      },
      (response) => relay(response, outgoing),
    )
    sent.once('error', () => outgoing.destroy())
    sent.end(body)
  }

  // All behaviours of the distribution redirect plain http (viewer_protocol_policy).
  const redirects = createServer(({ url, headers }, response) => {
    response.writeHead(301, { location: `https://${headers.host}${url}` }).end()
  })

  server.on('connect', ({ url = '' }: IncomingMessage, client: Duplex, head: Buffer) => {
    const [host = '', port = '443'] = url.split(':')
    if (isEdge(host) && port === '80') {
      client.write(ESTABLISHED)
      return void redirects.emit('connection', client)
    }
    const through = isAws(host)
    const socket = through
      ? connect(account, '127.0.0.1')
      : isEdge(host)
        ? connect(edge(), '127.0.0.1')
        : connect(Number(port), host)
    const join = () => {
      socket.write(head)
      socket.pipe(client).pipe(socket)
    }
    for (const [one, other] of [
      [socket, client],
      [client, socket],
    ] as const) {
      one.on('error', () => other.destroy())
      one.on('close', () => other.destroy())
    }
    socket.once('connect', () => {
      if (through) {
        // The account is a proxy itself: its own answer to CONNECT is passed on.
        socket.write(`CONNECT ${url} HTTP/1.1\r\nHost: ${url}\r\n\r\n`)
      } else client.write(ESTABLISHED)
      join()
    })
  })
  server.on('clientError', (_error, socket: Socket) => socket.destroy())
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}

function relay(response: IncomingMessage, outgoing: ServerResponse): void {
  const { connection: _, 'transfer-encoding': __, ...headers } = response.headers
  outgoing.writeHead(response.statusCode ?? 502, headers)
  response.pipe(outgoing)
}
