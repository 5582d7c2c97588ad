/** Photos whose metadata are damaged and whose picture data are whole, and the other way round. */
import { crc32 } from 'node:zlib'
import sharp from 'sharp'
import t from 'tap'
import { ImageError } from '../../api/domain/image-error.ts'
import { createImagePipeline } from '../../api/images/pipeline.ts'

const pipeline = createImagePipeline()
t.teardown(() => pipeline.close())

const WIDTH = 240
const HEIGHT = 160
const grain = (): Promise<Buffer> =>
  sharp({
    create: {
      width: WIDTH,
      height: HEIGHT,
      channels: 3,
      background: '#000',
      noise: { type: 'gaussian', mean: 128, sigma: 60 },
    },
  })
    .png()
    .toBuffer()
/** Left red, right blue: a turn or mirroring would show. */
const drawn = await sharp({ create: { width: WIDTH, height: HEIGHT, channels: 3, background: '#c83c32' } })
  .composite([
    {
      input: { create: { width: WIDTH / 2, height: HEIGHT, channels: 3, background: '#3240c8' } },
      left: WIDTH / 2,
      top: 0,
    },
    // Grain, so that damage to the picture data shows.
    { input: await grain(), blend: 'soft-light' },
  ])
  .png()
  .toBuffer()
const plain = await sharp(drawn).jpeg({ quality: 92 }).toBuffer()
const png = drawn
const webp = await sharp(drawn).webp({ quality: 90 }).toBuffer()
const icc = (await sharp(await sharp(drawn).withIccProfile('p3').png().toBuffer()).metadata()).icc ?? Buffer.alloc(0)

/** EXIF with orientation 1 and a small JPEG inside, as cameras write it. */
const small = await sharp(drawn).resize(60, 40).jpeg().toBuffer()
const tiff = Buffer.concat([Buffer.from('4d4d002a00000008000101120003000000010001000000000000', 'hex'), small])
const EXIF = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff])

function segment(marker: number, content: Buffer, length = content.length + 2): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0])
  head.writeUInt16BE(length, 2)
  return Buffer.concat([head, content])
}
const inJpeg = (...segments: Buffer[]): Buffer => Buffer.concat([plain.subarray(0, 2), ...segments, plain.subarray(2)])

function chunk(type: string, data: Buffer, checksum?: number): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const frame = Buffer.alloc(8)
  frame.writeUInt32BE(data.length, 0)
  frame.writeUInt32BE(checksum ?? crc32(body), 4)
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)])
}
/** Behind IHDR. */
const inPng = (...chunks: Buffer[]): Buffer => Buffer.concat([png.subarray(0, 33), ...chunks, png.subarray(33)])

function riffChunk(type: string, data: Buffer, length = data.length): Buffer {
  const head = Buffer.alloc(8)
  head.write(type, 'latin1')
  head.writeUInt32LE(length, 4)
  return Buffer.concat([head, data, Buffer.alloc(data.length % 2)])
}
/** Extended WebP: `before` and `after` the picture, with flags of profile, EXIF and XMP. */
function extendedWebp(flags: number, before: Buffer, after: Buffer): Buffer {
  const header = Buffer.alloc(10)
  header.writeUInt8(flags)
  header.writeUIntLE(WIDTH - 1, 4, 3)
  header.writeUIntLE(HEIGHT - 1, 7, 3)
  const body = Buffer.concat([riffChunk('VP8X', header), before, webp.subarray(12), after])
  const head = Buffer.from('RIFF\0\0\0\0WEBP', 'latin1')
  head.writeUInt32LE(body.length + 4, 4)
  return Buffer.concat([head, body])
}
const [ICC_FLAG, EXIF_FLAG, XMP_FLAG] = [0x20, 0x08, 0x04]

const RUBBISH = Buffer.from(Array.from({ length: 400 }, (_, index) => (index * 151 + 7) % 256))
const XMP = Buffer.from('http://ns.adobe.com/xap/1.0/\0<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:', 'latin1')
const ICC_HEAD = Buffer.from('ICC_PROFILE\0\x01\x01', 'latin1')

