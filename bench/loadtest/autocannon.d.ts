/** Types of the parts of autocannon that the load test uses; the package has none. */
declare module 'autocannon' {
  import type { EventEmitter } from 'node:events'

  export interface AutocannonRequest {
    method: string
    path: string
    headers?: Record<string, string | number>
    body?: Buffer
    /** Called before each request. */
    setupRequest?(request: AutocannonRequest): AutocannonRequest
  }

  export interface Options {
    url: string
    /** Concurrent connections. */
    connections: number
    /** Seconds. */
    duration: number
    /** Seconds until a request times out. */
    timeout: number
    /** Requests per second over all connections. */
    overallRate: number
    headers?: Record<string, string>
    requests: AutocannonRequest[]
  }

  export interface Result {
    /** Broken connections and timeouts. */
    errors: number
    timeouts: number
    /** Bytes received. */
    throughput: { total: number }
  }

  export interface Instance extends EventEmitter {
    stop(): void
    on(event: 'response', listener: (client: unknown, status: number, bytes: number, ms: number) => void): this
    on(event: 'reqError', listener: (error: Error) => void): this
  }

  export default function autocannon(options: Options, done: (error: Error | null, result: Result) => void): Instance
}
