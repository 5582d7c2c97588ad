import type { Statistics } from '../../api/types.ts'
import { useFormats, useTexts } from '../../language/use-language.ts'
import { Baseline } from './baseline.tsx'
import { BarList } from './charts/bar-list.tsx'
import { ColumnChart } from './charts/column-chart.tsx'
import { ParetoChart } from './charts/pareto-chart.tsx'
import { TrendChart } from './charts/trend-chart.tsx'
import classes from './charts.module.css'
import type { Filters } from './filters.ts'
import type { ToHistory } from './history-link.ts'
import { useDashboardTexts } from './texts.ts'

interface ChartsProps {
  data: Statistics
  toHistory: ToHistory
  filters: Filters
}

/** All charts of the page. */
export default function Charts(props: ChartsProps) {
  return (
    <div className={classes.grid}>
      <TrendChart {...props} baseline={<Baseline {...props} />} />
      <ParetoChart {...props} />
      <Stages {...props} />
      <Products {...props} />
      <Lines {...props} />
      <Severities {...props} />
      <Measures {...props} />
    </div>
  )
}

function Stages({ data, toHistory }: ChartsProps) {
  const dashboard = useDashboardTexts()
  const { figures, vocabulary } = useTexts()
  const formats = useFormats()
  const texts = dashboard.stage
  const share = (percent: number | null) => formats.share((percent ?? 0) / 100)
  const nameOf = (stage: Statistics['by_stage'][number]['stage']) =>
    stage ? vocabulary.stages[stage] : figures.notTold
  const worst = data.by_stage.toSorted((a, b) => b.defects - a.defects)[0]
  return (
    <BarList
      title={texts.title}
      summary={worst ? texts.summary(nameOf(worst.stage), share(worst.share_percent)) : dashboard.noDefects}
      heads={[texts.stage, dashboard.defectsOf[data.basis], '']}
      columns={[texts.stage, figures.defects, dashboard.pareto.share]}
      rows={data.by_stage.map(({ stage, defects, share_percent }) => ({
        key: stage ?? '',
        name: nameOf(stage),
        value: defects,
        figure: formats.number(defects),
        cells: [formats.number(defects), share(share_percent)],
        to: toHistory({ defects: true, stage }),
      }))}
    />
  )
}

function Severities({ data, toHistory }: ChartsProps) {
  const dashboard = useDashboardTexts()
  const { figures, vocabulary } = useTexts()
  const formats = useFormats()
  const texts = dashboard.severity
  const share = (percent: number | null) => formats.share((percent ?? 0) / 100)
  const critical = data.by_severity.find(({ severity }) => severity === 'critical')?.defects ?? 0
  const all = data.by_severity.reduce((sum, { defects }) => sum + defects, 0)
  return (
    <BarList
      title={texts.title}
      summary={all > 0 ? texts.summary(formats.number(critical), formats.number(all)) : dashboard.noDefects}
      heads={[texts.severity, dashboard.defectsOf[data.basis], dashboard.count]}
      columns={[texts.severity, figures.defects, dashboard.pareto.share]}
      rows={data.by_severity.map(({ severity, defects, share_percent }) => ({
        key: severity,
        kind: severity,
        name: vocabulary.severities[severity].name,
        value: defects,
        figure: `${formats.number(defects)} (${share(share_percent)})`,
        cells: [formats.number(defects), share(share_percent)],
        to: toHistory({ defects: true, severity }),
      }))}
    />
  )
}

interface Rated {
  inspected: number
  defects: number
  defect_rate_percent: number | null
}

/** Bars are as long as the rate is high; beside them what it is made of. */
function useRatedRow() {
  const formats = useFormats()
  const rateOf = ({ defect_rate_percent }: Rated) =>
    defect_rate_percent === null ? '–' : formats.percent(defect_rate_percent)
  return {
    rateOf,
    rowOf: (row: Rated) => ({
      value: row.defect_rate_percent ?? 0,
      figure: `${rateOf(row)} · ${formats.number(row.defects)} / ${formats.number(row.inspected)}`,
      cells: [formats.number(row.inspected), formats.number(row.defects), rateOf(row)],
    }),
  }
}

