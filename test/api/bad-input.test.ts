import { randomBytes } from 'node:crypto'
import { crc32, deflateSync } from 'node:zlib'
import sharp from 'sharp'
import t from 'tap'
import { analyses } from '../../drizzle/schema.ts'
import { photo, photoForm } from '../../fixtures/photos.ts'
import { scriptedAnalyzer } from '../support/analyzers.ts'
import { analysisOf, bodyOf } from '../support/http.ts'
import { startService } from '../support/service.ts'

const analyzer = scriptedAnalyzer()
const service = await startService({ RATE_LIMIT_PER_IP: '10000' }, { analyzer })
t.teardown(() => service.close())

const url = `${service.url}/api/v1/analyze`
const json = { 'content-type': 'application/json' }

/** A PNG that announces its size and holds zeros: small on the wire, large when decoded. */
function blankPng(size: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type), data])
    const frame = Buffer.alloc(8)
    frame.writeUInt32BE(data.length)
    frame.writeUInt32BE(crc32(body), 4)
    return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)])
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(size)
  header.writeUInt32BE(size, 4)
  header[8] = 8
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  const rows = deflateSync(Buffer.alloc((size + 1) * Math.min(size, 2000)))
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', rows), chunk('IEND', Buffer.alloc(0))])
}

async function refused(t: Assertions, response: Response, status: number, kind: RegExp, words: RegExp) {
  t.equal(response.status, status)
  t.match(response.headers.get('content-type'), /^application\/problem\+json/)
  const problem = await bodyOf<{ error: string; detail: string; type: string }>(response)
  t.match(problem, { success: false, status, detail: words, instance: response.headers.get('x-request-id') })
  t.equal(problem.error, problem.detail)
  t.match(problem.type, kind)
  t.notMatch(JSON.stringify(problem), /node_modules|at \/|select |vips/i)
}

/** What both the top-level tap object and a subtest have. */
type Assertions = Pick<typeof t, 'equal' | 'match' | 'notMatch'>

const files: [name: string, bytes: () => Promise<Buffer> | Buffer, status: number, kind: RegExp, words: RegExp][] = [
  ['an empty file', () => Buffer.alloc(0), 400, /image-empty/, /empty/i],
  ['a text file named .jpg', () => Buffer.from('hello, this is text'), 415, /image/, /JPEG/],
  ['a truncated JPEG', async () => (await photo(800, 600)).subarray(0, 3000), 422, /unreadable/, /damaged|incomplete/i],
  ['a 20000 x 20000 PNG', () => blankPng(20_000), 422, /too-many-pixels/, /pixel/i],
  [
    'a 17 MB file',
    () => Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), randomBytes(17 * 1024 * 1024)]),
    413,
    /too-large/,
    /16 MB/,
  ],
]
for (const [name, bytes, status, kind, words] of files) {
  t.test(`${name} is a clear ${status}`, async (t) => {
    await refused(t, await fetch(url, { method: 'POST', body: photoForm(await bytes()) }), status, kind, words)
  })
}

t.test('valid but unusual pictures are analysed', async (t) => {
  const base = await sharp(await photo(300, 200))
    .toColourspace('cmyk')
    .jpeg()
    .toBuffer()
  const deep = await sharp(await photo(300, 200))
    .toColourspace('rgb16')
    .png()
    .toBuffer()
  for (const bytes of [base, deep]) {
    const response = await fetch(url, { method: 'POST', body: photoForm(bytes) })
    t.equal(response.status, 200)
    t.match(await analysisOf(response), { image_width: 300, image_height: 200 })
  }
})

t.test('an animated WebP is refused with what to do', async (t) => {
  const frames = await Promise.all([photo(64, 64), photo(64, 64)])
  const animated = await sharp(frames, { join: { animated: true } })
    .webp()
    .toBuffer()
  t.equal((await sharp(animated).metadata()).pages, 2)
  await refused(t, await fetch(url, { method: 'POST', body: photoForm(animated) }), 415, /image/, /animat/i)
})

