import { createHash } from 'node:crypto'
import { crc32, deflateSync } from 'node:zlib'
import sharp from 'sharp'
import t from 'tap'
import { ImageError, type ImageFailure } from '../../api/domain/image-error.ts'
import { createImagePipeline, type PreparedImage } from '../../api/images/pipeline.ts'
import { createRandom } from '../../fixtures/sample-parts/random.ts'

const pipeline = createImagePipeline()
t.teardown(() => pipeline.close())

/** Four fields of different colours, so that every turn and mirroring shows. */
const WIDTH = 96
const HEIGHT = 64
const CORNERS = [
  [200, 40, 40],
  [40, 180, 60],
  [50, 60, 200],
  [220, 210, 60],
]
const pixels = Buffer.alloc(WIDTH * HEIGHT * 3)
for (let y = 0; y < HEIGHT; y++) {
  for (let x = 0; x < WIDTH; x++) {
    const field = (y < HEIGHT / 2 ? 0 : 2) + (x < WIDTH / 2 ? 0 : 1)
    pixels.set(CORNERS[field] ?? [], (y * WIDTH + x) * 3)
  }
}
const picture = () => sharp(pixels, { raw: { width: WIDTH, height: HEIGHT, channels: 3 } })
const jpegQuality = { quality: 95, chromaSubsampling: '4:4:4' }

/** Colour in the middle of each of the four fields. */
async function corners({ jpeg, width, height }: PreparedImage['upright']): Promise<number[][]> {
  const { data, info } = await sharp(jpeg).raw().toBuffer({ resolveWithObject: true })
  const at = (x: number, y: number) => [...data.subarray((y * info.width + x) * 3, (y * info.width + x) * 3 + 3)]
  const [left, right, top, bottom] = [width >> 2, width - (width >> 2), height >> 2, height - (height >> 2)]
  return [at(left, top), at(right, top), at(left, bottom), at(right, bottom)]
}

const farthest = (a: number[][], b: number[][]): number =>
  Math.max(...a.flat().map((value, index) => Math.abs(value - (b.flat()[index] ?? Number.NaN))))

async function failureOf(bytes: Buffer, with_ = pipeline): Promise<ImageFailure | 'accepted'> {
  try {
    await with_.prepare(bytes)
    return 'accepted'
  } catch (error) {
    if (!(error instanceof ImageError)) throw error
    return error.failure
  }
}

t.test('A plain JPEG gives an upright image, a thumbnail, a hash and the unchanged original', async (t) => {
  const bytes = await picture().resize(960, 640, { kernel: 'nearest' }).jpeg(jpegQuality).toBuffer()
  const prepared = await pipeline.prepare(bytes)
  t.equal(prepared.original, bytes)
  t.equal(prepared.originalType, 'image/jpeg')
  t.equal(prepared.sha256, createHash('sha256').update(bytes).digest('hex'))
  t.same([prepared.upright.width, prepared.upright.height], [960, 640])
  const upright = await sharp(prepared.upright.jpeg).metadata()
  t.match(upright, { format: 'jpeg', width: 960, height: 640, chromaSubsampling: '4:4:4', channels: 3 })
  const thumbnail = await sharp(await prepared.thumbnail()).metadata()
  t.match(thumbnail, { format: 'jpeg', width: 320, height: 214 })
  t.ok(farthest(await corners(prepared.upright), CORNERS) < 8)
})

t.test('PNG and WebP are accepted, and small pictures are not enlarged', async (t) => {
  for (const [bytes, type] of [
    [await picture().png().toBuffer(), 'image/png'],
    [await picture().webp({ lossless: true }).toBuffer(), 'image/webp'],
  ] as const) {
    const prepared = await pipeline.prepare(bytes)
    t.equal(prepared.originalType, type)
    t.match(await sharp(await prepared.thumbnail()).metadata(), {
      format: 'jpeg',
      width: WIDTH,
      height: HEIGHT,
    })
    t.ok(farthest(await corners(prepared.upright), CORNERS) < 8, type)
  }
})

t.test('All eight EXIF orientations give the same upright picture', async (t) => {
  // What a camera stores so that, turned as the tag says, the picture is upright: the inverse of each turn.
  const stored = {
    1: picture(),
    2: picture().flop(),
    3: picture().rotate(180),
    4: picture().flip(),
    5: sharp(await picture().flip().png().toBuffer()).rotate(90),
    6: picture().rotate(270),
    7: sharp(await picture().flip().png().toBuffer()).rotate(270),
    8: picture().rotate(90),
  }
  for (const [orientation, drawn] of Object.entries(stored)) {
    for (const format of ['jpeg', 'webp', 'png'] as const) {
      const upright = await drawn.clone().png().toBuffer()
      const bytes = await sharp(upright)
        .withMetadata({ orientation: Number(orientation) })
        .toFormat(format, { quality: 95 })
        .toBuffer()
      const prepared = await pipeline.prepare(bytes)
      t.same([prepared.upright.width, prepared.upright.height], [WIDTH, HEIGHT], `${format} ${orientation}`)
      t.ok(farthest(await corners(prepared.upright), CORNERS) < 16, `${format} ${orientation} colours`)
      t.equal((await sharp(prepared.upright.jpeg).metadata()).orientation, undefined, 'turned once, no tag left')
    }
  }
})

