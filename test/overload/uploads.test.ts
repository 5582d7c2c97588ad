import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { connect } from 'node:net'
import sharp from 'sharp'
import t from 'tap'
import { formHead, formType, send, startLoad, tally, upload } from '../../fixtures/load.ts'
import { photo } from '../../fixtures/photos.ts'
import { HAS_PROC, memoryOf } from '../../fixtures/processes.ts'
import { processStage } from '../support/process-stage.ts'

/** Bodies that are large, many, or without end, against a service that must stay small. */
const MB = 1024 * 1024
const skip = HAS_PROC ? false : 'there is no /proc to read the memory from'
const { origin, service } = await processStage(t)
const analyze = `${origin}/api/v1/analyze`
const { port } = new URL(origin)

/** Writes a head and then a chunk again and again until the service ends it. Resolves to what was answered and what was sent. */
async function stream(head: string, first: Buffer, most: number): Promise<{ answer: string; sent: number }> {
  const socket = connect(Number(port), '127.0.0.1')
  await once(socket, 'connect')
  const ended = new Promise<void>((resolve) => {
    socket.once('close', () => resolve())
    socket.on('error', () => resolve())
  })
  let answer = ''
  socket.setEncoding('latin1').on('data', (text: string) => {
    answer += text
  })
  let open = true
  void ended.then(() => {
    open = false
  })
  const chunk = (bytes: Buffer): Buffer =>
    Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from('\r\n')])
  socket.write(head)
  socket.write(chunk(first))
  const filler = chunk(Buffer.alloc(256 * 1024, 7))
  let sent = 0
  while (open && sent < most) {
    sent += 256 * 1024
    if (!socket.write(filler)) await Promise.race([once(socket, 'drain').catch(() => undefined), ended])
  }
  await Promise.race([ended, new Promise((done) => setTimeout(done, 2_000).unref())])
  socket.destroy()
  return { answer, sent }
}

t.test('U4 a body without end is answered at the limit and then cut', { skip }, async (t) => {
  t.equal((await send(analyze, upload(await photo()))).status, 200)
  const before = memoryOf(service.pid, 'VmRSS')
  const bodies = {
    'a picture in a form': [formType['content-type'], formHead],
    'another file in a form': [formType['content-type'], Buffer.from(String(formHead).replace('"image"', '"other"'))],
    'a form without a part': [formType['content-type'], Buffer.from('preamble')],
    JSON: ['application/json', Buffer.from('{"image":"')],
  } as const
  for (const [name, [type, first]] of Object.entries(bodies)) {
    const head = `POST /api/v1/analyze HTTP/1.1\r\nHost: x\r\nContent-Type: ${type}\r\nTransfer-Encoding: chunked\r\n\r\n`
    const { answer, sent } = await stream(head, first, 1024 * MB)
    t.match(answer, /^HTTP\/1\.1 413 /, `${name}: ${answer.split('\r\n')[0]}`)
    t.match(answer, /application\/problem\+json/)
    t.ok(sent < 128 * MB, `${name}: ended after ${Math.round(sent / MB)} MB of 1024`)
  }
  const more = memoryOf(service.pid, 'VmRSS') - before
  t.ok(more < 250, `${Math.round(more)} MB more than before`)
})

t.test('announced as too large: refused before the body', async (t) => {
  const socket = connect(Number(port), '127.0.0.1')
  socket.write(
    `POST /api/v1/analyze HTTP/1.1\r\nHost: x\r\nContent-Type: ${formType['content-type']}\r\nContent-Length: ${1024 * MB}\r\n\r\n`,
  )
  const [answer] = (await once(socket.setEncoding('latin1'), 'data')) as [string]
  socket.destroy()
  t.match(answer, /^HTTP\/1\.1 413 /)
})

t.test('300 uploads of 16 MB at once do not kill a task of 2 GB', { skip }, async (t) => {
  // Noise, and padding behind the picture, which decoders skip: what is tested is bytes, not pixels.
  const [width, height] = [1600, 1200]
  const noise = await sharp(randomBytes(width * height * 3), { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 80 })
    .toBuffer()
  const picture = Buffer.concat([noise, Buffer.alloc(15.9 * MB - noise.length)])
  const health = startLoad(t, 10, () => send(`${origin}/health`))
  const sent = upload(picture)
  const outcomes = await Promise.all(Array.from({ length: 300 }, () => send(analyze, sent)))
  const counts = tally(outcomes)
  const peak = memoryOf(service.pid, 'VmHWM')
  t.comment(`${JSON.stringify(counts)}, ${Math.round(peak)} MB at most`)
  t.ok((counts['200'] ?? 0) >= 10, 'as many as memory holds are analysed')
  t.ok((counts['503'] ?? 0) > 100, 'most are refused')
  // A client that is refused while it still writes may see the connection end instead of the answer.
  t.same(
    Object.keys(counts).filter((name) => !['200', '503', 'ECONNRESET', 'EPIPE'].includes(name)),
    [],
  )
  const shed = outcomes.filter(({ status }) => status === 503)
  t.ok(shed.every(({ retryAfter }) => Number(retryAfter) > 0))
  t.ok(peak < 1600, `${Math.round(peak)} MB of 2048`)
  t.same(tally(await health.end()), { 200: health.outcomes.length }, 'health is never refused')
  t.equal((await send(analyze, upload(await photo()))).status, 200, 'and then it goes on')
  t.equal(service.process.exitCode, null)
})