t.test('missing and wrong fields are named', async (t) => {
  const post = async (fields: Record<string, string>) =>
    fetch(url, { method: 'POST', body: photoForm(await photo(), fields) })
  await refused(t, await post({ facility: 'yangjiang' }), 400, /bad-field/, /product_sku is missing/)
  await refused(t, await post({ product_sku: 'WK-KN-200' }), 400, /bad-field/, /facility is missing/)
  const unknown = await post({ product_sku: 'WK-XX-1', facility: 'yangjiang' })
  await refused(t, unknown, 400, /bad-field/, /product_sku.*WK-KN-200/)
  await refused(
    t,
    await post({ product_sku: 'WK-KN-200', facility: 'paris' }),
    400,
    /bad-field/,
    /facility must be one of hongkong/,
  )
  const data = { product_sku: 'WK-KN-200', facility: 'yangjiang', production_data: '{no' }
  await refused(t, await post(data), 400, /bad-field/, /production_data is not valid JSON/)
  const list = { ...data, production_data: '[1]' }
  await refused(t, await post(list), 400, /bad-field/, /production_data must be object/)
  const noFile = new FormData()
  noFile.set('product_sku', 'WK-KN-200')
  await refused(t, await fetch(url, { method: 'POST', body: noFile }), 400, /bad-field/, /image is missing/)
})

t.test('bodies that are no form and no JSON', async (t) => {
  const post = (body: string, headers: Record<string, string>) => fetch(url, { method: 'POST', body, headers })
  await refused(t, await post('{"image":', json), 400, /invalid-json/, /not valid JSON/)
  await refused(t, await post('', json), 400, /empty-body/, /empty/)
  await refused(t, await post('null', json), 400, /bad-field/, /JSON object/)
  await refused(t, await post('<x/>', { 'content-type': 'text/xml' }), 415, /unsupported-media-type/, /multipart/)
  const noBoundary = { 'content-type': 'multipart/form-data' }
  await refused(t, await post('x', noBoundary), 400, /invalid-form/, /boundary/)
  const cut = { 'content-type': 'multipart/form-data; boundary=x' }
  await refused(
    t,
    await post('--x\r\nContent-Disposition: form-data; name="image"; filename="a"\r\n\r\nabc', cut),
    400,
    /invalid-form/,
    /form/,
  )
  const big = JSON.stringify({ image: '!'.repeat(10 * 1024 * 1024), product_sku: 'WK-KN-200', facility: 'yangjiang' })
  await refused(t, await post(big, json), 400, /bad-field/, /base64/)
  const huge = JSON.stringify({ image: 'A'.repeat(24 * 1024 * 1024) })
  await refused(t, await post(huge, json), 413, /too-large/, /larger/)
  const report = await fetch(`${service.url}/api/v1/shift-report`, {
    method: 'POST',
    body: `{"analyses":[${'"x",'.repeat(2.6e6)}"x"]}`,
    headers: json,
  })
  await refused(t, report, 413, /body-too-large/, /larger/)
  const proto = '{"__proto__":{"a":1},"image":"AAAA","product_sku":"WK-KN-200","facility":"yangjiang"}'
  await refused(t, await post(proto, json), 400, /bad-request|invalid-json|bad-field/, /./)
})

t.test('unknown routes and methods', async (t) => {
  await refused(t, await fetch(`${service.url}/api/v1/nothing`), 404, /not-found/, /nothing/)
  const method = await fetch(url, { method: 'PUT' })
  t.equal(method.headers.get('allow'), 'POST')
  await refused(t, method, 405, /method-not-allowed/, /POST/)
  await refused(t, await fetch(`${service.url}/api/v1/analyses/DEF-20260101-00000000`), 404, /not-found/, /DEF-/)
  await refused(t, await fetch(`${service.url}/api/v1/analyses/../../etc/passwd`), 404, /not-found/, /./)
  await refused(t, await fetch(`${service.url}/api/v1/analyses?limit=1e9`), 400, /bad-field/, /limit/)
  await refused(t, await fetch(`${service.url}/api/v1/analyses?cursor=%00x`), 400, /bad-field/, /%00/)
  await refused(t, await fetch(`${service.url}/api/v1/quality?model_version=a%00`), 400, /bad-field/, /%00/)
  await refused(t, await fetch(`${service.url}/api/v1/analyses?from=yesterday`), 400, /bad-field/, /from/)
})

t.test('nothing that was refused left a row, and the model was not asked', async (t) => {
  const rows = await service.database.db.select().from(analyses)
  t.equal(rows.length, 2, 'only the two valid pictures')
  t.equal(analyzer.inputs.length, 2)
})
