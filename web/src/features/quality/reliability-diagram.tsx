import type { Quality } from '../../api/types.ts'
import { useFormats } from '../../language/use-language.ts'
import { LEAST_IN_BIN } from './enough.ts'
import classes from './reliability-diagram.module.css'
import { useQualityTexts } from './texts.ts'

type Bin = Quality['calibration'][number]

/** Units of the drawing; the plot is a square. */
const LEFT = 46
const TOP = 12
const SIZE = 300
const TICKS = [0, 0.2, 0.4, 0.6, 0.8, 1]
const MOST_RADIUS = 9

const x = (share: number) => LEFT + share * SIZE
const y = (share: number) => TOP + (1 - share) * SIZE

/** Stated confidence against the share that people confirmed, with the 95 % range of each and the number of results. */
export function ReliabilityDiagram({ bins }: { bins: readonly Bin[] }) {
  const texts = useQualityTexts().calibration
  const { number, share: percent } = useFormats()
  const judged = bins.reduce((sum, { count }) => sum + count, 0)
  const most = Math.max(...bins.map(({ count }) => count))
  const few = bins.some(({ count }) => count < LEAST_IN_BIN)
  return (
    <figure className={classes.figure}>
      <svg
        viewBox={`0 0 ${LEFT + SIZE + 16} ${TOP + SIZE + 58}`}
        role="img"
        aria-label={texts.label(bins.length, number(judged))}
      >
        {TICKS.map((tick) => (
          <g key={tick}>
            <path className={classes.grid} d={`M${x(tick)} ${y(0)}V${y(1)}M${x(0)} ${y(tick)}H${x(1)}`} />
            <text x={x(tick)} y={y(0) + 16} textAnchor="middle">
              {percent(tick)}
            </text>
            <text x={x(0) - 6} y={y(tick) + 4} textAnchor="end">
              {percent(tick)}
            </text>
          </g>
        ))}
        <path className={classes.honest} d={`M${x(0)} ${y(0)}L${x(1)} ${y(1)}`} />
        {bins.map((bin) => (
          <Dot key={bin.from} bin={bin} radius={3 + (MOST_RADIUS - 3) * Math.sqrt(bin.count / most)} />
        ))}
        <text x={x(0) - 6} y={y(0) + 32} textAnchor="end">
          n
        </text>
        <text className={classes.axis} x={x(0.5)} y={y(0) + 52} textAnchor="middle">
          {texts.x}
        </text>
        <text className={classes.axis} x={x(0.02)} y={y(1) + 14}>
          {texts.y}
        </text>
      </svg>
      {few && <figcaption>○ {texts.few(number(LEAST_IN_BIN))}</figcaption>}
    </figure>
  )
}

function Dot({ bin, radius }: { bin: Bin; radius: number }) {
  const { number } = useFormats()
  const { from, to, mean_confidence: mean, share_confirmed: confirmed, interval, count } = bin
  if (mean === null || confirmed === null || !interval) return null
  return (
    <g className={classes.bin} data-few={count < LEAST_IN_BIN}>
      <path d={`M${x(mean)} ${y(interval.low)}V${y(interval.high)}m-4 0h8M${x(mean) - 4} ${y(interval.low)}h8`} />
      <circle cx={x(mean)} cy={y(confirmed)} r={radius} />
      <text x={x((from + to) / 2)} y={y(0) + 32} textAnchor="middle">
        {number(count)}
      </text>
    </g>
  )
}
