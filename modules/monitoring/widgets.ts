import type { MetricMath, MetricSource, Statistic } from './metrics.ts'

/** A line that a value should stay under, over, or between two of. */
export interface Target {
  readonly label: string
  readonly value: number
  /** Shades the side that is bad. */
  readonly bad?: 'above' | 'below'
}

interface Line {
  readonly label: string
  readonly source: MetricSource | MetricMath | { readonly search: string }
  /** Seconds; default: the widget's. */
  readonly right?: boolean
}

export interface Widget {
  readonly title: string
  readonly lines: readonly Line[]
  readonly targets?: readonly Target[]
  readonly unit?: string
  readonly max?: number
  readonly view?: 'timeSeries' | 'singleValue' | 'bar'
  /** Seconds of one point. */
  readonly period?: number
}

/** A heading and the widgets below it, four in a row. */
export interface Section {
  readonly title: string
  readonly widgets: readonly Widget[]
}

export const line = (label: string, source: Line['source']): Line => ({ label, source })

const width = 6
const height = 6

/** CloudWatch's dashboard body, laid out from top to bottom. */
export function dashboardBody(region: string, sections: readonly Section[], alarmArns: readonly string[]): object {
  const widgets: object[] = [
    { type: 'alarm', x: 0, y: 0, width: 24, height: 4, properties: { title: 'Alarms', alarms: alarmArns } },
  ]
  let y = 4
  for (const { title, widgets: inside } of sections) {
    widgets.push({ type: 'text', x: 0, y, width: 24, height: 1, properties: { markdown: `## ${title}` } })
    y += 1
    inside.forEach((widget, index) => {
      const x = (index % 4) * width
      const row = Math.floor(index / 4) * height
      widgets.push({ type: 'metric', x, y: y + row, width, height, properties: properties(widget, region) })
    })
    y += Math.ceil(inside.length / 4) * height
  }
  return { widgets }
}

function properties(
  { title, lines, targets = [], unit, max, view = 'timeSeries', period = 300 }: Widget,
  region: string,
) {
  return {
    title,
    region,
    view,
    stacked: false,
    period,
    metrics: lines.flatMap((each, index) => rows(each, index, period)),
    yAxis: {
      left: { min: 0, ...(max === undefined ? {} : { max }), ...(unit ? { label: unit, showUnits: false } : {}) },
    },
    ...(targets.length > 0
      ? {
          annotations: {
            horizontal: targets.map(({ label, value, bad }) => ({ label, value, ...(bad ? { fill: bad } : {}) })),
          },
        }
      : {}),
  }
}

/** CloudWatch's row of a metric: namespace, name, dimensions in pairs, and settings. */
function row({ namespace, name, dimensions, statistic }: MetricSource, settings: object) {
  return [namespace, name, ...Object.entries(dimensions).flat(), { stat: statistic satisfies Statistic, ...settings }]
}

function rows({ label, source }: Line, index: number, period: number): object[] {
  if ('search' in source) return [[{ expression: source.search, label, id: `search${index}` }]]
  if ('namespace' in source) return [row(source, { label, id: `line${index}`, period })]
  // Two lines of one widget may name their metrics alike: each gets its own.
  const own = (id: string) => `l${index}_${id}`
  const ids = Object.keys(source.metrics)
  const expression = source.expression.replace(/[a-z][A-Za-z0-9]*/g, (word) => (ids.includes(word) ? own(word) : word))
  return [
    [{ expression, label, id: `line${index}` }],
    ...Object.entries(source.metrics).map(([id, metric]) => row(metric, { id: own(id), visible: false, period })),
  ]
}
