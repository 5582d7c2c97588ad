import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import t from 'tap'
import { METRICS } from '../../api/platform/observability/metric-names.ts'
import { createMetrics, emfMetrics } from '../../api/platform/observability/metrics.ts'
import { readEmf } from '../support/emf.ts'

/** What is written by the first flush that has anything to say. */
function collected(flushMs?: number) {
  const lines: string[] = []
  const first = Promise.withResolvers<void>()
  const metrics = emfMetrics(
    'production',
    (line) => {
      lines.push(line)
      first.resolve()
    },
    flushMs,
  )
  return { metrics, lines, first: first.promise, values: () => lines.flatMap(readEmf) }
}

t.test('sums and distributions of one flush are one line', async (t) => {
  const { metrics, lines, values } = collected()
  metrics.count('analyses')
  metrics.count('analyses', 2)
  metrics.record('ownTime', 12)
  metrics.record('ownTime', 7.5)
  t.equal(lines.length, 0, 'nothing is written before the flush')
  metrics.close()
  t.equal(lines.length, 1)
  t.match(lines[0], /^[^\n]+\n$/)
  const dimensions = { Environment: 'production' }
  t.strictSame(values(), [
    { name: 'Analyses', dimensions, values: [3] },
    { name: 'OwnTime', dimensions, values: [12, 7.5] },
  ])
})

t.test('more than 100 values go on in further lines, and none is lost or told twice', async (t) => {
  const { metrics, lines, values } = collected()
  for (let value = 0; value < 250; value++) metrics.record('modelTime', value)
  for (let value = 0; value < 120; value++) metrics.record('ownTime', value)
  metrics.count('modelCalls', 250)
  metrics.close()
  t.equal(lines.length, 3)
  const of = (name: string) => values().flatMap((one) => (one.name === name ? one.values : []))
  t.strictSame(
    of('ModelTime'),
    Array.from({ length: 250 }, (_, value) => value),
  )
  t.strictSame(
    of('OwnTime'),
    Array.from({ length: 120 }, (_, value) => value),
  )
  t.strictSame(of('ModelCalls'), [250])
})

t.test('defects by type have the type as a second dimension', async (t) => {
  const { metrics, values } = collected()
  metrics.countByType('rust_spot')
  metrics.countByType('blade_chip')
  metrics.countByType('rust_spot')
  metrics.close()
  t.strictSame(values(), [
    { name: 'DefectsByType', dimensions: { Environment: 'production', DefectType: 'rust_spot' }, values: [2] },
    { name: 'DefectsByType', dimensions: { Environment: 'production', DefectType: 'blade_chip' }, values: [1] },
  ])
})

t.test(
  'a gauge is read at each flush; one that fails or is not known sinks neither the others nor the flush',
  async (t) => {
    const { metrics, first, values } = collected(5)
    metrics.gauge('analysesInFlight', () => 4)
    metrics.gauge('queueLength', async () => 17)
    metrics.gauge('queueAge', () => Promise.reject(new Error('no database')))
    metrics.gauge('databaseWaiting', () => {
      throw new Error('closed')
    })
    metrics.gauge('databaseInUse', () => null)
    metrics.count('analyses')
    // The service's own timers hold no process: this one waits for them.
    const waiting = setInterval(() => undefined, 1000)
    await first
    clearInterval(waiting)
    metrics.close()
    const named = Object.fromEntries(values().map(({ name, values }) => [name, values[0]]))
    t.strictSame(named, { AnalysesInFlight: 4, QueueLength: 17, Analyses: 1 })
  },
)

t.test('closing twice writes once', async (t) => {
  const { metrics, lines } = collected()
  metrics.count('rateLimited')
  metrics.close()
  metrics.close()
  t.equal(lines.length, 1)
})

t.test('without METRICS=stdout nothing is written', async (t) => {
  const output = t.capture(process.stdout, 'write', () => true)
  for (const [environment, metrics] of [
    ['development', 'off'],
    ['production', 'stdout'],
  ] as const) {
    const made = createMetrics({ environment, metrics })
    made.count('analyses')
    made.close()
  }
  const written = output().map(({ args }) => String(args[0]))
  // The test's own report goes there too.
  output.restore()
  t.strictSame(
    written.flatMap(readEmf).map(({ dimensions }) => dimensions),
    [{ Environment: 'production' }],
  )
})

t.test('every metric that is alarmed on, shown or scaled by is written somewhere', async (t) => {
  const root = resolve(import.meta.dirname, '../../api')
  const sources = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => readFileSync(join(root, path), 'utf8'))
    .join('\n')
  for (const key of Object.keys(METRICS)) {
    const call =
      key === 'defectsByType'
        ? /metrics\.countByType\(/
        : new RegExp(`(\\.(count|record|gauge)\\(\\s*|metric: )'${key}'`)
    t.ok(call.test(sources), key)
  }
})
