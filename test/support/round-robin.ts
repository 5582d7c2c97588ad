/**
 * A load balancer for tests: HTTP in turn to those targets that are ready, with connections that it keeps. As AWS's does, it tries
 * another target only where no connection could be made; a request that was on its way when the connection broke is a 502.
 */
import { once } from 'node:events'
import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface RoundRobin {
  url: string
  /** Requests answered by each target so far. */
  served: number[]
  close(): Promise<void>
}

const LOOK_EVERY_MS = 200

export async function startRoundRobin(targets: readonly string[]): Promise<RoundRobin> {
  const agent = new Agent({ keepAlive: true })
  const ready = targets.map(() => false)
  const served = targets.map(() => 0)
  let turn = 0

  async function look(index: number): Promise<void> {
    const answer = await fetch(`${targets[index]}/ready`, { headers: { connection: 'close' } }).catch(() => null)
    ready[index] = answer?.status === 200
  }

  function forward(incoming: IncomingMessage, outgoing: ServerResponse, tried: number): void {
    let index = turn++ % targets.length
    for (let i = 0; i < targets.length && !ready[index]; i++) index = turn++ % targets.length
    const { method, url, headers } = incoming
    const sent = request(`${targets[index]}${url}`, { method: method ?? 'GET', headers, agent }, (response) => {
      served[index] = (served[index] ?? 0) + 1
      outgoing.writeHead(response.statusCode ?? 502, response.headers)
      response.pipe(outgoing)
    })
    let connected = false
    const begin = (): void => {
      connected = true
      incoming.pipe(sent)
    }
    sent.once('socket', (socket) => {
      if (socket.connecting) socket.once('connect', begin)
      else begin()
    })
    sent.once('error', (error) => {
      if (!connected && tried < targets.length) forward(incoming, outgoing, tried + 1)
      else if (!outgoing.headersSent) outgoing.writeHead(502).end(`the target broke off: ${error.message}`)
      else outgoing.destroy()
    })
  }

  const server = createServer((incoming, outgoing) => forward(incoming, outgoing, 1))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  await Promise.all(targets.map((_, index) => look(index)))
  const looking = setInterval(() => {
    for (const index of targets.keys()) void look(index)
  }, LOOK_EVERY_MS)
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    served,
    async close() {
      clearInterval(looking)
      agent.destroy()
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
