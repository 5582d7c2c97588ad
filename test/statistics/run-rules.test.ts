import t from 'tap'
import { plot } from '../../api/features/statistics/p-chart.ts'
import { rulesAt, type Signal, signalsOf } from '../../api/features/statistics/run-rules.ts'

const brief = (signals: readonly Signal[]) =>
  signals.map(({ rule, first, last, direction }) => `${rule}: ${first}-${last} ${direction}`)
const repeat = (length: number, value: (place: number) => number) => Array.from({ length }, (_, place) => value(place))

t.test('rule 1: a point beyond three standard errors, and not one on the limit', async (t) => {
  t.same(brief(signalsOf([0.5, 3.01, -0.5, -3.01])), ['1: 1-1 up', '1: 3-3 down'])
  t.same(brief(signalsOf([0.5, 3.01, 3.2, -1])), ['1: 1-1 up', '1: 2-2 up'], 'each point for itself')
  t.same(signalsOf([0.5, 3, -0.5, -3]), [])
})

t.test('rule 2: nine points in a row on one side of the centre line, and not eight', async (t) => {
  // Neither six in one direction nor fourteen to and fro.
  const side = (length: number) => repeat(length, (place) => [0.2, 0.5, 0.4][place % 3] ?? 0)
  t.same(brief(signalsOf([-1, ...side(9), -1])), ['2: 1-9 up'])
  t.same(signalsOf([-1, ...side(8), -1]), [])
  t.same(brief(signalsOf(side(10).map((z) => -z))), ['2: 0-9 down'])
  t.same(signalsOf([...side(5), 0, ...side(5)]), [], 'a point on the line ends the run')
  const signals = signalsOf([-1, ...side(11)])
  t.same(brief(signals), ['2: 1-11 up'], 'a longer run is one signal')
  t.same(
    repeat(12, (place) => rulesAt(signals, place).length),
    [0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1],
    'marked are the ninth point and those after it',
  )
})

t.test('rule 3: six points in a row that rise or fall, and not five', async (t) => {
  t.same(brief(signalsOf([0.1, -0.9, -0.5, -0.2, 0.3, 0.6, 0.9, 0.1])), ['3: 1-6 up'])
  t.same(signalsOf([0.1, -0.9, -0.5, -0.2, 0.3, 0.6, 0.1]), [])
  t.same(brief(signalsOf([0.9, 0.6, 0.3, -0.2, -0.5, -0.9])), ['3: 0-5 down'])
  t.same(signalsOf([-0.9, -0.5, -0.2, -0.2, 0.3, 0.6, 0.9]), [], 'two equal ones end the run')
})

t.test('rule 4: fourteen points in a row up and down by turns, and not thirteen', async (t) => {
  const turns = (length: number) => repeat(length, (place) => (place % 2 ? 0.4 : -0.3))
  t.same(brief(signalsOf(turns(14))), ['4: 0-13 null'])
  t.same(signalsOf(turns(13)), [])
  t.same(signalsOf([...turns(7), turns(7).at(-1) ?? 0, ...turns(7).map((z) => -z)]), [], 'two equal ones end the run')
})

t.test('samples of different sizes are compared by their standard errors', async (t) => {
  // Rates that rise from point to point, while the samples shrink: their distances from the centre line do not.
  const centre = 0.1
  const groups = [
    { inspected: 10_000, defects: 1100 },
    { inspected: 2500, defects: 280 },
    { inspected: 400, defects: 46 },
    { inspected: 100, defects: 12 },
    { inspected: 80, defects: 10 },
    { inspected: 60, defects: 8 },
  ]
  const points = groups.map((group) => plot(group, centre))
  t.ok(points.every(({ rate }, place) => place === 0 || (rate ?? 0) > (points[place - 1]?.rate ?? 0)))
  const signals = signalsOf(points.map(({ z }) => z ?? 0))
  t.same(brief(signals), ['1: 0-0 up'], 'no trend; and 11 % of 10,000 is out of control where 13 % of 60 is not')
  t.equal(points[0]?.z?.toFixed(3), '3.333')
  t.equal(points[5]?.outside, null)
})
