import type { Finding } from '../../../api/types.ts'
import { numbered } from '../../../components/numbered.ts'
import classes from './picture.module.css'
import type { View } from './view.ts'

interface BoxesProps {
  findings: readonly Finding[]
  view: View
  /** Number of the finding that is pointed at in the list. */
  active: number | null
}

const PLATE = 22
/** So that the box does not cover the edge of what it marks. */
const MARGIN = 3

/** The boxes over the picture, in pixels of the frame: lines and numbers keep their size at every zoom. */
export function Boxes({ findings, view, active }: BoxesProps) {
  return (
    <svg className={classes.boxes} aria-hidden>
      {numbered(findings).map(({ number, item: { bounding_box: box } }) => {
        if (!box) return null
        const x = view.x + box.x * view.scale - MARGIN
        const y = view.y + box.y * view.scale - MARGIN
        const width = box.width * view.scale + 2 * MARGIN
        const height = box.height * view.scale + 2 * MARGIN
        const plateY = y - PLATE < 0 ? Math.max(0, y) : y - PLATE
        return (
          <g key={number} data-active={active === number} data-finding={number}>
            <rect className={classes.halo} x={x} y={y} width={width} height={height} />
            <rect className={classes.box} x={x} y={y} width={width} height={height} />
            <rect className={classes.plate} x={Math.max(0, x - 1)} y={plateY} width={PLATE} height={PLATE} />
            <text className={classes.number} x={Math.max(0, x - 1) + PLATE / 2} y={plateY + PLATE / 2}>
              {number}
            </text>
          </g>
        )
      })}
    </svg>
  )
}
