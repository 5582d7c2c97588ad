import { performance } from 'node:perf_hooks'
import t from 'tap'
import {
  createGoldenInspector,
  type GoldenModel,
  type Judgement,
  type Photo,
  serialise,
} from '../../api/analyzers/golden/index.ts'
import { drawnStation, type Flaw } from '../../fixtures/golden-station.ts'

const WIDTH = 384
const HEIGHT = 256
const GOLDENS = 6
/** On the blade, well away from its outline. */
const FLAW: Flaw = { x: 172, y: 126, radius: 8 }

const inspector = createGoldenInspector()
t.teardown(() => inspector.close())

const [knife, plate] = await Promise.all([
  drawnStation('knife', 3, WIDTH, HEIGHT),
  drawnStation('plate', 4, WIDTH, HEIGHT),
])
const goldens = await Promise.all(Array.from({ length: GOLDENS }, async (_, i) => (await knife(i)).photo))
const model = await inspector.fit(goldens, { mmPerPixel: 0.5 })

const covers = ({ regions }: Judgement, x: number, y: number): boolean =>
  regions.some(
    (region) => x >= region.x && x <= region.x + region.width && y >= region.y && y <= region.y + region.height,
  )
const around = ({ x, y }: Flaw, reach: number) =>
  [
    [x - reach, y - reach],
    [x + reach, y - reach],
    [x + reach, y + reach],
    [x - reach, y + reach],
  ] as const

t.test('good parts that lie elsewhere, in other light, are OK', async (t) => {
  for (const index of [20, 21, 22, 23]) {
    const { photo } = await knife(index)
    const { verdict, ratio, reason, advisory, ncc } = await inspector.judge(model, photo)
    t.equal(verdict, 'ok', `shot ${index}: ratio ${ratio.toFixed(2)}, ncc ${ncc.toFixed(3)}`)
    t.equal(reason, null)
    t.equal(advisory, false)
  }
})

t.test('a flaw is NG, with a box on it in pixels and millimetres of the photo as it was sent', async (t) => {
  for (const index of [30, 31]) {
    const { photo, shift } = await knife(index, FLAW)
    const judgement = await inspector.judge(model, photo)
    const [region] = judgement.regions
    t.equal(judgement.verdict, 'ng', `ratio ${judgement.ratio.toFixed(2)}`)
    t.equal(judgement.reason, 'differs')
    t.ok(covers(judgement, FLAW.x + shift[0], FLAW.y + shift[1]), JSON.stringify(judgement.regions))
    if (!region) continue
    t.ok([region.x, region.y, region.width, region.height].every(Number.isInteger), 'whole pixels')
    t.ok(region.peak > 1 && Math.abs(region.peak - judgement.ratio) < 1e-6, 'its peak is the ratio')
    t.same(region.mm, { width: region.width * 0.5, height: region.height * 0.5 })
    const { width, height, data } = judgement.heatMap
    t.same([width, height, data.length], [WIDTH / 8, HEIGHT / 8, (WIDTH / 8) * (HEIGHT / 8)])
    const hottest = data.indexOf(Math.max(...data))
    t.ok(
      Math.hypot((hottest % width) * 8 - FLAW.x - shift[0], Math.floor(hottest / width) * 8 - FLAW.y - shift[1]) < 30,
      'the heat map is hottest there',
    )
  }
})

t.test('a photo that was made smaller is boxed in pixels of the whole one', async (t) => {
  const { photo, shift } = await knife(32, FLAW)
  const { regions } = await inspector.judge(model, { ...photo, scale: 3 })
  const [region] = regions
  t.ok(region && region.x <= 3 * (FLAW.x + shift[0]) && region.x + region.width >= 3 * (FLAW.x + shift[0]))
})

t.test('another product, or another format, cannot be judged', async (t) => {
  const { photo } = await plate(1)
  const other = await inspector.judge(model, photo)
  t.match(other, { verdict: 'cannot_judge', reason: 'another_product', regions: [] }, `ncc ${other.ncc.toFixed(2)}`)
  const upright: Photo = { ...photo, width: HEIGHT, height: WIDTH }
  t.match(await inspector.judge(model, upright), { verdict: 'cannot_judge', reason: 'other_size', regions: [] })
})

