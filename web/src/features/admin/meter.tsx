import classes from './meter.module.css'

/** From this share of a budget on, it is nearly spent. */
const NEARLY = 0.9

/** How much of something is used, as a bar; the figures stand beside it. */
export function Meter({ value, max }: { value: number; max: number }) {
  const share = max > 0 ? Math.min(1, value / max) : 0
  return (
    <span className={classes.track} aria-hidden>
      <span className={classes.fill} data-nearly={share >= NEARLY} style={{ width: `${100 * share}%` }} />
    </span>
  )
}
