import { once } from 'node:events'
import { createServer, request } from 'node:http'

export interface LossyProxy {
  url: string
  /** Answers all with 503, as a load balancer does that has nobody behind it. */
  down: boolean
  /** How many answers of POST /analyze are still to be lost once the service has given them. */
  losses: number
  /** Idempotency-Key of each attempt, in order. */
  keys: (string | undefined)[]
  close(): void
}

/** Stands between the page and the service, as a load balancer does, and loses answers. */
export async function startLossyProxy(target: string): Promise<LossyProxy> {
  const server = createServer((near, answer) => {
    if (proxy.down) {
      near.resume()
      answer.writeHead(503, { connection: 'close' }).end('<h1>503</h1>')
      return
    }
    const isPhoto = near.method === 'POST' && near.url === '/api/v1/analyze'
    if (isPhoto) proxy.keys.push(near.headers['idempotency-key'] as string | undefined)
    const far = request(`${target}${near.url}`, { method: near.method, headers: near.headers }, (given) => {
      if (isPhoto && proxy.losses > 0) {
        proxy.losses--
        given.resume().once('end', () => near.socket.destroy())
        return
      }
      answer.writeHead(given.statusCode ?? 502, { ...given.headers, connection: 'close' })
      given.pipe(answer)
    })
    far.once('error', () => near.socket.destroy())
    near.pipe(far)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const proxy: LossyProxy = {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`,
    down: false,
    losses: 0,
    keys: [],
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
  return proxy
}
