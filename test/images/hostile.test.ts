import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import sharp from 'sharp'
import t from 'tap'
import { ImageError } from '../../api/domain/image-error.ts'
import { createImagePipeline } from '../../api/images/pipeline.ts'

/** Public files that broke decoders, with what an upload API should do with each (manifest.json). */
const FOLDER = resolve(import.meta.dirname, '../../../shared/images/hostile')
const skip = existsSync(FOLDER) ? false : 'shared/images is not here'

interface Item {
  file: string
  what: string
  want: 'accept' | 'reject' | 'either'
}

const items = (): Item[] => JSON.parse(readFileSync(resolve(FOLDER, 'manifest.json'), 'utf8')).items
const read = (file: string): Buffer => readFileSync(resolve(FOLDER, file))

/** What GPS, comments, HTML and archives would leave behind. */
const FOREIGN = ['Exif\0', 'http://ns.adobe.com', '<script', '<?php', 'PK\x03\x04']

t.test('Every hostile file is accepted or rejected as expected, in bounded memory', { skip }, async (t) => {
  const pipeline = createImagePipeline({ concurrency: 2 })
  t.teardown(() => pipeline.close())
  const before = process.memoryUsage().rss
  for (const { file, what, want } of items()) {
    const outcome = await pipeline.prepare(read(file)).catch((error: unknown) => error)
    if (outcome instanceof Error) {
      t.ok(outcome instanceof ImageError, `${file} (${what}): ${outcome.message}`)
      t.not(want, 'accept', file)
      t.notMatch(outcome.message, /vips|png read|buffer/i)
      continue
    }
    t.not(want, 'reject', `${file} (${what})`)
    const prepared = await pipeline.prepare(read(file))
    const { upright } = prepared
    const thumbnail = await prepared.thumbnail()
    const { format, width, height, channels, exif, icc, xmp } = await sharp(upright.jpeg).metadata()
    t.same(
      { format, width, height, channels },
      { ...{ format: 'jpeg', channels: 3 }, width: upright.width, height: upright.height },
    )
    t.same([exif, icc, xmp], [undefined, undefined, undefined], file)
    for (const text of FOREIGN) {
      t.notOk(upright.jpeg.includes(text, 0, 'latin1') || thumbnail.includes(text, 0, 'latin1'), `${file}: ${text}`)
    }
  }
  const growth = (process.memoryUsage().rss - before) / 1e6
  t.ok(growth < 400, `memory grew by ${growth.toFixed(0)} MB`)
})

t.test('The orientation examples give the same upright picture', { skip }, async (t) => {
  const pipeline = createImagePipeline({ concurrency: 2 })
  t.teardown(() => pipeline.close())
  const files = items().flatMap(({ file }) => (file.startsWith('exif__Landscape_') ? [file] : []))
  t.ok(files.length >= 6)
  const small = async (file: string): Promise<Buffer> => {
    const { upright } = await pipeline.prepare(read(file))
    t.same([upright.width, upright.height], [1800, 1200], file)
    return sharp(upright.jpeg).resize(90, 60).raw().toBuffer()
  }
  const first = await small('exif__Landscape_1.jpg')
  for (const file of files) {
    const other = await small(file)
    const difference =
      first.reduce((sum, value, index) => sum + Math.abs(value - (other[index] ?? 0)), 0) / first.length
    t.ok(difference < 2, `${file}: mean difference ${difference.toFixed(2)} of 255`)
  }
})

t.test('Random damage gives either a picture or a rejection', { skip }, async (t) => {
  const pipeline = createImagePipeline({ concurrency: 2 })
  t.teardown(() => pipeline.close())
  const goods = [
    'made__jpeg-com-script.jpg',
    'png__basi3p01.png',
    'vips__sample-xyb.jpg',
    'pillow__pil_sample_cmyk.jpg',
  ].map(read)
  goods.push(await sharp(goods[0]).webp().toBuffer())
  // A fixed sequence (Park and Miller's generator), so that a failure can be repeated.
  let seed = 20_261_122
  const random = (below: number): number => {
    seed = (seed * 48_271) % 2_147_483_647
    return seed % below
  }
  for (let round = 0; round < 150; round++) {
    const bytes = Buffer.from(goods[round % goods.length] ?? [])
    for (let flips = 1 + random(8); flips > 0; flips--) bytes[random(bytes.length)] = random(256)
    const sent = round % 3 === 0 ? bytes.subarray(0, random(bytes.length)) : bytes
    const outcome = await pipeline.prepare(sent).catch((error: unknown) => error)
    if (outcome instanceof Error && !(outcome instanceof ImageError)) t.fail(`round ${round}: ${outcome.message}`)
  }
  t.equal((await pipeline.prepare(goods[0] ?? Buffer.alloc(0))).upright.width, 320, 'and it still works')
})
