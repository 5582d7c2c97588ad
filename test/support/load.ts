/** Load on a service: requests at a fixed rate, whatever becomes of them, as cameras send. */
import { type Agent, request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'

export interface Outcome {
  /** 0: no answer. */
  status: number
  /** Milliseconds from the first byte sent to the end of the answer. */
  ms: number
  /** performance.now() at its start. */
  at: number
  retryAfter: string | undefined
  body: string
  /** Of a request without an answer: code or words of the fault. */
  error: string
}

export interface Sent {
  method?: string
  headers?: Record<string, string | number>
  body?: Buffer
  agent?: Agent
}

/** One request; never throws. */
export function send(url: string, { method = 'GET', headers = {}, body, agent }: Sent = {}): Promise<Outcome> {
  const at = performance.now()
  return new Promise((resolve) => {
    const done = (more: Partial<Outcome>): void =>
      resolve({ status: 0, ms: performance.now() - at, at, retryAfter: undefined, body: '', error: '', ...more })
    const sent = request(url, { method, headers, ...(agent ? { agent } : {}) }, (response) => {
      const { statusCode: status = 0, headers } = response
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => {
        text += chunk
      })
      response.on('end', () => done({ status, retryAfter: headers['retry-after'], body: text }))
      response.on('error', (error) => done({ error: error.message }))
    })
    sent.on('error', (error: NodeJS.ErrnoException) => done({ error: error.code ?? error.message }))
    sent.end(body)
  })
}

const BOUNDARY = 'wiko-load-boundary'
const field = (name: string, value: string) =>
  `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`

/** Everything of a form up to the picture's first byte. */
export const formHead = Buffer.from(
  `${field('product_sku', 'WK-KN-200')}${field('facility', 'yangjiang')}${field('reanalyze', 'true')}--${BOUNDARY}\r\n` +
    'Content-Disposition: form-data; name="image"; filename="part.jpg"\r\nContent-Type: application/octet-stream\r\n\r\n',
)
const formTail = Buffer.from(`\r\n--${BOUNDARY}--\r\n`)
export const formType = { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` }

/** An upload of a photo that is analysed even if it was before. */
export function upload(jpeg: Buffer): Sent {
  const body = Buffer.concat([formHead, jpeg, formTail])
  return { method: 'POST', headers: { ...formType, 'content-length': body.length }, body }
}

export interface Load {
  /** Of the requests that are done. */
  outcomes: Outcome[]
  /** Starts no more, waits for those under way, and gives all outcomes. */
  end(): Promise<Outcome[]>
}

/** Sends so many a second until it is ended, at the latest with the test. */
export function startLoad(
  t: { teardown(end: () => void): void },
  perSecond: number,
  next: () => Promise<Outcome>,
): Load {
  const outcomes: Outcome[] = []
  const open = new Set<Promise<void>>()
  let ended = false
  t.teardown(() => {
    ended = true
  })
  const started = performance.now()
  const loop = (async () => {
    for (let count = 0; !ended; count++) {
      const due = started + (count * 1000) / perSecond
      await sleep(Math.max(0, due - performance.now()))
      if (ended) return
      const one = next().then((outcome) => void outcomes.push(outcome))
      open.add(one)
      one.finally(() => open.delete(one))
    }
  })()
  return {
    outcomes,
    async end() {
      ended = true
      await loop
      await Promise.all(open)
      return outcomes
    },
  }
}

/** Resolves once `condition` holds, asked every 100 ms; fails after `seconds`. */
export async function eventually(condition: () => Promise<boolean> | boolean, seconds = 60): Promise<void> {
  const until = performance.now() + seconds * 1000
  while (performance.now() < until) {
    if (await condition()) return
    await sleep(100)
  }
  throw new Error(`it did not come to that within ${seconds} seconds`)
}

/** How many there are of each status, and of each fault without one. */
export function tally(outcomes: readonly Outcome[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { status, error } of outcomes) {
    const name = status ? String(status) : error
    counts[name] = (counts[name] ?? 0) + 1
  }
  return counts
}
