import sharp from 'sharp'
import t from 'tap'
import type { AnalyzerInput } from '../../api/analyzers/analyzer.ts'
import { localAnalyzer } from '../../api/analyzers/local/local.ts'
import { TEXTS } from '../../api/analyzers/local/texts.ts'
import { defectConfidence, goodConfidence } from '../../api/analyzers/local/verdict.ts'
import { AnalyzerError } from '../../api/domain/analyzer-error.ts'
import { DEFECT_TYPES, LANGUAGES, USUAL_CAUSES } from '../../api/domain/vocabulary.ts'
import { drawPart } from '../../fixtures/sample-parts/draw-part.ts'

const input = (image: AnalyzerInput['image'], more: Partial<AnalyzerInput> = {}): AnalyzerInput => ({
  image,
  productSku: 'WK-KN-200',
  facility: 'yangjiang',
  language: 'en',
  signal: new AbortController().signal,
  ...more,
})

const failureOf = (promise: Promise<unknown>): Promise<AnalyzerError> =>
  promise.then(
    () => {
      throw new Error('there is a verdict')
    },
    (error: unknown) => {
      if (error instanceof AnalyzerError) return error
      throw error
    },
  )

const flat = async (width: number, height: number, background = '#808080') => ({
  jpeg: await sharp({ create: { width, height, channels: 3, background } })
    .jpeg()
    .toBuffer(),
  width,
  height,
})

t.test('Flat, tiny and needle-shaped pictures cannot be judged', async (t) => {
  const analyzer = localAnalyzer({ threads: 1 })
  t.teardown(() => analyzer.close())
  for (const [width, height] of [
    [1, 1],
    [2, 2],
    [1, 65_000],
    [65_000, 1],
    [63, 400],
    [800, 600],
  ] as const) {
    const result = await analyzer.analyze(input(await flat(width, height)))
    t.match(
      result,
      {
        findings: [],
        confidence: 0.3,
        description: /nothing to judge/,
        affected_area: 'overall',
        probable_stage: null,
      },
      `${width} x ${height}`,
    )
  }
})

t.test('Pictures that fit no scene get an answer: noise, half black, grey-scale and CMYK', async (t) => {
  const analyzer = localAnalyzer({ threads: 1 })
  t.teardown(() => analyzer.close())
  const size = { width: 200, height: 150 }
  const noise = Uint8Array.from({ length: 200 * 150 * 3 }, (_, i) => (i * i * 31 + i * 17) % 251)
  const raw = sharp(noise, { raw: { ...size, channels: 3 } })
  const halves = sharp(
    Uint8Array.from({ length: 200 * 150 }, (_, i) => (i % 200 < 100 ? 0 : 255)),
    {
      raw: { ...size, channels: 1 },
    },
  )
  for (const picture of [
    raw.clone().jpeg(),
    halves.jpeg(),
    raw.clone().greyscale().jpeg(),
    raw.clone().toColourspace('cmyk').jpeg(),
  ]) {
    const result = await analyzer.analyze(input({ jpeg: await picture.toBuffer(), ...size }))
    t.ok(result.confidence > 0 && result.confidence < 1)
    t.ok(result.description.length > 20)
  }
})

t.test('Bytes that are not a picture are unreadable', async (t) => {
  const analyzer = localAnalyzer({ threads: 1 })
  t.teardown(() => analyzer.close())
  const { jpeg } = await drawPart({ kind: 'plate', seed: 1, width: 200, height: 150 })
  for (const bytes of [Buffer.alloc(0), Buffer.from('not a picture'), jpeg.subarray(0, 40)]) {
    t.match(await failureOf(analyzer.analyze(input({ jpeg: bytes, width: 200, height: 150 }))), {
      failure: 'unreadable',
    })
  }
})

t.test('A client that disconnects aborts the analysis', async (t) => {
  const analyzer = localAnalyzer({ threads: 1 })
  t.teardown(() => analyzer.close())
  const part = await drawPart({ kind: 'plate', seed: 1 })
  const gone = AbortSignal.abort()
  t.match(await failureOf(analyzer.analyze(input(part, { signal: gone }))), { failure: 'aborted' })
  const controller = new AbortController()
  const running = failureOf(analyzer.analyze(input(part, { signal: controller.signal })))
  setTimeout(() => controller.abort(), 100)
  t.match(await running, { failure: 'aborted' })
  t.match((await analyzer.analyze(input(part))).findings, [], 'the next picture is analysed as ever')
})