const damaged: Record<string, Buffer> = {
  'EXIF cut in the middle of its directory': inJpeg(segment(0xe1, EXIF.subarray(0, 20))),
  'EXIF with offsets beyond its end': inJpeg(segment(0xe1, Buffer.from('Exif\0\0MM\0*\x7f\xff\xff\xff', 'latin1'))),
  'EXIF of rubbish': inJpeg(segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), RUBBISH]))),
  'an APP1 that says it is shorter than it is': inJpeg(segment(0xe1, EXIF, 30)),
  'an APP1 of length 0': inJpeg(segment(0xe1, EXIF, 0)),
  'an APP1 that says it is longer and swallows the tables': inJpeg(segment(0xe1, EXIF, EXIF.length + 2 + 90)),
  'an APP1 that says it is longer than the file': inJpeg(segment(0xe1, EXIF, 65_535)),
  'a profile of rubbish': inJpeg(segment(0xe2, Buffer.concat([ICC_HEAD, RUBBISH]))),
  'half a profile': inJpeg(segment(0xe2, Buffer.concat([ICC_HEAD, icc.subarray(0, icc.length >> 1)]))),
  'a profile of which a part is missing': inJpeg(
    segment(0xe2, Buffer.concat([Buffer.from('ICC_PROFILE\0\x01\x03', 'latin1'), icc])),
  ),
  'XMP that is cut off': inJpeg(segment(0xe1, XMP)),
  'XMP of rubbish': inJpeg(segment(0xe1, Buffer.concat([XMP, RUBBISH]))),
  'a comment with a wrong length': inJpeg(segment(0xfe, RUBBISH, 10)),
  'IPTC of rubbish': inJpeg(segment(0xed, Buffer.concat([Buffer.from('Photoshop 3.0\0', 'latin1'), RUBBISH]))),
  'a PNG text with a wrong checksum': inPng(chunk('tEXt', Buffer.from('Comment\0hello', 'latin1'), 1)),
  'a PNG EXIF with a wrong checksum': inPng(chunk('eXIf', tiff.subarray(0, 12), 1)),
  'a PNG EXIF of rubbish': inPng(chunk('eXIf', RUBBISH)),
  'a PNG profile that does not inflate': inPng(chunk('iCCP', Buffer.concat([Buffer.from('p\0\0', 'latin1'), RUBBISH]))),
  'a PNG gamma with a wrong checksum and length': inPng(chunk('gAMA', Buffer.alloc(9), 1)),
  'a PNG text that says it is longer than the file': inPng(
    Buffer.concat([Buffer.from('\x00\xff\xff\xfftEXt', 'latin1'), RUBBISH]),
  ),
  'a WebP EXIF of rubbish': extendedWebp(EXIF_FLAG, Buffer.alloc(0), riffChunk('EXIF', RUBBISH)),
  'a WebP EXIF that is longer than the file': extendedWebp(
    EXIF_FLAG,
    Buffer.alloc(0),
    riffChunk('EXIF', RUBBISH, 9999),
  ),
  'a WebP profile of rubbish': extendedWebp(ICC_FLAG, riffChunk('ICCP', RUBBISH), Buffer.alloc(0)),
  'a WebP profile with a wrong length': extendedWebp(ICC_FLAG, riffChunk('ICCP', RUBBISH, 380), Buffer.alloc(0)),
  'a WebP that announces EXIF and XMP and has none': extendedWebp(
    EXIF_FLAG | XMP_FLAG,
    Buffer.alloc(0),
    Buffer.alloc(0),
  ),
}

async function sides(jpeg: Buffer): Promise<{ left: number[]; right: number[] }> {
  const { data, info } = await sharp(jpeg).raw().toBuffer({ resolveWithObject: true })
  const at = (x: number): number[] => {
    const column = Array.from({ length: info.height }, (_, y) => data.subarray((y * info.width + x) * 3))
    return [0, 1, 2].map((channel) => column.reduce((sum, pixel) => sum + (pixel[channel] ?? 0), 0) / info.height)
  }
  return { left: at(20), right: at(info.width - 20) }
}

t.test('Damaged metadata is dropped if the image data is intact', async (t) => {
  for (const [what, bytes] of Object.entries(damaged)) {
    const outcome = await pipeline.prepare(bytes).catch((error: unknown) => error)
    if (outcome instanceof Error) {
      t.fail(`${what}: ${outcome.message} (${outcome.cause})`)
      continue
    }
    const { upright, original, thumbnail } = await pipeline.prepare(bytes)
    t.same([upright.width, upright.height], [WIDTH, HEIGHT], what)
    const { left, right } = await sides(upright.jpeg)
    t.ok((left[0] ?? 0) > 150 && (left[2] ?? 0) < 110 && (right[2] ?? 0) > 150, `${what}: ${left} ${right}`)
    t.equal(original, bytes, `${what}: the evidence is untouched`)
    t.match(await sharp(upright.jpeg).metadata(), { exif: undefined, icc: undefined, xmp: undefined }, what)
    t.match(await sharp(await thumbnail()).metadata(), { width: WIDTH, height: HEIGHT }, what)
  }
})

