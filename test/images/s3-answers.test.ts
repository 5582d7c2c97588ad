/** An S3 that answers as other stores do: the connection to the client stays in step, and what is served is a JPEG. */
import { once } from 'node:events'
import { Agent, createServer, get, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import t from 'tap'
import { photo, photoForm } from '../../fixtures/photos.ts'
import { analysisOf } from '../support/http.ts'
import { startService } from '../support/service.ts'

/** How the picture is sent; what is put is kept. */
let send: (response: ServerResponse, bytes: Buffer) => void
const objects = new Map<string, Buffer>()

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const key = new URL(request.url ?? '', 'http://s3').pathname
  const bytes = objects.get(key)
  if (request.method === 'PUT') {
    objects.set(key, await buffer(request))
    response.writeHead(200, { etag: '"1"', 'content-length': 0 }).end()
  } else if (request.method === 'GET' && bytes) {
    send(response, bytes)
  } else {
    response.writeHead(request.method === 'HEAD' ? 200 : 404, { 'content-length': 0 }).end()
  }
}
const s3 = createServer((request, response) => void answer(request, response))
await once(s3.listen(0, '127.0.0.1'), 'listening')
t.teardown(() => {
  s3.closeAllConnections()
  s3.close()
})
process.env.AWS_ENDPOINT_URL_S3 = `http://127.0.0.1:${(s3.address() as AddressInfo).port}`
process.env.AWS_ACCESS_KEY_ID = 'test'
process.env.AWS_SECRET_ACCESS_KEY = 'test'
// The SDK would wrap the body in chunks with a checksum behind it.
process.env.AWS_REQUEST_CHECKSUM_CALCULATION = 'WHEN_REQUIRED'
const service = await startService({ IMAGES_BUCKET: 'pictures', AWS_REGION: 'us-east-1' })
t.teardown(() => service.close())

const posted = await fetch(`${service.url}/api/v1/analyze`, { method: 'POST', body: photoForm(await photo(300, 200)) })
if (posted.status !== 200) throw new Error(await posted.text())
const { defect_id } = await analysisOf(posted)
const [, whole = Buffer.alloc(0)] = [...objects].find(([key]) => key.endsWith('/image.jpg')) ?? []

interface Answer {
  status: number
  headers: IncomingMessage['headers']
  /** Null where the connection broke before the end. */
  body: Buffer | null
  port: number | undefined
}

function fetchOver(agent: Agent, path: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = get(new URL(path, service.url), { agent }, async (response) => {
      const port = response.socket.localPort
      const body = await buffer(response).catch(() => null)
      resolve({ status: response.statusCode ?? 0, headers: response.headers, body, port })
    })
    request.on('error', reject)
  })
}
const image = `/api/v1/analyses/${defect_id}/image`

const sound: Record<string, typeof send> = {
  'with its length': (response, bytes) => response.writeHead(200, { 'content-length': bytes.length }).end(bytes),
  'in chunks, without a length': (response, bytes) => {
    response.writeHead(200, { 'transfer-encoding': 'chunked' })
    response.write(bytes.subarray(0, 100))
    response.end(bytes.subarray(100))
  },
  'until the connection ends': (response, bytes) => {
    response.socket?.end(Buffer.concat([Buffer.from('HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n'), bytes]))
  },
  'under another type': (response, bytes) =>
    response.writeHead(200, { 'content-type': 'text/html', 'content-length': bytes.length }).end(bytes),
  'with more bytes than announced': (response, bytes) => {
    const head = `HTTP/1.1 200 OK\r\nContent-Length: ${bytes.length}\r\n\r\n`
    response.socket?.end(Buffer.concat([Buffer.from(head), bytes, Buffer.from('HTTP/1.1 200 OK\r\n\r\nmore')]))
  },
}

t.test('The picture arrives complete and as a JPEG, whatever the store says about length and type', async (t) => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  t.teardown(() => agent.destroy())
  const ports = new Set<number | undefined>()
  for (const [how, sent] of Object.entries(sound)) {
    send = sent
    for (let repeat = 0; repeat < 3; repeat++) {
      const { status, headers, body, port } = await fetchOver(agent, image)
      t.equal(status, 200, how)
      t.equal(headers['content-type'], 'image/jpeg', how)
      t.equal(headers['x-content-type-options'], 'nosniff', how)
      t.ok(body?.equals(whole), `${how}: ${body?.length} of ${whole.length} bytes`)
      ports.add(port)
    }
    const health = await fetchOver(agent, '/health')
    t.match(health.body?.toString(), /^\{/, `${how}: the next answer is its own`)
  }
  t.equal(ports.size, 1, 'one connection for all of it')
})

t.test('Fewer bytes than announced end the connection, so the answer does not seem complete', async (t) => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  t.teardown(() => agent.destroy())
  send = (response, bytes) => {
    response.writeHead(200, { 'content-length': bytes.length })
    response.write(bytes.subarray(0, 200), () => response.socket?.destroy())
  }
  const { body } = await fetchOver(agent, image).catch(() => ({ body: null }))
  t.equal(body, null)
  const health = await fetchOver(agent, '/health')
  t.match(health.body?.toString(), /^\{/, 'the next answer is whole')
})
