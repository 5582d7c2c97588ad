import t from 'tap'
import {
  gapBetween,
  growBox,
  intersectionOverUnion,
  mergeBoxes,
  shrinkBox,
  toPicture,
} from '../../api/analyzers/local/vision/boxes.ts'
import { fillHoles, findComponents, principalAxes } from '../../api/analyzers/local/vision/components.ts'
import { boxMean, gaussian, gradient, maxFilter, minFilter } from '../../api/analyzers/local/vision/filters.ts'
import { fitGround, groundRow } from '../../api/analyzers/local/vision/ground.ts'
import { convexHull, depthInHull, polygonArea } from '../../api/analyzers/local/vision/hull.ts'
import { lineMean } from '../../api/analyzers/local/vision/lines.ts'
import { close, dilate, erode, squaredDistance } from '../../api/analyzers/local/vision/morphology.ts'
import {
  boundsOf,
  crop,
  halve,
  type Mask,
  mapMask,
  type Plane,
  transpose,
} from '../../api/analyzers/local/vision/plane.ts'
import { median, otsu, robustSpread } from '../../api/analyzers/local/vision/statistics.ts'

const plane = (rows: number[][]): Plane => ({
  width: rows[0]?.length ?? 0,
  height: rows.length,
  data: Float32Array.from(rows.flat()),
})
const mask = (...rows: string[]): Mask => ({
  width: rows[0]?.length ?? 0,
  height: rows.length,
  data: Uint8Array.from(rows.join(''), (c) => (c === '#' ? 1 : 0)),
})
const draw = ({ width, height, data }: Mask): string[] =>
  Array.from({ length: height }, (_, y) =>
    Array.from(data.subarray(y * width, (y + 1) * width), (v) => (v === 1 ? '#' : '.')).join(''),
  )

t.test('Box mean divides by the part of the window inside the frame', async (t) => {
  const mean = boxMean(
    plane([
      [1, 2, 3],
      [4, 5, 6],
      [7, 8, 9],
    ]),
    1,
  )
  t.same([...mean.data], [3, 3.5, 4, 4.5, 5, 5.5, 6, 6.5, 7])
  t.same([...boxMean(plane([[1, 2, 6]]), 9).data], [3, 3, 3], 'a window wider than the picture is the whole picture')
})

t.test('Window maximum and minimum are correct', async (t) => {
  const p = plane([[5, 1, 1, 9, 1, 1, 1, 2]])
  t.same([...maxFilter(p, 1).data], [5, 5, 9, 9, 9, 1, 2, 2])
  t.same([...maxFilter(p, 2).data], [5, 9, 9, 9, 9, 9, 2, 2])
  t.same([...minFilter(plane([[5], [3], [4], [8], [9]]), 1).data], [3, 3, 3, 4, 8])
})

t.test('Gaussian keeps a constant and spreads a point by the kernel', async (t) => {
  for (const value of gaussian(plane([[7, 7, 7, 7]]), 1).data) t.ok(Math.abs(value - 7) < 1e-5)
  const row = Array.from({ length: 9 }, (_, i) => (i === 4 ? 1 : 0))
  const spread = gaussian(plane([row, row, row, row, row, row, row, row, row]), 1)
  const total = [0, 1, 2, 3].reduce((sum, k) => sum + (k === 0 ? 1 : 2) * Math.exp(-(k * k) / 2), 0)
  t.ok(Math.abs((spread.data[4 * 9 + 4] ?? 0) - 1 / total) < 1e-6)
  t.ok(Math.abs((spread.data[4 * 9 + 5] ?? 0) - Math.exp(-0.5) / total) < 1e-6)
})

t.test('Gradient of a slope is constant', async (t) => {
  const slope = plane(Array.from({ length: 3 }, (_, y) => Array.from({ length: 3 }, (_, x) => 2 * x + 5 * y)))
  const { dx, dy } = gradient(slope)
  t.equal(dx.data[4], 2)
  t.equal(dy.data[4], 5)
})

t.test('Halving takes the mean of four, and the last odd pixel by itself', async (t) => {
  const half = halve(
    plane([
      [0, 4, 8],
      [0, 4, 8],
    ]),
  )
  t.same([half.width, half.height, ...half.data], [2, 1, 2, 8])
})

t.test('Median, robust spread and Otsu are correct', async (t) => {
  t.equal(median([9, 1, 5]), 5)
  t.equal(median([4, 1, 3, 2]), 2)
  t.match(robustSpread([10, 11, 9, 10, 1000]), { middle: 10 })
  t.ok(Math.abs(robustSpread([1, 2, 3, 4, 5]).deviation - 1.4826) < 1e-6)
  const { threshold, separability } = otsu([10, 10, 10, 200, 200])
  t.ok(threshold > 10 && threshold < 200)
  t.ok(separability > 0.999, 'two values are told apart fully')
  t.match(otsu([3, 3, 3]), { separability: 0 })
})

t.test('Components are 8-connected and have box and pixels', async (t) => {
  const found = findComponents(mask('#..##', '.#...', '....#'))
  t.same(
    found.map(({ box, pixels }) => [box, pixels.length]),
    [
      [{ x: 0, y: 0, width: 2, height: 2 }, 2],
      [{ x: 3, y: 0, width: 2, height: 1 }, 2],
      [{ x: 4, y: 2, width: 1, height: 1 }, 1],
    ],
  )
})

t.test('Holes are filled, bays are not', async (t) => {
  t.same(draw(fillHoles(mask('#####', '#.#.#', '#####', '#.###'))), ['#####', '#####', '#####', '#.###'])
})

