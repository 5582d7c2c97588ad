/** Forms of every wrong shape: a clear answer soon, and the connection is of use after it. */
import { once } from 'node:events'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { photo, photoForm } from '../../fixtures/photos.ts'
import { scriptedAnalyzer } from '../support/analyzers.ts'
import { startService } from '../support/service.ts'

const analyzer = scriptedAnalyzer()
const service = await startService({ RATE_LIMIT_PER_IP: '10000' }, { analyzer })
t.teardown(() => service.close())
const { hostname, port } = new URL(service.url)

/** Longer than any of these answers may take, with room for a busy machine. */
const SOON_MS = 30_000

/** Sends what is given, then asks for /health on the same connection; resolves to the status lines that come. */
async function onOneConnection(head: string[], body: Buffer, length = body.length): Promise<string[]> {
  const socket = connect(Number(port), hostname)
  let text = ''
  socket.setEncoding('latin1').on('data', (chunk: string) => {
    text += chunk
  })
  socket.on('error', () => undefined)
  const lines = ['POST /api/v1/analyze HTTP/1.1', `Host: ${hostname}`, `Content-Length: ${length}`, ...head, '', '']
  socket.write(lines.join('\r\n'))
  socket.write(body)
  const statuses = () => [...text.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status]) => status ?? '')
  const until = async (count: number) => {
    for (let waited = 0; waited < SOON_MS && statuses().length < count && !socket.closed; waited += 20) await sleep(20)
  }
  // A body that never ends has no answer before its sender gives up.
  if (body.length < length) socket.end()
  else await until(1)
  if (!socket.writableEnded) socket.write(`GET /health HTTP/1.1\r\nHost: ${hostname}\r\nConnection: close\r\n\r\n`)
  await Promise.race([once(socket, 'close'), sleep(SOON_MS, undefined, { ref: false })])
  const closed = socket.closed
  socket.destroy()
  return closed ? statuses() : [...statuses(), 'open']
}

const part = (name: string, value: string | Buffer, file = '') =>
  Buffer.concat([
    Buffer.from(`--x\r\nContent-Disposition: form-data; name="${name}"${file && `; filename="${file}"`}\r\n\r\n`),
    Buffer.from(value),
    Buffer.from('\r\n'),
  ])
const fields = Buffer.concat([part('product_sku', 'WK-KN-200'), part('facility', 'yangjiang')])
const END = Buffer.from('--x--\r\n')
const MULTIPART = ['Content-Type: multipart/form-data; boundary=x']

t.test('U11 a form of a wrong shape has a 4xx soon, and holds nothing up', async (t) => {
  const image = part('image', await photo(), 'a.jpg')
  const many = (one: Buffer) => Buffer.concat([...Array.from({ length: 1000 }, () => one), END])
  const forms: [name: string, body: Buffer, head?: string[]][] = [
    ['no part', END],
    ['no image', Buffer.concat([fields, END])],
    ['two images', Buffer.concat([fields, image, image, END])],
    ['1000 files', many(part('other', 'x', 'a.jpg'))],
    ['1000 images', many(part('image', 'x', 'a.jpg'))],
    ['1000 fields', many(part('station', 'x'))],
    ['an empty file', Buffer.concat([fields, part('image', '', 'a.jpg'), END])],
    ['the photo under another name', Buffer.concat([fields, part('photo', await photo(), 'a.jpg'), END])],
    ['the photo as a text field', Buffer.concat([fields, part('image', 'text'), END])],
    ['no boundary', Buffer.concat([fields, image, END]), ['Content-Type: multipart/form-data']],
    ['another boundary', Buffer.concat([fields, image, END]), ['Content-Type: multipart/form-data; boundary=y']],
    ['no end', Buffer.concat([fields, image])],
    ['cut in the head of a part', Buffer.concat([fields, image.subarray(0, 30)])],
    ['no form', Buffer.from('hello')],
  ]
  for (const [name, body, head = MULTIPART] of forms) {
    const [first, second] = await onOneConnection(head, body)
    t.match(first, /^4\d\d$/, `${name}: ${first}`)
    // After an early refusal the connection may be closed; it must not hang.
    t.match(second ?? 'closed', /^(200|closed)$/, `${name}, and then: ${second}`)
  }
  const unfinished = await onOneConnection(MULTIPART, Buffer.concat([fields, image.subarray(0, 500)]), 100_000)
  t.notOk(unfinished.includes('open'), 'a sender that gives up is let go')
  t.notOk(
    unfinished.some((status) => /^[25]/.test(status)),
    unfinished.join(),
  )

  const good = await fetch(`${service.url}/api/v1/analyze`, { method: 'POST', body: photoForm(await photo()) })
  t.equal(good.status, 200, 'a good form after all these is served')
  t.equal(analyzer.inputs.length, 1, 'none of them was analysed')
})
