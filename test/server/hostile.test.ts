import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import { crc32, deflateSync } from 'node:zlib'
import t from 'tap'
import { createFolderStore } from '../../api/images/folder-store.ts'
import { photo, photoForm } from '../../fixtures/photos.ts'
import { HAS_PROC, memoryOf } from '../../fixtures/processes.ts'
import { processStage } from '../support/process-stage.ts'

/** Public files that broke decoders, with what an upload API should do with each (manifest.json). */
const FOLDER = resolve(import.meta.dirname, '../../../shared/images/hostile')
const skip = existsSync(FOLDER) ? false : 'shared/images is not here'
/** Megabytes that the process may have more after the set than before. */
const MEMORY_MB = 300

interface Item {
  file: string
  what: string
  want: 'accept' | 'reject' | 'either'
  /** What sharp alone read of it; meta where its header is that of a picture. */
  sharp: { meta?: unknown[] }
}
const items: Item[] = skip ? [] : JSON.parse(readFileSync(join(FOLDER, 'manifest.json'), 'utf8')).items
const read = (file: string): Buffer => readFileSync(join(FOLDER, file))

const { origin, service, dataDir } = await processStage(t)

const upload = (bytes: Buffer) =>
  fetch(`${origin}/api/v1/analyze`, {
    method: 'POST',
    body: photoForm(bytes, undefined, { fileName: 'x.jpg', type: 'image/jpeg' }),
  })

type Assertions = Pick<typeof t, 'ok' | 'match' | 'equal'>
/** Refused as the client's fault, in the shape of all errors; resolves to the answer's text. */
async function refused(t: Assertions, name: string, bytes: Buffer): Promise<string> {
  const response = await upload(bytes)
  const text = await response.text()
  t.ok(response.status >= 400 && response.status < 500, `${name}: ${response.status} ${text}`)
  t.match(response.headers.get('content-type'), /^application\/problem\+json/, name)
  return text
}

async function stored(): Promise<{ rows: number; images: number }> {
  const stats = (await (await fetch(`${origin}/api/v1/stats`)).json()) as { total_inspections: number }
  let images = 0
  for await (const _ of createFolderStore(join(dataDir, 'images')).list()) images++
  return { rows: stats.total_inspections, images }
}

/** Megabytes that the process takes at most while it works, above what it had before. */
async function peakDuring(work: () => Promise<unknown>): Promise<number> {
  // Starts the peak (VmHWM) anew.
  writeFileSync(`/proc/${service.pid}/clear_refs`, '5')
  const before = memoryOf(service.pid, 'VmRSS')
  await work()
  return memoryOf(service.pid, 'VmHWM') - before
}

