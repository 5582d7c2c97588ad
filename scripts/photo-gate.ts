import { readdir, readFile } from 'node:fs/promises'
import { join, relative, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import sharp from 'sharp'
import { localAnalyzer } from '../api/analyzers/local/local.ts'
import { loadConfig } from '../api/config/config.ts'
import type { PhotoMeasures } from '../api/domain/photo-limits.ts'
import {
  DEFAULT_PHOTO_LIMITS,
  faultsOf,
  PHOTO_CHECKS,
  PHOTO_FAULTS,
  type PhotoFaultCode,
} from '../api/domain/photo-limits.ts'
import type { AnalyzerResult } from '../api/domain/verdict.ts'
import { createPhotoGate } from '../api/images/photo-gate/gate.ts'
import { createImagePipeline } from '../api/images/pipeline.ts'
import { drawPart } from '../fixtures/sample-parts/draw-part.ts'
import { nothing, STEPS } from './photo-gate/steps.ts'

const USAGE = `Usage: node scripts/photo-gate.ts [--every N] [--gate-only] [FOLDER]
Measures photos as the gate before the analyzers does, and prints which it would refuse. FOLDER has a folder for each set of usable
photos; in one called hostile nothing is known of them. Without it ../shared/images is taken. Every Nth photo of a set (default 12)
is spoiled step by step, and so are drawn parts. The local analyzer looks at them too, a second each; --gate-only leaves it out. Ends with 1 where more than 1 % of the usable photos are lost, or one that is
unusable is not caught.`

const { values, positionals } = parseArgs({
  options: {
    every: { type: 'string', default: '12' },
    'gate-only': { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
  allowPositionals: true,
})
if (values.help) {
  console.log(USAGE)
  process.exit(0)
}
const PARENT = resolve(positionals[0] ?? resolve(import.meta.dirname, '../../shared/images'))
const every = Math.max(1, Number(values.every) || 12)

const pipeline = createImagePipeline()
const gate = createPhotoGate()
const analyzer = localAnalyzer({ threads: 1, products: loadConfig({ ENVIRONMENT: 'test' }).products })

interface Measured {
  measures: PhotoMeasures
  faults: PhotoFaultCode[]
}

async function measure(photo: Buffer): Promise<Measured> {
  const { upright, raster } = await pipeline.prepare(photo)
  const measures = await gate.measure(upright, raster)
  return { measures, faults: faultsOf(measures, DEFAULT_PHOTO_LIMITS).map(({ code }) => code) }
}

const row = (cells: (string | number)[]): string => `| ${cells.join(' | ')} |`
const table = (head: string[], rows: string[][]): string =>
  [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n')
const short = (value: number): string => Number(value.toFixed(value < 10 ? 3 : 0)).toString()
const range = (values: number[]): string =>
  values.length === 0 ? '-' : `${short(Math.min(...values))} to ${short(Math.max(...values))}`
/** The faults of some photos, the most frequent first. */
function told(measured: readonly Measured[]): string {
  const first = measured.flatMap(({ faults }) => faults[0] ?? [])
  return PHOTO_FAULTS.map((code) => ({ code, count: first.filter((each) => each === code).length }))
    .filter(({ count }) => count > 0)
    .toSorted((a, b) => b.count - a.count)
    .map(({ code, count }) => `${code} ${count}`)
    .join(', ')
}

const photosIn = async (folder: string): Promise<string[]> =>
  (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && /\.(jpe?g|png|webp)$/i.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted()

const folders = (await readdir(PARENT, { withFileTypes: true })).filter((entry) => entry.isDirectory())
const files = await Promise.all(folders.map(({ name }) => photosIn(join(PARENT, name))))
const all = files.flat().map((path) => ({ path, set: relative(PARENT, resolve(path, '..')) }))
const sets = [...new Set(all.map(({ set }) => set))].filter((set) => set !== 'hostile')

const MEASURES = PHOTO_FAULTS.map((code) => PHOTO_CHECKS[code].measure)
let usable = 0
let lost = 0
const usableRows: string[][] = []
const real: Buffer[] = []
for (const set of sets) {
  const photos = await Promise.all(all.filter((photo) => photo.set === set).map(({ path }) => readFile(path)))
  const measured: Measured[] = []
  for (const photo of photos) measured.push(await measure(photo))
  const refused = measured.filter(({ faults }) => faults.length > 0)
  usable += measured.length
  lost += refused.length
  real.push(...photos.filter((_, n) => n % every === 0))
  usableRows.push([
    set,
    String(measured.length),
    String(refused.length),
    ...MEASURES.map((name) => range(measured.flatMap(({ measures }) => measures[name] ?? []))),
  ])
  console.error(`${set}: ${measured.length}`)
}
console.log(`Usable photos: ${usable}, lost: ${lost}\n`)
console.log(
  table(
    ['photos', 'n', 'lost', ...PHOTO_FAULTS.map((code) => `${code}: ${PHOTO_CHECKS[code].measure}`)],
    [
      ...usableRows,
      [
        'limit',
        '',
        '',
        ...PHOTO_FAULTS.map(
          (code) => `${PHOTO_CHECKS[code].fault === 'above' ? 'at most' : 'at least'} ${DEFAULT_PHOTO_LIMITS[code]}`,
        ),
      ],
    ],
  ),
)

const TYPES = ['rust_spot', 'blade_scratch', 'surface_contamination', 'blade_chip', 'handle_crack'] as const
const knives = await Promise.all(TYPES.map((type, n) => drawPart({ kind: 'knife', seed: 300 + n, defect: { type } })))
const plates = await Promise.all([1, 2, 3].map((n) => drawPart({ kind: 'plate', seed: 310 + n })))
const sample = await readFile(resolve(import.meta.dirname, '../web/public/sample-knife.jpg'))
const SOURCES = [
  { name: 'knives', kept: true, photos: [sample, ...knives.map(({ jpeg }) => jpeg)] },
  // Faint lines all over the frame and no outline: kept as they are, and lost sooner than a part in front of a ground.
  { name: 'plates', kept: false, photos: plates.map(({ jpeg }) => jpeg) },
  { name: 'real photos', kept: true, photos: real },
]

async function look(photo: Buffer): Promise<AnalyzerResult> {
  const { upright: image } = await pipeline.prepare(photo)
  const signal = new AbortController().signal
  const input = { image, productSku: 'WK-KN-200', facility: 'yangjiang', language: 'en', signal } as const
  return analyzer.analyze(input)
}

const wrong: string[] = []
const stepRows: string[][] = []
for (const step of STEPS) {
  const cells: string[] = []
  const measured: Measured[] = []
  for (const { name, kept, photos } of SOURCES) {
    const ofSource: Measured[] = []
    for (const photo of photos) ofSource.push(await measure(await step.spoil(photo)))
    const refused = ofSource.filter(({ faults }) => faults.length > 0).length
    cells.push(`${refused} of ${photos.length}`)
    if (step.wanted === 'retake' && refused < photos.length) wrong.push(`${step.name}: ${name} not all caught`)
    if (step.wanted === 'judge' && (kept || step.name === 'as it is') && refused > 0.01 * photos.length)
      wrong.push(`${step.name}: ${name} lost`)
    measured.push(...ofSource)
  }
  let hits = 0
  for (const { jpeg } of values['gate-only'] ? [] : knives)
    if ((await look(await step.spoil(jpeg))).findings.length > 0) hits++
  stepRows.push([
    step.name,
    step.wanted ?? 'either',
    ...cells,
    told(measured),
    values['gate-only'] ? '-' : `${hits} of ${knives.length}`,
  ])
  console.error(step.name)
}
console.log('\nSpoiled step by step: refused by the gate\n')
console.log(
  table(
    [
      'step',
      'wanted',
      ...SOURCES.map(({ name }) => name),
      'first fault told',
      'drawn defects that the local analyzer still finds',
    ],
    stepRows,
  ),
)

console.log('\nPictures of nothing\n')
const nothingRows: string[][] = []
for (const [name, photo] of await nothing()) {
  const { faults } = await measure(photo)
  if (faults.length === 0) wrong.push(`${name} not caught`)
  nothingRows.push([name, faults.join(', ') || 'judged'])
}
console.log(table(['picture', 'faults'], nothingRows))

console.log('\nNone of the real photos shows a knife: sent as one, the local analyzer says\n')
const said: AnalyzerResult[] = []
for (const photo of values['gate-only'] ? [] : real) said.push(await look(photo))
const count = (test: (result: AnalyzerResult) => boolean) => String(said.filter(test).length)
const isOk = ({ findings, unjudged }: AnalyzerResult) => findings.length === 0 && !unjudged
console.log(
  table(
    ['photos', 'not recognised', 'a defect', 'OK'],
    [
      [
        String(said.length),
        count(({ unjudged }) => unjudged !== undefined),
        count(({ findings }) => findings.length > 0),
        count(isOk),
      ],
    ],
  ),
)

const hostile = all.filter(({ set }) => set === 'hostile')
const taken: Measured[] = []
for (const { path } of hostile) {
  const measured = await measure(await readFile(path)).catch(() => null)
  if (measured) taken.push(measured)
}
if (hostile.length > 0) {
  const refused = taken.filter(({ faults }) => faults.length > 0)
  console.log(
    `\nHostile files: ${hostile.length}; decoded: ${taken.length}; of these refused by the gate: ${refused.length} (${told(refused)})`,
  )
}
console.log('')
for (const edge of [1200, 4000]) {
  const { upright, raster } = await pipeline.prepare(await sharp(sample).resize(edge).jpeg().toBuffer())
  for (let warm = 0; warm < 5; warm++) await gate.measure(upright, raster)
  const before = process.cpuUsage()
  for (let n = 0; n < 20; n++) await gate.measure(upright, raster)
  const { user, system } = process.cpuUsage(before)
  const milliseconds = (user + system) / 1000 / 20
  const megapixels = (upright.width * upright.height) / 1e6
  console.log(
    `${megapixels.toFixed(1)} megapixels: ${milliseconds.toFixed(0)} ms CPU, ${(milliseconds / megapixels).toFixed(1)} a megapixel`,
  )
}
if (lost > 0.01 * usable) wrong.push(`${lost} of ${usable} usable photos lost`)
for (const line of wrong) console.log(`WRONG: ${line}`)
if (wrong.length > 0) process.exitCode = 1
await Promise.all([gate.close(), analyzer.close(), pipeline.close()])
