/**
 * A load balancer for tests: HTTP in turn to the registered targets that are ready, with connections that it keeps. As AWS's does, it
 * tries another target only where no connection could be made; a request that was on its way when the connection broke is a 502.
 */
import { once } from 'node:events'
import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { eventually } from './load.ts'

export interface RoundRobin {
  url: string
  /** Requests answered so far by each target, in the order in which they were registered. */
  readonly served: number[]
  /** Adds a target. Resolves once it gets requests. */
  register(origin: string): Promise<void>
  /** Sends a target no new request. Resolves once it has answered those that it had: ECS stops a task only then. */
  deregister(origin: string): Promise<void>
  close(): Promise<void>
}

interface Target {
  origin: string
  registered: boolean
  ready: boolean
  /** Requests that it has not answered yet. */
  open: number
  served: number
}

const LOOK_EVERY_MS = 200
/** Only guards against a hang: a target becomes ready and answers in far less. */
const PATIENCE_S = 60

export async function startRoundRobin(origins: readonly string[] = []): Promise<RoundRobin> {
  const agent = new Agent({ keepAlive: true })
  const targets: Target[] = []
  let turn = 0

  function add(origin: string): Target {
    const target = { origin, registered: true, ready: false, open: 0, served: 0 }
    targets.push(target)
    return target
  }

  async function look(target: Target): Promise<void> {
    const answer = await fetch(`${target.origin}/ready`, { headers: { connection: 'close' } }).catch(() => null)
    target.ready = answer?.status === 200
  }

  const lookAtAll = () => targets.filter(({ registered }) => registered).map(look)

  function next(tried: readonly Target[]): Target | undefined {
    const possible = targets.filter((target) => target.registered && !tried.includes(target))
    const ready = possible.filter((target) => target.ready)
    const choice = ready.length > 0 ? ready : possible
    return choice[turn++ % choice.length]
  }

  function forward(incoming: IncomingMessage, outgoing: ServerResponse, tried: readonly Target[]): void {
    const target = next(tried)
    if (!target) {
      outgoing.writeHead(502).end('no target could be connected')
      return
    }
    target.open++
    const { method, url, headers } = incoming
    const sent = request(`${target.origin}${url}`, { method: method ?? 'GET', headers, agent }, (response) => {
      target.served++
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
    sent.once('close', () => target.open--)
    sent.once('error', (error) => {
      if (!connected) forward(incoming, outgoing, [...tried, target])
      else if (!outgoing.headersSent) outgoing.writeHead(502).end(`the target broke off: ${error.message}`)
      else outgoing.destroy()
    })
  }

  const server = createServer((incoming, outgoing) => forward(incoming, outgoing, []))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  await Promise.all(origins.map(add).map(look))
  const looking = setInterval(lookAtAll, LOOK_EVERY_MS)
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get served() {
      return targets.map(({ served }) => served)
    },
    async register(origin) {
      const target = add(origin)
      await look(target)
      await eventually(() => target.ready, PATIENCE_S)
    },
    async deregister(origin) {
      const leaving = targets.filter((target) => target.origin === origin)
      for (const target of leaving) target.registered = false
      await eventually(() => leaving.every(({ open }) => open === 0), PATIENCE_S)
    },
    async close() {
      clearInterval(looking)
      agent.destroy()
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
