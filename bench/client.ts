/** A camera that posts pictures over keep-alive connections. Uses plain node:http and prepared bytes to save CPU. */
import { Agent, request } from 'node:http'

/** The parts of an answer that the benchmark uses. */
export interface Answer {
  status: number
  /** Milliseconds from the first byte sent to the last byte received. */
  ms: number
  defect: boolean
  duplicate: boolean
  /** Milliseconds of the analysis and of its model calls, as reported by the service. */
  latencyMs: number
  modelLatencyMs: number
  /** Whether the answer has a Retry-After header. */
  retryAfter: boolean
  /** Error detail, unless the status is 200. */
  detail: string
}

export interface Client {
  agent: Agent
  analyze(jpeg: Buffer): Promise<Answer>
  close(): void
}

const BOUNDARY = 'wiko-bench-boundary'
const field = (name: string, value: string) =>
  `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`
const HEAD = Buffer.from(
  `${field('product_sku', 'WK-KN-200')}${field('facility', 'yangjiang')}--${BOUNDARY}\r\n` +
    'Content-Disposition: form-data; name="image"; filename="part.jpg"\r\nContent-Type: application/octet-stream\r\n\r\n',
)
const TAIL = Buffer.from(`\r\n--${BOUNDARY}--\r\n`)

interface Posted {
  status: number
  retryAfter: boolean
  text: string
}

function post(url: URL, agent: Agent, body: Buffer): Promise<Posted> {
  return new Promise((resolve, reject) => {
    const headers = {
      'content-type': `multipart/form-data; boundary=${BOUNDARY}`,
      'content-length': body.length,
    }
    const sent = request(url, { method: 'POST', agent, headers }, (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => {
        text += chunk
      })
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, retryAfter: 'retry-after' in response.headers, text }),
      )
      response.on('error', reject)
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

/** Sends a GET and reads the whole body. */
export function get(url: URL, agent: Agent): Promise<{ status: number; bytes: number; ms: number }> {
  const start = performance.now()
  return new Promise((resolve, reject) => {
    const sent = request(url, { agent }, (response) => {
      let bytes = 0
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length
      })
      response.on('end', () => resolve({ status: response.statusCode ?? 0, bytes, ms: performance.now() - start }))
      response.on('error', reject)
    })
    sent.on('error', reject).end()
  })
}

/** Creates a client. A broken connection is reported as status 0. */
export function connect(origin: string): Client {
  const url = new URL('/api/v1/analyze', origin)
  const agent = new Agent({ keepAlive: true })
  return {
    agent,
    async analyze(jpeg) {
      const body = Buffer.concat([HEAD, jpeg, TAIL])
      const start = performance.now()
      try {
        const { status, retryAfter, text } = await post(url, agent, body)
        const ms = performance.now() - start
        const { analysis = {}, detail = '' } = JSON.parse(text)
        return {
          status,
          retryAfter,
          ms,
          defect: analysis.defect_detected === true,
          duplicate: analysis.duplicate === true,
          latencyMs: analysis.latency_ms ?? Number.NaN,
          modelLatencyMs: analysis.model_latency_ms ?? Number.NaN,
          detail,
        }
      } catch (error) {
        const detail = error instanceof Error ? error.message : String(error)
        return {
          status: 0,
          retryAfter: false,
          ms: performance.now() - start,
          defect: false,
          duplicate: false,
          latencyMs: Number.NaN,
          modelLatencyMs: Number.NaN,
          detail,
        }
      }
    },
    close: () => agent.destroy(),
  }
}