function Products({ data, toHistory }: ChartsProps) {
  const dashboard = useDashboardTexts()
  const { figures } = useTexts()
  const formats = useFormats()
  const { rateOf, rowOf } = useRatedRow()
  const texts = dashboard.sku
  const [worst] = data.by_sku
  return (
    <BarList
      title={texts.title}
      summary={
        worst ? texts.summary(worst.product_sku, formats.number(worst.defects), rateOf(worst)) : dashboard.trend.none
      }
      heads={[texts.product, dashboard.rateAxis, dashboard.rateFigures]}
      columns={[texts.product, figures.inspected, figures.defects, figures.defectRate]}
      rows={data.by_sku.map((row) => ({
        key: row.product_sku,
        name: row.product_sku,
        ...rowOf(row),
        to: toHistory({ defects: true, product: row.product_sku }),
      }))}
    />
  )
}

function Lines({ data, toHistory }: ChartsProps) {
  const dashboard = useDashboardTexts()
  const { figures } = useTexts()
  const formats = useFormats()
  const { rateOf, rowOf } = useRatedRow()
  const texts = dashboard.line
  const [worst] = data.by_line
  const nameOf = (line: string | null) => line ?? figures.notTold
  return (
    <BarList
      title={texts.title}
      summary={
        worst
          ? texts.summary(nameOf(worst.line_id), formats.number(worst.defects), rateOf(worst))
          : dashboard.trend.none
      }
      heads={[texts.line, dashboard.rateAxis, dashboard.rateFigures]}
      columns={[texts.line, figures.inspected, figures.defects, figures.defectRate]}
      rows={data.by_line.map((row) => ({
        key: row.line_id ?? '',
        name: nameOf(row.line_id),
        ...rowOf(row),
        to: toHistory({ defects: true, ...(row.line_id === null ? {} : { line: row.line_id }) }),
      }))}
    />
  )
}

/** What the analyzer did: how sure, how fast, at what cost. */
function Measures({ data, toHistory }: ChartsProps) {
  const texts = useDashboardTexts()
  const formats = useFormats()
  const { figures, time_zone, trend } = data
  const seconds = (value: number | null) => (value === null ? '–' : formats.seconds(value))
  const thousandths = (value: number) => formats.number(value / 1000)
  const priced = trend.points.filter(({ cost_usd }) => cost_usd !== null)
  return (
    <>
      <ColumnChart
        title={texts.confidence.title}
        summary={texts.confidence.summary(
          figures.mean_confidence === null ? '–' : formats.share(figures.mean_confidence),
        )}
        axes={[texts.confidence.range, texts.photos]}
        format={formats.number}
        columns={data.confidence.map(({ from, to, count }) => ({
          key: String(from),
          name: `${formats.number(from * 100)}–${formats.number((to ?? 1) * 100)}`,
          value: count,
        }))}
      />
      <ColumnChart
        title={texts.latency.title}
        summary={texts.latency.summary(seconds(figures.median_latency_ms), seconds(figures.p95_latency_ms))}
        axes={[texts.latency.range, texts.photos]}
        format={formats.number}
        columns={data.latency_ms.map(({ from, to, count }) => ({
          key: String(from),
          name: to === null ? `> ${thousandths(from)}` : `${thousandths(from)}–${thousandths(to)}`,
          value: count,
        }))}
      />
      {priced.length > 0 && (
        <ColumnChart
          title={texts.cost.title}
          summary={texts.cost.summary(
            figures.cost_usd === null ? '–' : formats.money(figures.cost_usd),
            figures.cost_per_photo_usd === null ? '–' : formats.dollars(figures.cost_per_photo_usd),
          )}
          axes={[texts.trend.axes[data.bucket], texts.cost.cost]}
          format={formats.money}
          columns={trend.points.map((point) => ({
            key: point.start,
            name: data.bucket === 'hour' ? formats.hour(point.start, time_zone) : formats.day(point.start, time_zone),
            value: point.cost_usd ?? 0,
            to: toHistory({ from: point.day, to: point.last_day }),
          }))}
        />
      )}
    </>
  )
}