t.test('More than the queue holds is rejected at once, and the rest is served', async (t) => {
  const analyzer = localAnalyzer({ threads: 1, maxQueue: 1 })
  t.teardown(() => analyzer.close())
  const part = await drawPart({ kind: 'plate', seed: 1, width: 600, height: 400 })
  const served = [analyzer.analyze(input(part)), analyzer.analyze(input(part))]
  t.match(await failureOf(analyzer.analyze(input(part))), { failure: 'overloaded', retryAfterSeconds: 1 })
  t.equal((await Promise.all(served)).length, 2)
  t.ok(await analyzer.analyze(input(part)), 'there is room again')
})

t.test('The analyzer has a deadline of its own', async (t) => {
  const analyzer = localAnalyzer({ threads: 1, timeoutMs: 1 })
  t.teardown(() => analyzer.close())
  const part = await drawPart({ kind: 'plate', seed: 1 })
  t.match(await failureOf(analyzer.analyze(input(part))), { failure: 'timeout' })
})

t.test('Closing aborts running analyses and rejects new ones', async (t) => {
  const analyzer = localAnalyzer({ threads: 1 })
  const part = await drawPart({ kind: 'plate', seed: 1 })
  const running = failureOf(analyzer.analyze(input(part)))
  await analyzer.close()
  t.match(await running, { failure: 'unavailable' })
  t.match(await failureOf(analyzer.analyze(input(part))), { failure: 'unavailable' })
})

t.test('The event loop is not blocked while a picture is analysed', async (t) => {
  const analyzer = localAnalyzer({ threads: 1 })
  t.teardown(() => analyzer.close())
  const part = await drawPart({ kind: 'plate', seed: 3 })
  await analyzer.analyze(input(part))
  let turns = 0
  let next = setImmediate(function count() {
    turns++
    next = setImmediate(count)
  })
  await analyzer.analyze(input(part))
  clearImmediate(next)
  t.ok(turns > 100, `${turns} turns of the loop`)
})

t.test('All texts are in the requested language, and causes are marked as not observed', async (t) => {
  const analyzer = localAnalyzer({ threads: 1 })
  t.teardown(() => analyzer.close())
  const part = await drawPart({ kind: 'knife', seed: 5, width: 900, height: 600, defect: { type: 'blade_scratch' } })
  const results = await Promise.all(LANGUAGES.map((language) => analyzer.analyze(input(part, { language }))))
  const [en, hans, hant] = results
  for (const result of results) {
    t.match(result, { probable_stage: 'blade_glazing', five_why_chain: [], ishikawa_analysis: null })
    t.equal(result.contributing_factors.length, 1, 'the second usual cause')
  }
  t.match(en?.root_cause, /not observed in this picture: scratching during glazing/)
  t.match(en?.description, /scale in mm is not known/)
  t.match(hans?.root_cause, /并非从本图中观察到.*刀面精抛时划伤/)
  t.match(hant?.root_cause, /並非從本圖中觀察到.*刀面精拋時劃傷/)
  for (const result of [hans, hant]) {
    const texts = [
      result?.description,
      result?.root_cause,
      ...(result?.corrective_actions ?? []),
      ...(result?.preventive_actions ?? []),
      ...(result?.contributing_factors ?? []),
      ...(result?.findings.map(({ description }) => description) ?? []),
    ].join('')
    t.notMatch(texts, /[A-Za-z]{2}/, 'no English left')
  }
})

t.test('Every usual cause has a translation', async (t) => {
  for (const { code } of DEFECT_TYPES) {
    for (const language of ['zh-Hans', 'zh-Hant'] as const) {
      t.equal(TEXTS[language].causes[code]?.length, USUAL_CAUSES[code]?.length, `${code} in ${language}`)
    }
  }
})

t.test('Confidence stays modest and leaves near misses to a person', async (t) => {
  t.equal(defectConfidence(1), 0.5)
  t.ok(defectConfidence(1.2) < 0.6 && defectConfidence(1.25) > 0.6)
  t.ok(defectConfidence(1000) <= 0.8)
  t.equal(goodConfidence(1), 0.5)
  t.equal(goodConfidence(0), 0.8)
  t.ok(goodConfidence(0.8) > 0.6 && goodConfidence(0.85) < 0.6)
})