t.test('The picture is rotated by its EXIF orientation even if other metadata is damaged', async (t) => {
  const upright = sharp(drawn)
  const stored = {
    2: upright.clone().flop(),
    3: upright.clone().rotate(180),
    4: upright.clone().flip(),
    5: sharp(await upright.clone().flip().png().toBuffer()).rotate(90),
    6: upright.clone().rotate(270),
    7: sharp(await upright.clone().flip().png().toBuffer()).rotate(270),
    8: upright.clone().rotate(90),
  }
  for (const [orientation, turned] of Object.entries(stored)) {
    const flat = await turned.png().toBuffer()
    const good = await sharp(flat)
      .withMetadata({ orientation: Number(orientation) })
      .jpeg()
      .toBuffer()
    // The comment at the end of the tables has a wrong length, so that the decoder loses its way behind the EXIF.
    const scan = good.indexOf(Buffer.from([0xff, 0xda]))
    const bytes = Buffer.concat([good.subarray(0, scan), segment(0xfe, EXIF, 8), good.subarray(scan)])
    const prepared = await pipeline.prepare(bytes)
    t.same([prepared.upright.width, prepared.upright.height], [WIDTH, HEIGHT], `orientation ${orientation}`)
    const { left, right } = await sides(prepared.upright.jpeg)
    t.ok((left[0] ?? 0) > 150 && (right[2] ?? 0) > 150, `orientation ${orientation}: ${left} ${right}`)
  }
})

t.test('Damaged image data is rejected, also with damaged metadata', async (t) => {
  const cut = (bytes: Buffer): Buffer => bytes.subarray(0, bytes.length - 60)
  const holed = (bytes: Buffer): Buffer => {
    const middle = bytes.length - (plain.length >> 1)
    return Buffer.concat([bytes.subarray(0, middle), bytes.subarray(middle + 2000)])
  }
  const idat = png.indexOf('IDAT')
  const wrongIdat = Buffer.from(png)
  wrongIdat.writeUInt8(wrongIdat.readUInt8(idat + 40) ^ 0xff, idat + 40)
  const cases: Record<string, Buffer> = {
    'plain JPEG cut off': cut(plain),
    'PNG with damaged picture data': wrongIdat,
    'PNG with a damaged text and picture data': Buffer.concat([
      wrongIdat.subarray(0, 33),
      chunk('tEXt', Buffer.from('a\0b', 'latin1'), 1),
      wrongIdat.subarray(33),
    ]),
    'WebP cut off': webp.subarray(0, webp.length >> 1),
  }
  for (const [what, bytes] of Object.entries(damaged)) {
    if (bytes[0] !== 0xff) continue
    cases[`${what}, and cut off`] = cut(bytes)
    cases[`${what}, and a part of the picture missing`] = holed(bytes)
  }
  // Only the small picture inside of the EXIF is whole: it is not taken for the photo.
  cases['no picture but the one in the EXIF'] = Buffer.concat([plain.subarray(0, 2), segment(0xe1, EXIF, 30)])
  for (const [what, bytes] of Object.entries(cases)) {
    const outcome = await pipeline.prepare(bytes).catch((error: unknown) => error)
    t.ok(
      outcome instanceof ImageError && outcome.failure === 'unreadable',
      `${what}: ${outcome instanceof Error ? outcome.message : 'taken'}`,
    )
  }
})

t.test('A file crafted for a slow search is rejected quickly', async (t) => {
  const segments = Buffer.alloc(8 * 1024 * 1024)
  for (let at = 0; at + 4 <= segments.length; at += 4) segments.set([0xff, 0xe0, 0, 2], at)
  const started = performance.now()
  const outcome = await pipeline
    .prepare(Buffer.concat([plain.subarray(0, 2), segments]))
    .catch((error: unknown) => error)
  t.ok(outcome instanceof ImageError)
  t.ok(performance.now() - started < 10_000, `${Math.round(performance.now() - started)} ms`)
})

t.test('A JPEG with a rare coding is unsupported, not damaged, and the answer says what to do', async (t) => {
  const frame = plain.indexOf(Buffer.from([0xff, 0xc0]))
  const coded = (marker: number, bits = 8): Buffer => {
    const bytes = Buffer.from(plain)
    bytes.writeUInt8(marker, frame + 1)
    bytes.writeUInt8(bits, frame + 4)
    return bytes
  }
  const cases: [string, Buffer, RegExp][] = [
    ['12 bits', coded(0xc1, 12), /has 12 bits a colour/],
    ['12 bits, progressive', coded(0xc2, 12), /has 12 bits/],
    ['lossless', coded(0xc3), /without loss/],
    ['lossless, 16 bits', coded(0xc3, 16), /without loss/],
    ['lossless, arithmetic', coded(0xcb), /without loss/],
    ['hierarchical', coded(0xc5), /hierarchically/],
    ['JPEG-LS', coded(0xf7), /JPEG-LS/],
    [
      '12 bits behind a damaged APP1',
      Buffer.concat([plain.subarray(0, 2), segment(0xe1, EXIF, 30), coded(0xc1, 12).subarray(2)]),
      /12 bits/,
    ],
  ]
  for (const [what, bytes, message] of cases) {
    const outcome = await pipeline.prepare(bytes).catch((error: unknown) => error)
    t.ok(outcome instanceof ImageError && outcome.failure === 'unsupported_type', what)
    t.match(outcome, { message }, what)
    t.match(outcome, { message: /Save it as an ordinary JPEG/ }, what)
  }
})