t.test('Every colour model becomes 8-bit sRGB', async (t) => {
  const levels = [30, 100, 170, 240]
  const greys = levels.map((level) => [level, level, level])
  const luminance = Buffer.alloc(WIDTH * HEIGHT)
  for (let index = 0; index < luminance.length; index++) {
    const field = (index < luminance.length / 2 ? 0 : 2) + (index % WIDTH < WIDTH / 2 ? 0 : 1)
    luminance[index] = levels[field] ?? 0
  }
  const grey = () => sharp(luminance, { raw: { width: WIDTH, height: HEIGHT, channels: 1 } }).toColourspace('b-w')
  const cases: [string, Buffer, number[][], number][] = [
    ['CMYK JPEG', await picture().toColourspace('cmyk').jpeg(jpegQuality).toBuffer(), CORNERS, 70],
    ['16-bit PNG', await picture().toColourspace('rgb16').png().toBuffer(), CORNERS, 8],
    ['grey JPEG', await grey().jpeg(jpegQuality).toBuffer(), greys, 4],
    ['16-bit grey PNG', await grey().toColourspace('grey16').png().toBuffer(), greys, 4],
    ['palette PNG', await picture().png({ palette: true, colours: 4 }).toBuffer(), CORNERS, 10],
    [
      'progressive JPEG',
      await picture()
        .jpeg({ ...jpegQuality, progressive: true })
        .toBuffer(),
      CORNERS,
      8,
    ],
    ['Display P3 JPEG', await picture().withIccProfile('p3').jpeg(jpegQuality).toBuffer(), CORNERS, 8],
  ]
  for (const [name, bytes, expected, tolerance] of cases) {
    const { upright } = await pipeline.prepare(bytes)
    t.match(await sharp(upright.jpeg).metadata(), { space: 'srgb', channels: 3, depth: 'uchar', icc: undefined }, name)
    const difference = farthest(await corners(upright), expected)
    t.ok(difference <= tolerance, `${name} colours (off by ${difference})`)
  }
})

t.test('Transparent parts become neutral grey', async (t) => {
  const clear = await sharp({
    create: { width: 40, height: 40, channels: 4, background: { r: 255, g: 0, b: 0, alpha: 0 } },
  })
    .png()
    .toBuffer()
  const { upright } = await pipeline.prepare(clear)
  t.ok(farthest(await corners(upright), Array(4).fill([128, 128, 128])) <= 2)
})

t.test('Metadata, comments and trailing bytes are removed', async (t) => {
  const marked = await picture()
    .withExif({ IFD0: { Artist: 'SECRET-ARTIST' }, IFD3: { GPSLatitude: '22/1 0/1 0/1', GPSLatitudeRef: 'N' } })
    .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"><secret>SECRET-XMP</secret></x:xmpmeta>')
    .jpeg()
    .toBuffer()
  t.ok((await sharp(marked).metadata()).exif, 'the picture sent has EXIF')
  const polyglot = Buffer.concat([marked, Buffer.from('PK\x03\x04<script>alert(1)</script>', 'latin1')])
  const prepared = await pipeline.prepare(polyglot)
  for (const jpeg of [prepared.upright.jpeg, await prepared.thumbnail()]) {
    t.match(await sharp(jpeg).metadata(), { exif: undefined, xmp: undefined, icc: undefined, iptc: undefined })
    for (const text of ['SECRET', '<script', 'PK\x03\x04']) t.notOk(jpeg.includes(text, 0, 'latin1'), text)
  }
  t.ok(prepared.original.includes('PK\x03\x04', 0, 'latin1'), 'the evidence is untouched')
})

t.test('Truncated pictures are rejected, wherever they are cut', async (t) => {
  // The same grain in every run: some, cut so, still is a valid JPEG.
  const random = createRandom(1)
  const grain = Buffer.from(Array.from({ length: 300 * 200 * 3 }, () => 128 + 40 * random.noise()))
  const noise = sharp(grain, { raw: { width: 300, height: 200, channels: 3 } })
  const whole = {
    jpeg: await noise.clone().jpeg().toBuffer(),
    progressive: await noise.clone().jpeg({ progressive: true }).toBuffer(),
    png: await noise.clone().png().toBuffer(),
    webp: await noise.clone().webp().toBuffer(),
  }
  for (const [name, bytes] of Object.entries(whole)) {
    t.equal(await failureOf(bytes), 'accepted', name)
    for (const share of [0.05, 0.5, 0.95]) {
      t.equal(await failureOf(bytes.subarray(0, Math.floor(bytes.length * share))), 'unreadable', `${name} ${share}`)
    }
  }
  const damaged = Buffer.from(whole.jpeg)
  damaged.fill(0, damaged.length >> 1, (damaged.length >> 1) + 2000)
  t.equal(await failureOf(damaged), 'unreadable', 'zeros in the middle of the picture data')
})

