import { CartesianGrid, ComposedChart, Line, ReferenceLine, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'
import type { Statistics, TrendPoint } from '../../../api/types.ts'
import type { Formats } from '../../../language/formats.ts'
import { useFormats, useTexts } from '../../../language/use-language.ts'
import type { ToHistory } from '../history-link.ts'
import { useDashboardTexts } from '../texts.ts'
import { ChartPanel } from './chart-panel.tsx'
import { PointLink } from './point-link.tsx'
import { Tip } from './tip.tsx'
import classes from './trend-chart.module.css'
import { TrendLegend } from './trend-legend.tsx'

/** The name of a point on the clocks of the facility. */
function nameOf(point: TrendPoint, { bucket, time_zone }: Statistics, formats: Formats): string {
  if (bucket === 'hour') return formats.hour(point.start, time_zone)
  const day = formats.utcDay(point.day)
  if (bucket === 'shift') return `${day} ${point.shift ?? '–'}`
  return point.last_day === point.day ? day : `${day} – ${formats.day(`${point.last_day}T12:00:00Z`, 'UTC')}`
}

const STEPS = [1, 2, 2.5, 5, 10]

/** Round numbers up to above all rates, and above the limits as far as they are of use beside them. */
function ticksOf({ points, centre_percent }: Statistics['trend'], target: number): number[] {
  const rates = points.map(({ defect_rate_percent }) => defect_rate_percent ?? 0)
  const limits = points.map(({ upper_percent }) => upper_percent ?? 0)
  const top = 1.04 * Math.max(...rates, target, Math.min(Math.max(0, ...limits), 4 * (centre_percent ?? 0)))
  const power = 10 ** Math.floor(Math.log10(top / 5))
  const step = power * (STEPS.find((each) => each * power * 5 >= top) ?? 10)
  return Array.from({ length: Math.ceil(top / step) + 1 }, (_, tick) => tick * step)
}

/** The defect rate as a p chart, with the target. */
export function TrendChart({ data, toHistory }: { data: Statistics; toHistory: ToHistory }) {
  const dashboard = useDashboardTexts()
  const { figures } = useTexts()
  const formats = useFormats()
  const texts = dashboard.trend
  const { trend } = data
  // The target is a rate of inspected units: beside a share of photos it would say nothing.
  const target = data.basis === 'unit' ? trend.target_percent : null
  const ticks = ticksOf(trend, target ?? 0)
  const points = trend.points.map((point, index) => ({ ...point, index, name: nameOf(point, data, formats) }))
  const plotted = points.filter(({ inspected }) => inspected > 0)
  const percent = (value: number | null) => (value === null ? '–' : formats.percent(value))
  const stateOf = ({ outside }: TrendPoint) => (outside === null ? texts.within : texts[outside])
  const linkOf = (point: TrendPoint) =>
    toHistory({ from: point.day, to: point.last_day, defects: true, ...(point.shift ? { shift: point.shift } : {}) })
  const lines = (point: TrendPoint) => [
    `${texts.rate} ${percent(point.defect_rate_percent)} (${texts.of(formats.number(point.defects), formats.number(point.inspected))})`,
    `${texts.limits} ${percent(point.lower_percent)} – ${percent(point.upper_percent)}`,
    ...(point.outside ? [`${texts.outside}: ${texts[point.outside]}`] : []),
  ]
  const first = plotted[0]?.index
  return (
    <ChartPanel
      wide
      keys
      size="tall"
      title={texts.title}
      summary={
        trend.centre_percent === null
          ? texts.none
          : `${texts.by(data.bucket)} ${texts.summary(
              formats.percent(trend.centre_percent),
              target === null ? null : formats.percent(target),
              points.filter(({ outside }) => outside !== null).length,
            )}`
      }
      table={{
        columns: [texts.when, figures.inspected, figures.defects, texts.rate, texts.lower, texts.upper, texts.state],
        rows: plotted.map((point) => ({
          key: String(point.index),
          cells: [
            point.name,
            formats.number(point.inspected),
            formats.number(point.defects),
            percent(point.defect_rate_percent),
            percent(point.lower_percent),
            percent(point.upper_percent),
            stateOf(point),
          ],
          to: linkOf(point),
        })),
      }}
      foot={<TrendLegend small={trend.small_samples} target={target !== null} />}
    >
      <ResponsiveContainer width="100%" height="100%">
        <ComposedChart data={points} accessibilityLayer={false} margin={{ top: 8, right: 12, bottom: 0, left: 0 }}>
          <CartesianGrid vertical={false} stroke="var(--line)" />
          <XAxis dataKey="name" minTickGap={28} tickLine={false} stroke="var(--line-strong)" />
          <YAxis
            width="auto"
            domain={[0, ticks.at(-1) ?? 0]}
            ticks={ticks}
            allowDataOverflow
            tickFormatter={(value: number) => formats.percent(value)}
            tickLine={false}
            stroke="var(--line-strong)"
          />
          <Tooltip
            isAnimationActive={false}
            content={({ active, payload }) => {
              const point = payload?.[0]?.payload as (typeof points)[number] | undefined
              return active && point && point.inspected > 0 ? <Tip title={point.name} lines={lines(point)} /> : null
            }}
          />
          <Line
            dataKey="upper_percent"
            type="step"
            stroke="var(--ink-soft)"
            strokeDasharray="5 4"
            dot={false}
            isAnimationActive={false}
          />
          <Line
            dataKey="lower_percent"
            type="step"
            stroke="var(--ink-soft)"
            strokeDasharray="5 4"
            dot={false}
            isAnimationActive={false}
          />
          {trend.centre_percent !== null && <ReferenceLine y={trend.centre_percent} stroke="var(--ink-soft)" />}
          {target !== null && (
            <ReferenceLine
              y={target}
              stroke="var(--good-ink)"
              strokeWidth={2}
              strokeDasharray="1 4"
              strokeLinecap="round"
            />
          )}
          <Line
            dataKey="defect_rate_percent"
            stroke="var(--accent)"
            strokeWidth={2}
            isAnimationActive={false}
            activeDot={false}
            dot={({ cx, cy, payload }) => {
              const point = payload as (typeof points)[number]
              if (typeof cx !== 'number' || typeof cy !== 'number' || point.defect_rate_percent === null) return null
              return (
                <PointLink
                  key={point.index}
                  to={linkOf(point)}
                  first={point.index === first}
                  label={`${point.name}: ${lines(point).join('. ')}`}
                >
                  <circle cx={cx} cy={cy} r={11} fill="transparent" />
                  <Mark x={cx} y={cy} outside={point.outside !== null} />
                </PointLink>
              )
            }}
          />
        </ComposedChart>
      </ResponsiveContainer>
    </ChartPanel>
  )
}

/** A dot; outside the limits a diamond, so that colour is not all that tells. */
function Mark({ x, y, outside }: { x: number; y: number; outside: boolean }) {
  return outside ? (
    <path d={`M${x} ${y - 8}l8 8l-8 8l-8 -8z`} className={classes.outside} />
  ) : (
    <circle cx={x} cy={y} r={3.5} className={classes.inside} />
  )
}
