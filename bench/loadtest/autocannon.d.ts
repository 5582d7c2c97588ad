/** As much of autocannon as the load test uses; it brings no types. */
declare module 'autocannon' {
  import type { EventEmitter } from 'node:events'

  export interface AutocannonRequest {
    method: string
    path: string
    headers?: Record<string, string | number>
    body?: Buffer
    /** Called for each request that is made ready. */
    setupRequest?(request: AutocannonRequest): AutocannonRequest
  }

  export interface Options {
    url: string
    /** At a time. */
    connections: number
    /** Seconds. */
    duration: number
    /** Seconds for one answer. */
    timeout: number
    /** Requests a second of all connections. */
    overallRate: number
    headers?: Record<string, string>
    requests: AutocannonRequest[]
  }

  export interface Result {
    /** Connections that broke, and timeouts. */
    errors: number
    timeouts: number
    /** Bytes of answers. */
    throughput: { total: number }
  }

  export interface Instance extends EventEmitter {
    stop(): void
    on(event: 'response', listener: (client: unknown, status: number, bytes: number, ms: number) => void): this
    on(event: 'reqError', listener: (error: Error) => void): this
  }

  export default function autocannon(options: Options, done: (error: Error | null, result: Result) => void): Instance
}