t.test('Stray bytes between the segments of a camera JPEG are tolerated, truncation is not', async (t) => {
  const bytes = await picture().jpeg(jpegQuality).toBuffer()
  const stray = Buffer.concat([bytes.subarray(0, 20), Buffer.alloc(16), bytes.subarray(20)])
  await t.rejects(sharp(stray).toBuffer(), /extraneous bytes/, 'a strict decoder complains')
  const { upright } = await pipeline.prepare(stray)
  t.ok(farthest(await corners(upright), CORNERS) < 8)
  t.equal(await failureOf(stray.subarray(0, stray.length - 200)), 'unreadable')
})

/** A PNG of one grey, as small as PNG makes it. */
function hugePng(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
    const frame = Buffer.alloc(8)
    frame.writeUInt32BE(data.length, 0)
    frame.writeUInt32BE(crc32(body), 4)
    return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)])
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([1, 0, 0, 0, 0], 8)
  const rows = deflateSync(Buffer.alloc((Math.ceil(width / 8) + 1) * height), { level: 1 })
  const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', rows), chunk('IEND', Buffer.alloc(0))])
}

t.test('Too many pixels are rejected by the header, before memory is allocated', async (t) => {
  const bomb = hugePng(20_000, 20_000)
  t.ok(bomb.length < 500_000)
  const before = process.memoryUsage().rss
  const error = await pipeline.prepare(bomb).catch((reason: unknown) => reason)
  t.ok(error instanceof ImageError && error.failure === 'too_many_pixels')
  t.match(error, { message: /20000 x 20000 pixels; at most 50 megapixels/ })
  t.ok(process.memoryUsage().rss - before < 50e6)
  t.equal(await failureOf(hugePng(70_000, 8)), 'too_many_pixels', 'a side that no JPEG can have')
  const small = createImagePipeline({ maxPixels: 5000 })
  t.equal(await failureOf(hugePng(100, 50), small), 'accepted')
  t.equal(await failureOf(hugePng(100, 51), small), 'too_many_pixels')
})

t.test('Other files and other kinds of pictures are rejected by their bytes', async (t) => {
  const animated = await sharp(Buffer.concat([pixels, pixels.toReversed()].map((p) => Buffer.from(p))), {
    raw: { width: WIDTH, height: HEIGHT * 2, channels: 3, pageHeight: HEIGHT },
  })
    .webp({ loop: 0, delay: [100, 100] })
    .toBuffer()
  t.equal((await sharp(animated).metadata()).pages, 2)
  t.equal(await failureOf(animated), 'unsupported_type')
  t.equal(await failureOf(await picture().gif().toBuffer()), 'unsupported_type')
  t.equal(await failureOf(await picture().tiff().toBuffer()), 'unsupported_type')
  t.equal(await failureOf(await picture().avif().toBuffer()), 'unsupported_type')
  t.equal(await failureOf(Buffer.from('just a text')), 'not_an_image')
  t.equal(await failureOf(Buffer.alloc(0)), 'empty')
  t.equal(await failureOf(Buffer.from([0xff, 0xd8, 0xff])), 'unreadable', 'a signature is no picture')
  t.equal(await failureOf(await picture().png().toBuffer(), createImagePipeline({ maxBytes: 100 })), 'too_large')
})

t.test('Messages are for people and contain nothing from the decoder', async (t) => {
  const bytes = await picture().jpeg().toBuffer()
  for (const broken of [
    bytes.subarray(0, bytes.length >> 1),
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    Buffer.from('<svg'),
  ]) {
    const error = await pipeline.prepare(broken).catch((reason: unknown) => reason)
    t.ok(error instanceof ImageError)
    t.notMatch(error, { message: /vips|sharp|libpng|buffer|undefined/i })
  }
})

t.test('A flood is rejected instead of queued without bound, and the pipeline continues', async (t) => {
  const bytes = await sharp({ create: { width: 2000, height: 1500, channels: 3, background: '#777' } })
    .jpeg()
    .toBuffer()
  const narrow = createImagePipeline({ concurrency: 1, maxQueue: 2 })
  const outcomes = await Promise.all(Array.from({ length: 12 }, () => failureOf(bytes, narrow)))
  const counts = { accepted: 0, overloaded: 0 }
  for (const outcome of outcomes) {
    if (outcome !== 'accepted' && outcome !== 'overloaded') throw new Error(outcome)
    counts[outcome]++
  }
  t.ok(counts.accepted >= 3 && counts.overloaded >= 1, JSON.stringify(counts))
  t.equal(await failureOf(bytes, narrow), 'accepted')
})

t.test('An aborted call rejects with the reason of the signal', async (t) => {
  const bytes = await picture().jpeg().toBuffer()
  await t.rejects(pipeline.prepare(bytes, AbortSignal.abort(new Error('went away'))), /went away/)
})
