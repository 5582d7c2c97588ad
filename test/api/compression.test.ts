import { request } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { gunzipSync } from 'node:zlib'
import t from 'tap'
import { startService } from '../support/service.ts'

const service = await startService({ RATE_LIMIT_PER_IP: '100000' })
t.teardown(() => service.close())

/** `fetch` would ask for an encoding by itself, and hide what came. */
const get = (path: string, encodings?: string, method = 'GET') =>
  new Promise<{ headers: Record<string, unknown>; bytes: Buffer }>((resolve, reject) => {
    const headers = encodings === undefined ? {} : { 'accept-encoding': encodings }
    request(`${service.url}${path}`, { method, headers }, async (answer) =>
      resolve({ headers: answer.headers, bytes: await buffer(answer) }),
    )
      .once('error', reject)
      .end()
  })

t.test('an answer of some length comes in gzip to whoever takes it', async (t) => {
  const plain = await get('/openapi.json')
  for (const encodings of ['gzip', 'br, gzip;q=0.5', 'gzip, deflate, br, zstd', '*']) {
    const { headers, bytes } = await get('/openapi.json', encodings)
    t.match(headers, { 'content-encoding': 'gzip', 'content-length': String(bytes.length) }, encodings)
    t.ok(bytes.length < plain.bytes.length / 2, `${bytes.length} of ${plain.bytes.length} bytes`)
    t.same(gunzipSync(bytes), plain.bytes)
  }
  t.match(plain.headers, { vary: /Accept-Encoding/ }, 'a cache must know that it depends on it')
})

t.test('who does not take it gets it as it is', async (t) => {
  const { bytes } = await get('/openapi.json')
  for (const encodings of ['', 'identity', 'br', 'gzip;q=0', 'zstd;q=1, gzip;q=0.000']) {
    const answer = await get('/openapi.json', encodings)
    t.notHas(answer.headers, { 'content-encoding': 'gzip' }, `accept-encoding: ${encodings}`)
    t.same(answer.bytes, bytes)
  }
})

t.test('a short answer is not compressed', async (t) => {
  const { headers, bytes } = await get('/api/v1/info', 'gzip')
  t.notOk(headers['content-encoding'])
  t.ok(JSON.parse(String(bytes)))
})

t.test('HEAD tells the same headers', async (t) => {
  const { headers } = await get('/openapi.json', 'gzip')
  const head = await get('/openapi.json', 'gzip', 'HEAD')
  t.equal(head.bytes.length, 0)
  t.equal(head.headers['content-length'], headers['content-length'])
  t.equal(head.headers['content-encoding'], 'gzip')
})