t.test('Principal axes of a diagonal are correct', async (t) => {
  const axes = principalAxes([0, 6, 12, 18, 24], 5)
  t.match(axes, { x: 2, y: 2 })
  t.ok(Math.abs(Math.abs(axes.ux) - Math.SQRT1_2) < 1e-9 && Math.abs(axes.ux - axes.uy) < 1e-9)
  t.ok(Math.abs(axes.along - 2) < 1e-6, 'points sqrt(2) apart: variance 4 along')
  t.ok(axes.across < 1e-6)
})

t.test('Distance transform and discs are correct', async (t) => {
  const one = mask('.....', '.....', '..#..', '.....', '.....')
  t.same([...squaredDistance(one, 1).data].slice(0, 5), [8, 5, 4, 5, 8])
  t.same(draw(dilate(one, 1)), ['.....', '..#..', '.###.', '..#..', '.....'])
  t.same(draw(erode(dilate(one, 1), 1)), draw(one))
  t.same(draw(close(mask('##.##', '##.##', '##.##'), 1)), ['#####', '#####', '#####'])
})

t.test('Convex hull, area and depth are correct', async (t) => {
  const hull = convexHull(mask('#...#', '.....', '.....', '.....', '#####'))
  t.same(
    hull.toSorted((a, b) => a.x - b.x || a.y - b.y),
    [
      { x: 0, y: 0 },
      { x: 0, y: 4 },
      { x: 4, y: 0 },
      { x: 4, y: 4 },
    ],
  )
  t.equal(polygonArea(hull), 16)
  t.equal(depthInHull(hull, { x: 2, y: 1 }), 1)
  t.equal(depthInHull(hull, { x: 5, y: 2 }), 0)
  t.same(convexHull(mask('...')), [])
})

t.test('Mean along a line follows its direction only', async (t) => {
  const size = 21
  const diagonal: Plane = {
    width: size,
    height: size,
    data: Float32Array.from({ length: size * size }, (_, i) => (i % size === Math.floor(i / size) ? 1 : 0)),
  }
  const middle = 10 * size + 10
  t.equal(lineMean(diagonal, 1, 9).data[middle], 1)
  t.equal(lineMean(diagonal, -1, 9).data[middle], Math.fround(1 / 7), '7 steps of a diagonal make 9 pixels of length')
  t.equal(lineMean(diagonal, 0, 9).data[middle], Math.fround(1 / 9))
  t.equal(lineMean(diagonal, 1, 9).data[0], 1, 'cut off at the frame')
})

t.test('The background fit ignores an object on the samples', async (t) => {
  const width = 40
  const height = 30
  const rgb = new Uint8Array(width * height * 3)
  for (let i = 0; i < width * height; i++) {
    const u = (2 * (i % width)) / width - 1
    rgb.set([100 + 20 * u, 80, 60], 3 * i)
    if (i % width > 34) rgb.set([250, 250, 250], 3 * i)
  }
  const samples = [...mapMask(width, height, (i) => i < 3 * width || i >= 27 * width).data.keys()]
  const [red, green] = fitGround({ width, height, rgb }, samples)
  const [base, slope] = groundRow(red, 0)
  t.ok(Math.abs(base - 99.5) < 1 && Math.abs(slope - 20) < 2, `red is ${base} + ${slope} x`)
  t.ok(Math.abs(groundRow(green, 0.5)[0] - 80) < 0.5)
})

t.test('Boxes are merged, grown and shrunk', async (t) => {
  const a = { x: 0, y: 0, width: 10, height: 10 }
  const b = { x: 5, y: 0, width: 10, height: 10 }
  const far = { x: 30, y: 0, width: 5, height: 5 }
  t.equal(intersectionOverUnion(a, b), 50 / 150)
  t.equal(intersectionOverUnion(a, far), 0)
  t.equal(gapBetween(a, far), 20)
  t.same(
    mergeBoxes(
      [
        { box: a, score: 1 },
        { box: far, score: 2 },
        { box: { x: 12, y: 0, width: 16, height: 4 }, score: 3 },
      ],
      3,
    ),
    [{ box: { x: 0, y: 0, width: 35, height: 10 }, score: 3 }],
    'the third box joins the other two',
  )
  t.same(shrinkBox(a, 3), { x: 3, y: 3, width: 4, height: 4 })
  t.same(shrinkBox(a, 8), { x: 4, y: 4, width: 2, height: 2 })
  t.same(growBox({ x: 0, y: 50, width: 2, height: 30 }, 10, 100, 100), { x: 0, y: 50, width: 10, height: 30 })
})

t.test('Boxes are mapped outwards and stay inside the picture', async (t) => {
  const working = { width: 1130, height: 753 }
  t.same(toPicture({ x: 10, y: 20, width: 5, height: 5 }, working, { width: 2260, height: 1506 }), {
    x: 20,
    y: 40,
    width: 10,
    height: 10,
  })
  t.same(toPicture({ x: 1129, y: 752, width: 1, height: 1 }, working, { width: 100, height: 66 }), {
    x: 99,
    y: 65,
    width: 1,
    height: 1,
  })
})

t.test('Cropping and transposing are correct', async (t) => {
  const p = plane([
    [1, 2, 3],
    [4, 5, 6],
  ])
  t.same(
    transpose(p),
    plane([
      [1, 4],
      [2, 5],
      [3, 6],
    ]),
  )
  t.same(
    crop(p, { x: 1, y: 0, width: 2, height: 2 }),
    plane([
      [2, 3],
      [5, 6],
    ]),
  )
  t.same(boundsOf(mask('.....', '..#..', '.....'), 1), { x: 1, y: 0, width: 3, height: 3 })
  t.same(boundsOf(mask('...'), 1), null)
})
