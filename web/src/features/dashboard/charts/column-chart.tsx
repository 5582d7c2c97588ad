import { Bar, BarChart, CartesianGrid, Tooltip, XAxis, YAxis } from 'recharts'
import { ChartPanel } from './chart-panel.tsx'
import { Plot } from './plot.tsx'
import { PointLink } from './point-link.tsx'
import { Tip } from './tip.tsx'

export interface Column {
  key: string
  /** Below the column. */
  name: string
  value: number
  to?: string
}

interface ColumnChartProps {
  title: string
  summary: string
  /** What the columns are told apart by, and what they count, with the units. */
  axes: [name: string, value: string]
  columns: readonly Column[]
  format: (value: number) => string
}

/** Upright columns in a fixed order: a histogram, or an amount by day. Columns with a link lead to their photos. */
export function ColumnChart({ title, summary, axes, columns, format }: ColumnChartProps) {
  const linked = columns.some(({ to }) => to)
  const first = columns.find(({ to, value }) => to && value > 0)?.key
  return (
    <ChartPanel
      title={title}
      summary={summary}
      axes={axes}
      keys={linked}
      table={{
        columns: axes,
        rows: columns.map(({ key, name, value, to }) => ({ key, cells: [name, format(value)], ...(to ? { to } : {}) })),
      }}
    >
      <Plot paperHeight={150}>
        <BarChart data={[...columns]} accessibilityLayer={false} margin={{ top: 8, right: 8, bottom: 0, left: 0 }}>
          <CartesianGrid vertical={false} stroke="var(--line)" />
          <XAxis dataKey="name" minTickGap={6} tickLine={false} stroke="var(--line-strong)" />
          <YAxis width="auto" tickFormatter={format} tickLine={false} stroke="var(--line-strong)" />
          <Tooltip
            cursor={{ fill: 'var(--accent-fill)' }}
            isAnimationActive={false}
            content={({ active, payload }) => {
              const column = payload?.[0]?.payload as Column | undefined
              return active && column ? (
                <Tip title={`${axes[0]}: ${column.name}`} lines={[`${axes[1]}: ${format(column.value)}`]} />
              ) : null
            }}
          />
          <Bar
            dataKey="value"
            isAnimationActive={false}
            maxBarSize={48}
            shape={({ x, y, width, height, payload }) => {
              const column = payload as Column
              const bar = (
                <rect
                  x={Number(x)}
                  y={Number(y)}
                  width={Number(width)}
                  height={Number(height)}
                  rx={2}
                  fill="var(--accent)"
                />
              )
              if (!column.to || column.value === 0) return bar
              return (
                <PointLink
                  to={column.to}
                  first={column.key === first}
                  label={`${column.name}: ${format(column.value)}`}
                >
                  {bar}
                </PointLink>
              )
            }}
          />
        </BarChart>
      </Plot>
    </ChartPanel>
  )
}
