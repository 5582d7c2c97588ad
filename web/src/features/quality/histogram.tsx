import type { ConfidencePreview } from '../../api/types.ts'
import { useFormats } from '../../language/use-language.ts'
import classes from './histogram.module.css'
import { useQualityTexts } from './texts.ts'

/** Bars of the drawing: each is five hundredths wide. */
const BARS = 20
const WIDTH = 500
const HEIGHT = 110
/** Half a slider's thumb: the slider's ends stand so far inside of its box. */
const INSET = 8

interface HistogramProps {
  preview: ConfidencePreview
  threshold: number
}

/** How sure the model was of a product's last results; those under the threshold are hatched. */
export function Histogram({ preview, threshold }: HistogramProps) {
  const texts = useQualityTexts().thresholds
  const { share } = useFormats()
  const bars = Array.from({ length: BARS }, (_, i) => {
    const inside = preview.bins.filter(
      ({ confidence }) => Math.min(BARS - 1, Math.floor(confidence * BARS + 1e-9)) === i,
    )
    return { from: i / BARS, count: inside.reduce((sum, { analyses }) => sum + analyses, 0) }
  })
  const most = Math.max(1, ...bars.map(({ count }) => count))
  const width = WIDTH / BARS
  return (
    <>
      <p className={classes.title}>{texts.axes[1]}</p>
      <svg
        className={classes.histogram}
        style={{ paddingInline: INSET }}
        viewBox={`0 0 ${WIDTH} ${HEIGHT + 18}`}
        role="img"
        aria-label={texts.chart(preview.product_sku)}
      >
        <defs>
          <pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <rect width="6" height="6" className={classes.hatchGround} />
            <line x1="0" y1="0" x2="0" y2="6" className={classes.hatchLine} />
          </pattern>
          <clipPath id="under">
            <rect width={threshold * WIDTH} height={HEIGHT} />
          </clipPath>
        </defs>
        {bars.map(({ from, count }) => {
          // What is there must be seen.
          const height = count > 0 ? Math.max(3, (count / most) * (HEIGHT - 4)) : 0
          const place = { x: from * WIDTH + 1, y: HEIGHT - height, width: width - 2, height }
          return (
            <g key={from}>
              <rect {...place} className={classes.bar} />
              <rect {...place} fill="url(#hatch)" clipPath="url(#under)" />
            </g>
          )
        })}
        <path className={classes.ground} d={`M0 ${HEIGHT}H${WIDTH}`} />
        <path className={classes.threshold} d={`M${threshold * WIDTH} 0V${HEIGHT}`} />
        {[0, 0.25, 0.5, 0.75, 1].map((tick) => (
          <text
            key={tick}
            x={tick * WIDTH}
            y={HEIGHT + 14}
            textAnchor={tick === 0 ? 'start' : tick === 1 ? 'end' : 'middle'}
          >
            {share(tick)}
          </text>
        ))}
      </svg>
      <p className={classes.title} data-across>
        {texts.axes[0]}
      </p>
    </>
  )
}
