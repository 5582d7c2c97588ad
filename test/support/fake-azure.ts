/**
 * A fake of Azure OpenAI's v1 endpoint: POST /openai/v1/responses as the analyzer uses it. It refuses what Azure would refuse, and
 * misbehaves as told. As a process: `node test/support/fake-azure.ts --port 0 --delay-ms 2000 --defect-every 3`.
 */
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { defect, errorBody, model } from './fake-azure-behaviours.ts'
import { objection, type ResponsesRequest } from './fake-azure-rules.ts'

export const FAKE_KEY = 'fake-azure-key-0123456789abcdef0123456789abcdef'

/** What the analyzer asks for, by the name that it gives the answer's schema. */
const KINDS: Record<string, FakeCall['kind']> = { wiko_explanation: 'explain', wiko_translation: 'translate' }

export interface FakeCall {
  kind: 'detect' | 'explain' | 'translate' | 'refused'
  path: string
  headers: IncomingHttpHeaders
  body: ResponsesRequest
  /** performance.now() at its arrival. */
  at: number
  /** Becomes true where the client closed the connection before the answer. */
  cancelled: boolean
}

/** Answers one call: by returning what the model says, or by writing to the response itself. */
export type Behaviour = (call: FakeCall, response: ServerResponse) => Reply | undefined
export interface Reply {
  status?: number
  headers?: Record<string, string>
  body: unknown
}

export interface FakeAzure {
  /** Origin, for AZURE_AI_ENDPOINT. */
  url: string
  calls: FakeCall[]
  /** The most calls that were open at a time. */
  peak(): number
  /** Behaviours of the next calls, one each; then the default again. */
  script(...behaviours: Behaviour[]): void
  setDefault(behaviour: Behaviour): void
  /** Milliseconds before every answer. */
  setDelay(ms: number): void
  close(): Promise<void>
}

async function readJson(request: IncomingMessage): Promise<ResponsesRequest> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return JSON.parse(Buffer.concat(chunks).toString()) as ResponsesRequest
}

export async function startFakeAzure({ port = 0, key = FAKE_KEY, delayMs = 0 } = {}): Promise<FakeAzure> {
  const calls: FakeCall[] = []
  const scripted: Behaviour[] = []
  let fallback = model
  let delay = delayMs
  let open = 0
  let peak = 0

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const send = ({ status = 200, headers = {}, body }: Reply) =>
      response
        .writeHead(status, { 'content-type': 'application/json', 'x-request-id': `fake-${calls.length}`, ...headers })
        .end(JSON.stringify(body))

    if (request.method === 'GET' && request.url === '/calls') {
      const count = (kind: FakeCall['kind']) => calls.filter((call) => call.kind === kind).length
      return void send({ body: { detect: count('detect'), explain: count('explain') } })
    }
    const { headers, url: path = '' } = request
    if (request.method !== 'POST' || path !== '/openai/v1/responses')
      return void send({ status: 404, body: errorBody('404', 'Resource not found') })

    const body = await readJson(request)
    const kind = KINDS[body.text?.format?.name ?? ''] ?? 'detect'
    const call: FakeCall = { kind, path, headers, body, at: performance.now(), cancelled: false }
    calls.push(call)
    peak = Math.max(peak, ++open)
    response.on('close', () => {
      open--
      call.cancelled = !response.writableFinished
    })
    if (headers['api-key'] !== key && headers.authorization !== `Bearer ${key}`) {
      call.kind = 'refused'
      // OpenAI's own endpoint repeats a part of the key in this message: so do we, to see that it goes no further.
      const given = headers.authorization ?? headers['api-key']
      return void send({
        status: 401,
        body: errorBody('401', `Access denied due to invalid subscription key ${given}.`),
      })
    }
    const fault = objection(body, kind === 'detect')
    if (fault) {
      call.kind = 'refused'
      return void send({ status: 400, body: errorBody('invalid_request', fault.message, { param: fault.param }) })
    }
    const behaviour = scripted.shift() ?? fallback
    if (delay > 0) await sleep(delay)
    if (response.destroyed) return
    const reply = behaviour(call, response)
    if (reply) send(reply)
  }

  const server = createServer((request, response) => {
    serve(request, response).catch(() => response.destroy())
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    peak: () => peak,
    script: (...behaviours) => void scripted.push(...behaviours),
    setDefault: (behaviour) => {
      fallback = behaviour
    },
    setDelay: (ms) => {
      delay = ms
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '0' },
      'delay-ms': { type: 'string', default: '0' },
      /** Every nth picture has a defect; 0: none. */
      'defect-every': { type: 'string', default: '0' },
    },
  })
  const fake = await startFakeAzure({ port: Number(values.port), delayMs: Number(values['delay-ms']) })
  const every = Number(values['defect-every'])
  let pictures = 0
  fake.setDefault((call, response) => {
    call.body.input = undefined // a long run would keep every picture in memory
    const bad = call.kind === 'detect' && ++pictures % every === 0
    return (bad ? defect : model)(call, response)
  })
  console.log(fake.url)
}
