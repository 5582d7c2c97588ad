import t, { type Test } from 'tap'
import { limitsOf, pBar, plot } from '../../api/features/statistics/p-chart.ts'

const near = (t: Test, found: number | null, wanted: number, what: string) =>
  t.ok(found !== null && Math.abs(found - wanted) < 5e-5, `${what}: ${found} is ${wanted}`)

t.test('equal subgroups: the worked example of thirty samples of 50 in Montgomery', async (t) => {
  // p-bar 0.2313 (as in the example of NIST/SEMATECH 6.3.3.2), limits 0.0524 and 0.4102, samples 15 and 23 out of control.
  const defects = [
    12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22, 8, 10, 5, 13, 11, 20, 18, 24, 15, 9, 12, 7, 13, 9, 6,
  ]
  const samples = defects.map((each) => ({ inspected: 50, defects: each }))
  const centre = pBar(samples)
  near(t, centre, 0.2313, 'p-bar')
  const { lower, upper } = limitsOf(centre ?? 0, 50)
  near(t, lower, 0.0524, 'lower limit')
  near(t, upper, 0.4102, 'upper limit')
  const outside = samples.map((sample) => plot(sample, centre).outside)
  t.same(
    outside.flatMap((side, index) => (side ? [`${index + 1} ${side}`] : [])),
    ['15 above', '23 above'],
  )
})

t.test('unequal subgroups: the larger, the narrower the limits', async (t) => {
  // By hand: p-bar = 30 / 3000 = 0.01; 3 sqrt(0.0099 / 400) = 0.014925; / 2500 = 0.005970; / 100 = 0.029850.
  const groups = [
    { inspected: 400, defects: 4 },
    { inspected: 2500, defects: 20 },
    { inspected: 100, defects: 6 },
  ]
  const centre = pBar(groups)
  near(t, centre, 0.01, 'p-bar')
  const [middle, large, small] = groups.map((group) => plot(group, centre))
  near(t, middle?.upper ?? null, 0.024925, 'n = 400')
  near(t, large?.lower ?? null, 0.00403, 'n = 2500, lower')
  near(t, large?.upper ?? null, 0.01597, 'n = 2500, upper')
  near(t, small?.upper ?? null, 0.03985, 'n = 100')
  t.same([middle?.lower, small?.lower], [0, 0], 'clipped at 0')
  t.same([middle?.outside, large?.outside, small?.outside], [null, null, 'above'])
})

t.test('points below, at the edge, and of nothing', async (t) => {
  t.equal(plot({ inspected: 1000, defects: 10 }, 0.05).outside, 'below')
  t.equal(plot({ inspected: 100, defects: 6 }, 0.02).z?.toFixed(4), (0.04 / 0.014).toFixed(4))
  const none = { lower: null, upper: null, z: null, outside: null }
  t.same(plot({ inspected: 0, defects: 0 }, 0.1), { rate: null, ...none })
  t.same(plot({ inspected: 4, defects: 1 }, null), { rate: 0.25, ...none })
  t.equal(pBar([]), null)
  t.equal(pBar([{ inspected: 0, defects: 0 }]), null)
})

t.test('what is too small for limits is shown, and not judged (ASTM MNL7)', async (t) => {
  const judged = (inspected: number, centre: number) => plot({ inspected, defects: inspected }, centre).z !== null
  t.same([judged(25, 0.1), judged(24, 0.1)], [true, false], '25 inspected are enough, 24 are not')
  t.same([judged(100, 0.01), judged(99, 0.01)], [true, false], 'one defect expected is enough, less is not')
  t.same([judged(100, 0.99), judged(99, 0.99)], [true, false], 'the same of good ones')
  t.same(
    [judged(1000, 0), judged(1000, 1), judged(50, 1.2)],
    [false, false, false],
    'no defects, nothing else, more than units',
  )
  t.equal(plot({ inspected: 1, defects: 1 }, 0.02).rate, 1, 'its rate is told')
})
