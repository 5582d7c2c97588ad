import { request } from 'node:http'
import type { Duplex } from 'node:stream'
import { isLoopback } from '../lib/ask.ts'

const TIMEOUT_MS = 10_000

/**
 * A connection to an https origin through HTTPS_PROXY under the same conditions as Node's fetch: NODE_USE_ENV_PROXY=1 and a remote host.
 * Undefined without a proxy. Rejects if the proxy refuses.
 */
export function tunnelTo(origin: string, env = process.env): Promise<Duplex | undefined> {
  const { HTTPS_PROXY: proxy, NODE_USE_ENV_PROXY: wanted } = env
  if (!proxy || wanted !== '1' || isLoopback(origin)) return Promise.resolve(undefined)
  const { hostname, port } = new URL(origin)
  const to = `${hostname}:${port || 443}`
  return new Promise((resolve, reject) => {
    const asked = request(proxy, { method: 'CONNECT', path: to, headers: { host: to } })
    asked.setTimeout(TIMEOUT_MS, () => asked.destroy(new Error(`the proxy does not answer for ${to}`)))
    asked.once('error', reject)
    asked.once('connect', ({ statusCode }, socket) => {
      if (statusCode === 200) resolve(socket)
      else reject(new Error(`the proxy answers ${statusCode} for ${to}`))
    })
    asked.end()
  })
}