t.test('what lies in an ignored polygon, or outside the region, is not judged', async (t) => {
  const { photo } = await knife(33, FLAW)
  const ignoring = await inspector.fit(goldens, { ignore: [around(FLAW, 28)] })
  t.match(await inspector.judge(ignoring, photo), { verdict: 'ok', regions: [] })
  const elsewhere = await inspector.fit(goldens, { region: around({ ...FLAW, x: 320 }, 50) })
  t.match(await inspector.judge(elsewhere, photo), { verdict: 'ok', regions: [] })
})

t.test('one or two goldens give advice only, and say so', async (t) => {
  for (const count of [1, 2]) {
    const advisory = await inspector.fit(goldens.slice(0, count))
    t.match(advisory.info, { advisory: true, goldens: count, falseAlarms: [0, 0] })
    const { photo } = await knife(34, FLAW)
    const { verdict, advisory: isAdvice } = await inspector.judge(advisory, photo)
    t.ok(isAdvice)
    t.ok(verdict === 'ng' || verdict === 'unsure', verdict)
  }
})

t.test('a golden that the others would not pass is named', async (t) => {
  t.same(model.info.outliers, [])
  const { photo } = await knife(4, { ...FLAW, radius: 10 })
  const mixed: GoldenModel = await inspector.fit(goldens.with(4, photo))
  t.same(
    mixed.info.outliers.map(({ golden }) => golden),
    [4],
  )
})

t.test('a stored model judges as the one that was fitted', async (t) => {
  const { photo } = await knife(35, FLAW)
  const loaded = await inspector.load(serialise(model))
  t.same(loaded.info, model.info)
  t.same(await inspector.judge(loaded, photo), await inspector.judge(model, photo))
})

t.test('a damaged model, and one of a later release, is refused', async (t) => {
  const bytes = serialise(model)
  const flipped = Buffer.from(bytes)
  flipped[bytes.length >> 1] = (flipped[bytes.length >> 1] ?? 0) ^ 1
  await t.rejects(inspector.load(flipped), { name: 'GoldenError', code: 'damaged' })
  await t.rejects(inspector.load(bytes.subarray(0, -100)), { code: 'damaged' })
  await t.rejects(inspector.load(Buffer.from('no model')), { code: 'damaged' })
  const later = Buffer.from(bytes)
  later.writeUInt32LE(2, 8)
  await t.rejects(inspector.load(later), { code: 'version', message: /fit it again/ })
})

t.test('what cannot be fitted is refused with what is wrong', async (t) => {
  const [golden] = goldens
  if (!golden) return t.fail('no golden')
  await t.rejects(inspector.fit([]), { code: 'count' })
  await t.rejects(inspector.fit([golden, { ...golden, width: HEIGHT, height: WIDTH }]), {
    code: 'size',
    message: /golden 1/,
  })
  await t.rejects(inspector.fit([golden], { mmPerPixel: 0 }), { code: 'options' })
  await t.rejects(inspector.fit([golden], { region: [[0, 0]] }), { code: 'options' })
})

t.test('the thread that asks stays free', async (t) => {
  const { photo } = await knife(36)
  const before = performance.eventLoopUtilization()
  const start = performance.now()
  await inspector.judge(model, photo)
  const took = performance.now() - start
  const { active } = performance.eventLoopUtilization(before)
  t.ok(active < took / 3, `busy ${active.toFixed(0)} of ${took.toFixed(0)} ms`)
})

t.test('the self-test pastes flaws and tells the smallest that is found', async (t) => {
  const { sizes, smallest, falseAlarms } = await inspector.selfTest(model, goldens, { tries: 2 })
  t.same(falseAlarms, model.info.falseAlarms)
  const spots = sizes.filter(({ flaw }) => flaw === 'dark_spot')
  t.ok((spots.at(-1)?.found ?? 0) > (spots[0]?.found ?? 0) || (spots[0]?.found ?? 0) === 2, JSON.stringify(spots))
  const spot = smallest.find(({ flaw }) => flaw === 'dark_spot')
  t.ok(spot?.pixels && spot.pixels <= 48, JSON.stringify(smallest))
  t.equal(spot?.mm, (spot?.pixels ?? 0) * 0.5)
})
