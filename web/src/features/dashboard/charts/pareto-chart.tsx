import { Bar, CartesianGrid, ComposedChart, Line, Tooltip, XAxis, YAxis } from 'recharts'
import type { Statistics } from '../../../api/types.ts'
import { useFormats, useTexts } from '../../../language/use-language.ts'
import type { ToHistory } from '../history-link.ts'
import { useDashboardTexts } from '../texts.ts'
import { ChartPanel } from './chart-panel.tsx'
import { Plot } from './plot.tsx'
import { PointLink } from './point-link.tsx'
import { Tip } from './tip.tsx'

/** The few types that make up most of the defects: Juran's vital few. */
const VITAL_PERCENT = 80

/**
 * Defects by type, the most frequent first, with the cumulative share. Bars and line have one axis, of which 100 % is all defects: the line
 * begins at the end of the first bar. Lying, as names of types are long.
 */
export function ParetoChart({ data, toHistory }: { data: Statistics; toHistory: ToHistory }) {
  const dashboard = useDashboardTexts()
  const { figures, vocabulary } = useTexts()
  const formats = useFormats()
  const texts = dashboard.pareto
  const bars = data.by_defect_type.map((type, index) => ({
    ...type,
    index,
    name: vocabulary.defectTypes[type.defect_type],
    to: toHistory({ defects: true, type: type.defect_type }),
  }))
  const vital = bars.findIndex(({ cumulative_percent }) => (cumulative_percent ?? 0) >= VITAL_PERCENT) + 1
  const percent = (value: number | null) => formats.share((value ?? 0) / 100)
  const countOf = (bar: (typeof bars)[number] | undefined) =>
    bar ? `${formats.number(bar.defects)} · ${percent(bar.share_percent)}` : ''
  const [worst] = bars
  return (
    <ChartPanel
      keys
      wide="paper"
      size="tall"
      title={texts.title}
      axes={[texts.axis, texts.counts]}
      summary={worst ? texts.summary(worst.name, percent(worst.share_percent), vital) : dashboard.noDefects}
      table={{
        columns: [texts.type, figures.defects, texts.share, texts.cumulative],
        rows: bars.map(({ defect_type, name, defects, share_percent, cumulative_percent, to }) => ({
          key: defect_type,
          cells: [name, formats.number(defects), percent(share_percent), percent(cumulative_percent)],
          to,
        })),
      }}
    >
      <Plot wide paperHeight={40 + 17 * bars.length}>
        <ComposedChart
          data={bars}
          layout="vertical"
          accessibilityLayer={false}
          margin={{ top: 4, right: 4, bottom: 0, left: 0 }}
        >
          <CartesianGrid horizontal={false} stroke="var(--line)" />
          <YAxis dataKey="name" type="category" width={128} interval={0} tickLine={false} stroke="var(--line-strong)" />
          {/* The counts stand in a column of their own, where neither bar nor line goes. */}
          <YAxis
            yAxisId="counts"
            orientation="right"
            dataKey="name"
            type="category"
            width={84}
            interval={0}
            tickLine={false}
            stroke="var(--line)"
            tickFormatter={(_, index) => countOf(bars[index])}
          />
          <XAxis
            type="number"
            domain={[0, 100]}
            ticks={[0, 20, 40, 60, 80, 100]}
            tickFormatter={(value: number) => formats.share(value / 100)}
            stroke="var(--line-strong)"
          />
          <Tooltip
            cursor={{ fill: 'var(--accent-fill)' }}
            isAnimationActive={false}
            content={({ active, payload }) => {
              const bar = payload?.[0]?.payload as (typeof bars)[number] | undefined
              if (!active || !bar) return null
              return (
                <Tip
                  title={bar.name}
                  lines={[
                    `${figures.defects} ${formats.number(bar.defects)} (${percent(bar.share_percent)})`,
                    `${texts.cumulative} ${percent(bar.cumulative_percent)}`,
                  ]}
                />
              )
            }}
          />
          <Bar
            dataKey="share_percent"
            isAnimationActive={false}
            maxBarSize={26}
            shape={({ x, y, width, height, payload }) => {
              const bar = payload as (typeof bars)[number]
              const at = { x: Number(x), y: Number(y), width: Number(width), height: Number(height) }
              return (
                <PointLink
                  key={bar.defect_type}
                  to={bar.to}
                  first={bar.index === 0}
                  label={`${bar.name}: ${figures.defects} ${formats.number(bar.defects)}, ${percent(bar.share_percent)}`}
                >
                  <rect {...at} rx={3} fill="var(--accent)" fillOpacity={bar.index < vital ? 1 : 0.55} />
                </PointLink>
              )
            }}
          />
          <Line
            yAxisId="counts"
            dataKey="cumulative_percent"
            stroke="var(--warn-ink)"
            strokeWidth={2}
            strokeDasharray="6 3"
            dot={{ r: 3, fill: 'var(--surface)', strokeDasharray: 'none' }}
            activeDot={false}
            isAnimationActive={false}
          />
        </ComposedChart>
      </Plot>
    </ChartPanel>
  )
}
