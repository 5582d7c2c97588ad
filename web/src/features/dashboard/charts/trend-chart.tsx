import type { ReactNode } from 'react'
import { CartesianGrid, ComposedChart, Line, ReferenceLine, Tooltip, XAxis, YAxis } from 'recharts'
import type { Statistics, TrendPoint } from '../../../api/types.ts'
import { useShiftName } from '../../../components/use-shift-name.ts'
import { useFormats, useTexts } from '../../../language/use-language.ts'
import type { ToHistory } from '../history-link.ts'
import { useDashboardTexts } from '../texts.ts'
import { ChartPanel } from './chart-panel.tsx'
import { Plot } from './plot.tsx'
import { Tip } from './tip.tsx'
import { TrendLegend } from './trend-legend.tsx'
import { type MarkedPoint, TrendMarks } from './trend-marks.tsx'
import { nameOf } from './trend-names.ts'
import { ticksOf } from './trend-scale.ts'
import { TrendSignals } from './trend-signals.tsx'

interface TrendChartProps {
  data: Statistics
  toHistory: ToHistory
  /** Says of what the centre line is, and lets it be frozen. */
  baseline: ReactNode
}

/** The defect rate as a p chart, with the run rules and the target. */
export function TrendChart({ data, toHistory, baseline }: TrendChartProps) {
  const dashboard = useDashboardTexts()
  const { figures } = useTexts()
  const formats = useFormats()
  const shiftName = useShiftName()
  const texts = dashboard.trend
  const { trend } = data
  // The target is a rate of inspected units: beside a share of photos it would say nothing.
  const target = data.basis === 'unit' ? trend.target_percent : null
  const ticks = ticksOf(trend, target ?? 0)
  const percent = (value: number | null) => (value === null ? '–' : formats.percent(value))
  const stateOf = ({ judged, rules, outside }: TrendPoint) => {
    if (!judged) return texts.notJudged
    const parts = [outside && texts[outside], rules.length > 0 && texts.ruleNumbers(rules.join(', '))]
    return parts.filter(Boolean).join(' · ') || texts.within
  }
  const linesOf = (point: TrendPoint) => [
    `${texts.rate} ${percent(point.defect_rate_percent)} (${texts.of(formats.number(point.defects), formats.number(point.inspected))})`,
    ...(point.judged
      ? [`${texts.limits} ${percent(point.lower_percent)} – ${percent(point.upper_percent)}`]
      : [texts.notJudged]),
    ...(point.outside ? [`${texts.outside}: ${texts[point.outside]}`] : []),
    ...point.rules.map((rule) => texts.rules[rule]),
  ]
  const points = trend.points.map((point, index) => ({
    ...point,
    index,
    name: nameOf(point, data, { formats, shiftName }),
    label: linesOf(point).join('. '),
    to: toHistory({
      from: point.day,
      to: point.last_day,
      defects: true,
      ...(point.shift ? { shift: point.shift } : {}),
    }),
    line: point.judged ? point.defect_rate_percent : null,
  }))
  const judged = points.filter(({ judged }) => judged)
  const average = trend.baseline === 'frozen' ? texts.frozen : texts.centre
  const summary =
    judged.length === 0
      ? texts.unjudged(average, percent(trend.centre_percent))
      : texts.summary(
          average,
          percent(trend.centre_percent),
          target === null ? null : formats.percent(target),
          judged.filter(({ outside }) => outside !== null).length,
        )
  const plotted = points.filter(({ inspected }) => inspected > 0)
  return (
    <ChartPanel
      wide
      keys
      size="tall"
      title={texts.title}
      axes={[texts.axes[data.bucket], texts.rateAxis]}
      summary={`${texts.by(data.bucket)} ${summary}`}
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
          to: point.to,
        })),
      }}
      foot={
        <>
          <TrendLegend trend={trend} target={target !== null} />
          {judged.length > 0 && <TrendSignals data={data} />}
          {baseline}
        </>
      }
    >
      <Plot wide paperHeight={230}>
        <ComposedChart data={points} accessibilityLayer={false} margin={{ top: 12, right: 12, bottom: 0, left: 0 }}>
          <CartesianGrid vertical={false} stroke="var(--line)" />
          <XAxis
            dataKey="index"
            scale="band"
            tickFormatter={(index: number) => points[index]?.name ?? ''}
            minTickGap={28}
            tickLine={false}
            stroke="var(--line-strong)"
          />
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
            filterNull={false}
            isAnimationActive={false}
            content={({ active, payload }) => {
              const point = payload?.[0]?.payload as MarkedPoint | undefined
              return active && point && point.inspected > 0 ? <Tip title={point.name} lines={linesOf(point)} /> : null
            }}
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
          {/* From one judged point to the next, as the run rules go. */}
          <Line
            dataKey="line"
            connectNulls
            stroke="var(--accent)"
            strokeWidth={2}
            isAnimationActive={false}
            activeDot={false}
            dot={false}
          />
          <TrendMarks points={points} top={ticks.at(-1) ?? 0} />
        </ComposedChart>
      </Plot>
    </ChartPanel>
  )
}
