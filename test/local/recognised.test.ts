import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import sharp from 'sharp'
import t from 'tap'
import { localAnalyzer } from '../../api/analyzers/local/local.ts'
import { loadConfig } from '../../api/config/config.ts'
import type { UprightImage } from '../../api/domain/photo.ts'
import { LANGUAGES, type Language } from '../../api/domain/vocabulary.ts'
import { drawPart } from '../../fixtures/sample-parts/draw-part.ts'

const { products } = loadConfig({ ENVIRONMENT: 'test' })
const analyzer = localAnalyzer({ threads: 1, products })
t.teardown(() => analyzer.close())

const analyze = (image: UprightImage, productSku: string, language: Language = 'en') =>
  analyzer.analyze({ image, productSku, facility: 'yangjiang', language, signal: new AbortController().signal })

/** A round part with grain, alone on a plain ground. */
async function disc(): Promise<UprightImage> {
  const [width, height] = [900, 700]
  const svg = `<svg width="${width}" height="${height}"><rect width="100%" height="100%" fill="#c9c6bd"/>
    <circle cx="450" cy="350" r="260" fill="#55585b"/></svg>`
  const noise = { type: 'gaussian' as const, mean: 128, sigma: 6 }
  const grain = await sharp({ create: { width, height, channels: 3, background: 'black', noise } })
    .png()
    .toBuffer()
  const jpeg = await sharp(Buffer.from(svg))
    .composite([{ input: grain, blend: 'soft-light' }])
    .jpeg({ quality: 92 })
    .toBuffer()
  return { jpeg, width, height }
}

t.test('A part with a different outline than the product is not judged', async (t) => {
  const round = await disc()
  t.match(await analyze(round, 'WK-KN-200'), { findings: [], unjudged: 'product_not_recognised' })
  t.equal((await analyze(round, 'WK-CI-200')).unjudged, undefined, 'a pan is round')
  const knife = await drawPart({ kind: 'knife', seed: 3 })
  t.match(await analyze(knife, 'WK-CI-200'), { findings: [], unjudged: 'product_not_recognised' })
  // Nothing is said of scissors' outline, open or closed.
  t.equal((await analyze(knife, 'WK-SC-200')).unjudged, undefined)
})

t.test('A surface that fills the frame is not a knife, in every language', async (t) => {
  const plate = await drawPart({ kind: 'plate', seed: 8 })
  const said = new Set<string>()
  for (const language of LANGUAGES) {
    const result = await analyze(plate, 'WK-KN-150', language)
    t.match(result, { findings: [], unjudged: 'product_not_recognised' })
    said.add(result.description)
  }
  t.equal(said.size, LANGUAGES.length)
})

t.test('Knives are recognised at any angle', async (t) => {
  for (const seed of [41, 42, 43]) {
    const knife = await drawPart({ kind: 'knife', seed })
    t.equal((await analyze(knife, 'WK-KN-200')).unjudged, undefined, `knife ${seed}`)
  }
  const jpeg = await readFile(resolve(import.meta.dirname, '../../web/public/sample-knife.jpg'))
  const ground = '#676b6e'
  for (const turn of [45, 90, 160]) {
    const { data, info } = await sharp(jpeg)
      .rotate(turn, { background: ground })
      .jpeg()
      .toBuffer({ resolveWithObject: true })
    const result = await analyze({ jpeg: data, width: info.width, height: info.height }, 'WK-KN-200')
    t.equal(result.unjudged, undefined, `turned by ${turn} degrees`)
  }
})

t.test('A detected defect stands even if the part is not recognised', async (t) => {
  const plate = await drawPart({ kind: 'plate', seed: 101, defect: { type: 'rust_spot' } })
  const result = await analyze(plate, 'WK-KN-200')
  t.match(result, { findings: [{ defect_type: 'rust_spot' }] })
  t.equal(result.unjudged, undefined)
})
