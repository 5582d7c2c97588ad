import classes from './meter.module.css'

/** From this share of a budget on, it is nearly spent. */
const NEARLY = 0.9

interface MeterProps {
  value: number
  max: number
  /** Whether `max` is a limit, and no mere measure. */
  limited: boolean
}

/** How much of something is used, as a bar; the figures stand beside it. */
export function Meter({ value, max, limited }: MeterProps) {
  const share = max > 0 ? Math.min(1, value / max) : 0
  return (
    <span className={classes.track} aria-hidden>
      <span className={classes.fill} data-nearly={limited && share >= NEARLY} style={{ width: `${100 * share}%` }} />
    </span>
  )
}
