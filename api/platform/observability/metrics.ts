import type { Config } from '../../config/config.ts'
import type { DefectType } from '../../domain/vocabulary.ts'
import { DEFECT_TYPE_DIMENSION, ENVIRONMENT_DIMENSION, METRIC_NAMESPACE, METRICS, type Metric } from './metric-names.ts'

/** A metric with no other dimension than the environment. */
export type MetricKey = Exclude<keyof typeof METRICS, 'defectsByType'>

/** Records what happens. Never throws or waits. */
export interface Metrics {
  /** Adds to a sum, in the metric's unit. */
  count(metric: MetricKey, value?: number): void
  /** Adds a value to a distribution, for percentiles. */
  record(metric: MetricKey, value: number): void
  countByType(type: DefectType): void
  /** `read` is called at each flush. Null or an error means that the value is unknown, so it is not written. */
  gauge(metric: MetricKey, read: () => number | null | Promise<number | null>): void
  /** Writes the remaining values. Gauges are not read again, because what they observe may be closed. */
  close(): void
}

/** One line per flush instead of one per request; CloudWatch resolves custom metrics to a minute. */
const FLUSH_MS = 10_000
/** Maximum number of values of a metric in a line (embedded metric format specification). */
const VALUES_A_LINE = 100
/** A slower gauge is left out of this flush. */
const GAUGE_MS = 2_000

type Values = Map<Metric, number | readonly number[]>

/** One line of CloudWatch's embedded metric format. */
function emfLine(dimensions: Record<string, string>, values: Values): string {
  const directive = {
    Namespace: METRIC_NAMESPACE,
    Dimensions: [Object.keys(dimensions)],
    Metrics: [...values.keys()].map(({ name, unit }) => ({ Name: name, Unit: unit })),
  }
  return `${JSON.stringify({
    _aws: { Timestamp: Date.now(), CloudWatchMetrics: [directive] },
    ...dimensions,
    ...Object.fromEntries([...values].map(([{ name }, value]) => [name, value])),
  })}\n`
}

/** Metrics in embedded metric format, which CloudWatch extracts from the log without an agent or a request. */
export function emfMetrics(environment: string, write: (line: string) => void, flushMs = FLUSH_MS): Metrics {
  const sums = new Map<Metric, number>()
  const distributions = new Map<Metric, number[]>()
  const types = new Map<DefectType, number>()
  const gauges = new Map<Metric, () => number | null | Promise<number | null>>()
  const dimensions = { [ENVIRONMENT_DIMENSION]: environment }

  /** The first line has all sums and the first values of each distribution. The rest follows in further lines. */
  function flush(gauged: Values = new Map()): void {
    const first: Values = new Map([...sums, ...gauged])
    const lines = [first]
    for (const [metric, values] of distributions) {
      for (let index = 0; index * VALUES_A_LINE < values.length; index++) {
        lines[index] ??= new Map()
        lines[index]?.set(metric, values.slice(index * VALUES_A_LINE, (index + 1) * VALUES_A_LINE))
      }
    }
    for (const line of lines) if (line.size > 0) write(emfLine(dimensions, line))
    for (const [type, count] of types) {
      write(emfLine({ ...dimensions, [DEFECT_TYPE_DIMENSION]: type }, new Map([[METRICS.defectsByType, count]])))
    }
    sums.clear()
    distributions.clear()
    types.clear()
  }

  async function readGauges(): Promise<Values> {
    const late = new Promise<null>((resolve) => setTimeout(resolve, GAUGE_MS, null).unref())
    const read = await Promise.all(
      [...gauges].map(async ([metric, gauge]) => {
        const value = await Promise.race([Promise.resolve().then(gauge), late]).catch(() => null)
        return [metric, value] as const
      }),
    )
    return new Map(read.filter((entry): entry is [Metric, number] => entry[1] !== null))
  }

  let closed = false
  const timer = setInterval(async () => {
    const gauged = await readGauges()
    if (!closed) flush(gauged)
  }, flushMs)
  timer.unref()

  return {
    count: (metric, value = 1) => void sums.set(METRICS[metric], (sums.get(METRICS[metric]) ?? 0) + value),
    record(metric, value) {
      const values = distributions.get(METRICS[metric])
      if (values) values.push(value)
      else distributions.set(METRICS[metric], [value])
    },
    countByType: (type) => void types.set(type, (types.get(type) ?? 0) + 1),
    gauge: (metric, read) => void gauges.set(METRICS[metric], read),
    close() {
      if (closed) return
      closed = true
      clearInterval(timer)
      flush()
    },
  }
}

/** For development and tests, where metrics would only fill the terminal. */
export const noMetrics: Metrics = {
  count: () => undefined,
  record: () => undefined,
  countByType: () => undefined,
  gauge: () => undefined,
  close: () => undefined,
}

/** Writes metrics to standard output, next to the log, if configured. */
export const createMetrics = ({ environment, metrics }: Pick<Config, 'environment' | 'metrics'>): Metrics =>
  metrics === 'stdout' ? emfMetrics(environment, (line) => process.stdout.write(line)) : noMetrics
