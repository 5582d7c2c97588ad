import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { loadConfig } from '../../api/config/config.ts'
import { createServer } from '../../api/platform/http/server.ts'
import { send, startLoad, tally, upload } from '../../fixtures/load.ts'
import { photo } from '../../fixtures/photos.ts'
import { service as serviceModule } from '../../modules/service/service.ts'
import type { TerraformJson } from '../../modules/stack.ts'
import { processStage } from '../support/process-stage.ts'

/** Clients that are slow on purpose, and requests that are no good HTTP. */
const { origin } = await processStage(t)
const port = Number(new URL(origin).port)

interface Client {
  socket: Socket
  closed: boolean
  answer: string
}

function open(to: number, text: string): Client {
  const socket = connect(to, '127.0.0.1', () => socket.write(text))
  const client: Client = { socket, closed: false, answer: '' }
  socket.setEncoding('latin1').on('data', (chunk: string) => {
    client.answer += chunk
  })
  socket.on('error', () => undefined)
  socket.once('close', () => {
    client.closed = true
  })
  return client
}

/** Sends bytes as they are and reads until the service closes. */
async function raw(text: string): Promise<string> {
  const client = open(port, text)
  if (!client.closed) await new Promise((done) => client.socket.once('close', done))
  return client.answer
}

t.test('R9 300 bodies at a byte a second: cut by their rate, and others are served meanwhile', async (t) => {
  const head =
    'POST /api/v1/analyze HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{'
  const clients = Array.from({ length: 300 }, () => open(port, head))
  const dribble = setInterval(() => {
    for (const { socket, closed } of clients) if (!closed) socket.write(' ')
  }, 1_000)
  t.teardown(() => clearInterval(dribble))
  const jpeg = await photo()
  let turn = 0
  const others = startLoad(t, 10, () =>
    turn++ % 2 === 0 ? send(`${origin}/health`) : send(`${origin}/api/v1/analyze`, upload(jpeg)),
  )
  const started = performance.now()
  while (clients.some(({ closed }) => !closed) && performance.now() - started < 30_000) await sleep(200)
  const seconds = (performance.now() - started) / 1000
  t.equal(clients.filter(({ closed }) => closed).length, 300, `all cut after ${seconds.toFixed(1)} s`)
  t.ok(clients.every(({ answer }) => /^HTTP\/1\.1 408 [\s\S]*application\/problem\+json/.test(answer)))
  const outcomes = await others.end()
  t.ok(outcomes.length > 20)
  t.same(tally(outcomes), { 200: outcomes.length })
})

t.test('R9 a connection that sends no headers is cut by their own time', async (t) => {
  const app = createServer(loadConfig({ ENVIRONMENT: 'test', LOG_LEVEL: 'silent' }))
  t.teardown(() => app.close())
  app.server.headersTimeout = 500
  await app.listen({ host: '127.0.0.1', port: 0 })
  const { port: own } = app.server.address() as { port: number }
  const clients = ['', 'GET /health HTTP/1.1\r\nHost: x\r\nX-Slow: '].map((text) => open(own, text))
  const started = performance.now()
  while (clients.some(({ closed }) => !closed) && performance.now() - started < 20_000) await sleep(100)
  t.ok(clients.every(({ closed }) => closed))
})

t.test(
  'S6 times in order: deadlines < idle of the load balancer < keep-alive < headers < a whole request',
  async (t) => {
    const config = loadConfig({ ENVIRONMENT: 'test' })
    const app = createServer(config)
    t.teardown(() => app.close())
    const stack = JSON.parse(String(serviceModule.build().files.get('main.tf.json'))) as TerraformJson
    const idle = Number(stack.resource?.aws_lb?.main?.idle_timeout) * 1000
    const azure = loadConfig({
      ENVIRONMENT: 'test',
      AZURE_AI_ENDPOINT: 'http://127.0.0.1:9',
      AZURE_AI_API_KEY: 'only-for-this-test',
    }).azure
    const { keepAliveTimeout, headersTimeout, requestTimeout } = app.server
    t.ok(config.batchTimeoutMs < idle, 'a batch')
    t.ok((azure?.timeoutMs ?? Number.NaN) < idle, 'an analysis')
    t.ok(idle < keepAliveTimeout, 'the API never closes first')
    t.ok(keepAliveTimeout < headersTimeout)
    t.ok(headersTimeout < requestTimeout)
  },
)

t.test('R10 oversize headers, an oversize URL and what is no HTTP are 4xx problems', async (t) => {
  const cases: [name: string, text: string, status: RegExp][] = [
    ['100 KB header', `GET /health HTTP/1.1\r\nHost: x\r\nX-Large: ${'a'.repeat(100_000)}\r\n\r\n`, /^HTTP\/1\.1 431 /],
    ['64 KB URL', `GET /${'a'.repeat(65_536)} HTTP/1.1\r\nHost: x\r\n\r\n`, /^HTTP\/1\.1 (431|414) /],
    [
      'a URL under the limit',
      `GET /api/v1/${'a'.repeat(8_000)} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`,
      /^HTTP\/1\.1 4(04|14) /,
    ],
    ['no HTTP', 'HELLO\r\n\r\n', /^HTTP\/1\.1 400 /],
    [
      'two lengths',
      'POST /api/v1/analyze HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n',
      /^HTTP\/1\.1 400 /,
    ],
    [
      'length and chunks',
      'POST /api/v1/analyze HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      /^HTTP\/1\.1 400 /,
    ],
  ]
  for (const [name, text, status] of cases) {
    const answer = await raw(text)
    t.match(answer, status, name)
    t.match(answer, /content-type: application\/problem\+json/i, name)
    t.match(JSON.parse(answer.slice(answer.indexOf('\r\n\r\n'))), { success: false, error: /./ }, name)
  }
  t.equal((await send(`${origin}/health`)).status, 200)
})
