import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import t from 'tap'
import { ADVICE } from '../../api/domain/photo-advice.ts'
import { DEFAULT_PHOTO_LIMITS, faultsOf, PHOTO_FAULTS } from '../../api/domain/photo-limits.ts'
import { LANGUAGES } from '../../api/domain/vocabulary.ts'
import { createPhotoGate, retake } from '../../api/images/photo-gate/gate.ts'
import { measurePhoto } from '../../api/images/photo-gate/measure.ts'
import { createImagePipeline } from '../../api/images/pipeline.ts'
import { drawPart } from '../../fixtures/sample-parts/draw-part.ts'
import { nothing, STEPS } from '../../scripts/photo-gate/steps.ts'

const pipeline = createImagePipeline()
const gate = createPhotoGate()
t.teardown(() => Promise.all([gate.close(), pipeline.close()]))

async function measured(photo: Buffer) {
  const { upright, raster } = await pipeline.prepare(photo)
  return gate.measure(upright, raster)
}
const faults = async (photo: Buffer) =>
  faultsOf(await measured(photo), DEFAULT_PHOTO_LIMITS).map(({ code }) => code as string)

const sample = await readFile(resolve(import.meta.dirname, '../../web/public/sample-knife.jpg'))
const knives: [name: string, photo: Buffer][] = [['the sample photo', sample]]
for (const [seed, width, height] of [
  [21, 1200, 800],
  [22, 960, 640],
  [23, 800, 1000],
] as const) {
  const { jpeg } = await drawPart({ kind: 'knife', seed, width, height, defect: { type: 'rust_spot' } })
  knives.push([`drawn knife ${seed}`, jpeg])
}

/** The fault that each kind of spoiling must be told as. */
const TOLD: [step: RegExp, code: string][] = [
  [/^blur/, 'out_of_focus'],
  [/^noise/, 'grainy'],
  [/^light x 0/, 'too_dark'],
  [/^light x 5/, 'overexposed'],
  [/^long side/, 'part_too_small'],
]

for (const [name, photo] of knives) {
  t.test(`${name}, spoiled step by step, is refused from the step on where it cannot be judged`, async (t) => {
    for (const { name: step, wanted, spoil } of STEPS) {
      if (wanted === null) continue
      const told = await faults(await spoil(photo))
      if (wanted === 'judge') t.strictSame(told, [], step)
      else t.ok(told.includes(TOLD.find(([of]) => of.test(step))?.[1] ?? ''), `${step}: ${told}`)
    }
  })
}

t.test('plates that fill the frame are judged, although no outline is theirs', async (t) => {
  for (const seed of [31, 32]) {
    for (const defect of [undefined, { type: 'blade_scratch' } as const]) {
      const { jpeg } = await drawPart({ kind: 'plate', seed, ...(defect ? { defect } : {}) })
      t.strictSame(await faults(jpeg), [], `plate ${seed}`)
    }
  }
})

t.test('on a picture of nothing no part is seen', async (t) => {
  for (const [name, photo] of await nothing()) t.ok((await faults(photo)).includes('no_part'), name)
})

t.test('focus is told apart from grain: noise on a blurred photo does not make it sharp', async (t) => {
  const spoiled = async (name: string, photo: Buffer) => {
    const step = STEPS.find((each) => each.name === name)
    if (!step) throw new Error(`there is no step ${name}`)
    return step.spoil(photo)
  }
  for (const [name, photo] of knives) {
    const blurred = await spoiled('blur 5 ‰ of the long side', photo)
    const noisy = await spoiled('noise 10 grey levels', blurred)
    const sharp = (await measured(await spoiled('noise 20 grey levels', photo))).blur ?? Number.NaN
    const blurs = [(await measured(blurred)).blur ?? 0, (await measured(noisy)).blur ?? 0]
    t.ok(Math.min(...blurs) > DEFAULT_PHOTO_LIMITS.out_of_focus, `${name}: blurred ${blurs}`)
    t.ok(sharp < DEFAULT_PHOTO_LIMITS.out_of_focus, `${name}: sharp with noise ${sharp}`)
  }
})

t.test('a white ground is no glare, a burnt-out blade is', async (t) => {
  const scene = (ground: number, blade: number) => {
    const [width, height] = [600, 400]
    const pixels = new Uint8Array(3 * width * height).fill(ground)
    for (let y = 160; y < 240; y++) {
      for (let x = 60; x < 540; x++) {
        // A dark rim, as a blade on white has.
        const value = y < 166 || y >= 234 || x < 66 || x >= 534 ? 60 : blade
        pixels.fill(value, 3 * (y * width + x), 3 * (y * width + x) + 3)
      }
    }
    return measurePhoto({ width, height, channels: 3, pixels }, width)
  }
  t.equal(scene(255, 150).glare, 0)
  t.strictSame(faultsOf(scene(255, 150), DEFAULT_PHOTO_LIMITS), [])
  t.ok(scene(120, 255).glare > 0.5)
  t.match(faultsOf(scene(255, 255), DEFAULT_PHOTO_LIMITS)[0], { code: 'overexposed' })
})

t.test('the page and the service measure the same: a fourth channel changes nothing', async (t) => {
  const [width, height] = [320, 240]
  const rgb = Uint8Array.from({ length: 3 * width * height }, (_, i) => (i * 7919) % 251)
  const rgba = new Uint8ClampedArray(4 * width * height).fill(9)
  for (let i = 0; i < width * height; i++) rgba.set(rgb.subarray(3 * i, 3 * i + 3), 4 * i)
  t.strictSame(
    measurePhoto({ width, height, channels: 4, pixels: rgba }, 640),
    measurePhoto({ width, height, channels: 3, pixels: rgb }, 640),
  )
})

t.test('one pixel, one line and one row are measured too', async (t) => {
  for (const [width, height] of [
    [1, 1],
    [300, 1],
    [1, 300],
  ] as const) {
    const pixels = new Uint8Array(3 * width * height).fill(90)
    const measures = measurePhoto({ width, height, channels: 3, pixels }, Math.max(width, height))
    t.match(faultsOf(measures, DEFAULT_PHOTO_LIMITS)[0], { code: 'no_part' })
  }
})

t.test('each fault has advice in each language, and a retake is never more than advice', async (t) => {
  for (const language of LANGUAGES) {
    t.strictSame(Object.keys(ADVICE[language]).sort(), [...PHOTO_FAULTS].sort())
    const result = retake([{ code: 'out_of_focus', value: 3, limit: 1.25 }], language)
    t.match(result, { findings: [], unjudged: 'photo_unusable', cost_usd: 0, tokens: { input: 0, output: 0 } })
    t.ok(result.description.includes(ADVICE[language].out_of_focus))
  }
})