/** A PNG of one pixel with a text that is small on the wire and large when it is inflated. */
function pngWithText(megabytes: number): Buffer {
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type), data])
    const frame = Buffer.alloc(8)
    frame.writeUInt32BE(data.length)
    frame.writeUInt32BE(crc32(body), 4)
    return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)])
  }
  const text = Buffer.concat([Buffer.from('Comment\0\0'), deflateSync(Buffer.alloc(megabytes * 1024 * 1024, 'a'))])
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0])),
    chunk('zTXt', text),
    chunk('IDAT', deflateSync(Buffer.alloc(2))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

// So that what the first uploads cost once is not counted.
for (let warm = 0; warm < 10; warm++) await upload(await photo(1152, 864))

t.test(
  'The bytes decide the type, whatever name and type say, and a rejected file leaves nothing (U1)',
  { skip },
  async (t) => {
    const start = await stored()
    const before = memoryOf(service.pid, 'VmRSS')
    let taken = 0
    for (const { file, what, want } of items) {
      const response = await upload(read(file))
      const answer = (await response.json()) as { detail?: string; analysis?: { duplicate: boolean } }
      const said = `${file} (${what}): ${response.status} ${answer.detail ?? ''}`
      if (response.status === 200) {
        t.not(want, 'reject', said)
        if (!answer.analysis?.duplicate) taken++
      } else {
        t.ok(response.status >= 400 && response.status < 500, said)
        t.match(response.headers.get('content-type'), /^application\/problem\+json/, said)
        t.not(want, 'accept', said)
      }
    }
    t.equal(service.process.exitCode, null, 'the same process is alive')
    const end = await stored()
    t.equal(end.rows - start.rows, taken, 'a row for each that was accepted, none for the others')
    t.equal(end.images - start.images, taken, 'and an image')

    for (let more = 0; more < 10; more++) await upload(await photo(1152, 864))
    const after = memoryOf(service.pid, 'VmRSS')
    t.comment(`memory ${before.toFixed(0)} MB before, ${after.toFixed(0)} MB after`)
    t.notOk(after > before + MEMORY_MB, `memory is back: ${before.toFixed(0)} MB before, ${after.toFixed(0)} MB after`)
  },
)

t.test('A picture with a valid header and damaged data is rejected (U2)', { skip }, async (t) => {
  const headed = items.filter(({ want, sharp }) => want === 'reject' && sharp.meta)
  t.ok(headed.length >= 10, `${headed.length} files`)
  const start = await stored()
  for (const { file } of headed) await refused(t, file, read(file))
  t.same(await stored(), start)
})

const huge = /png-\d+x\d+|png-header-2e9|17000x17000|65536-uint32|giant-image/
t.test('Too many pixels are rejected by the header, without allocating memory for them (U3)', { skip }, async (t) => {
  const bombs = items.filter(({ file, want }) => want === 'reject' && huge.test(file))
  t.ok(bombs.length >= 6, `${bombs.length} files`)
  const peak = await peakDuring(async () => {
    for (const { file } of bombs) {
      const said = await refused(t, file, read(file))
      if (file === 'made__png-12000x12000.png') t.match(said, /12000 x 12000 pixels; at most 50 megapixels/)
    }
  })
  t.ok(peak < 50, `${peak.toFixed(0)} MB more at most`)
})

t.test(
  'Compressed texts in a picture are not inflated without bound (U5)',
  { skip: !HAS_PROC && 'no /proc' },
  async (t) => {
    const files = items.filter(({ file }) => /png_decompression_dos|large-text-chunks/.test(file))
    const pictures = [pngWithText(64), pngWithText(512), ...files.map(({ file }) => read(file))]
    for (const bytes of pictures) {
      const peak = await peakDuring(async () => {
        const { status } = await upload(bytes)
        t.ok(status === 200 || (status >= 400 && status < 500), `${status}`)
      })
      t.ok(peak < 100, `${peak.toFixed(0)} MB more at most for ${bytes.length} bytes`)
    }
  },
)

t.test('XML is never parsed: no file content in the answer, no outgoing call (U6)', async (t) => {
  let calls = 0
  const listener = createServer((socket) => {
    calls++
    socket.destroy()
  })
  await new Promise<void>((ready) => listener.listen(0, '127.0.0.1', ready))
  t.teardown(() => listener.close())
  const address = listener.address()
  const to = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/x.png`
  const size = 'width="64" height="64"'
  const drawings = [
    `<svg xmlns="http://www.w3.org/2000/svg" ${size}><image href="${to}" ${size}/></svg>`,
    `<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY e SYSTEM "${to}">]><svg xmlns="http://www.w3.org/2000/svg" ${size}><text>&e;</text></svg>`,
    `<!DOCTYPE svg [<!ENTITY e SYSTEM "file:///etc/passwd">]><svg xmlns="http://www.w3.org/2000/svg" ${size}><text>&e;</text></svg>`,
    `<?xml-stylesheet href="${to}"?><svg xmlns="http://www.w3.org/2000/svg" ${size}><style>@import url(${to});</style></svg>`,
  ].map((text) => Buffer.from(text))
  for (const bytes of [
    ...drawings,
    ...items.filter(({ file }) => /\.svgz?$/.test(file)).map(({ file }) => read(file)),
  ]) {
    const said = await refused(t, `drawing of ${bytes.length} bytes`, bytes)
    t.match(JSON.parse(said).status, 415)
    t.notOk(said.includes('root:'))
  }
  t.equal(calls, 0)
})

t.test('The same process has handled all this and stops cleanly', async (t) => {
  t.equal(service.process.exitCode, null)
  t.equal(await service.stop(), 0)
})
