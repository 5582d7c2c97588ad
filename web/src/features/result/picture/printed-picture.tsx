import type { Analysis } from '../../../api/types.ts'
import { numbered } from '../../../components/numbered.ts'
import { personBoxes } from './boxes.tsx'
import classes from './printed-picture.module.css'

/** Size of a box's number, as a share of the picture's longer edge. */
const NUMBER = 0.04

/** The whole picture with its boxes, for paper: what is zoomed or hidden on the screen does not matter there. */
export function PrintedPicture({ analysis }: { analysis: Analysis }) {
  const { image_url: source, image_width: width, image_height: height, defects } = analysis
  const size = Math.max(width, height) * NUMBER
  return (
    <div className={classes.paper} data-print="only">
      <svg className={classes.picture} viewBox={`0 0 ${width} ${height}`} aria-hidden>
        <image href={source} width={width} height={height} />
        {numbered(defects).map(
          ({ number, item: { bounding_box: box } }) =>
            box && (
              <g key={number}>
                <rect className={classes.halo} {...box} />
                <rect className={classes.box} {...box} />
                <text className={classes.number} x={box.x} y={Math.max(size, box.y - size / 4)} fontSize={size}>
                  {number}
                </text>
              </g>
            ),
        )}
        {personBoxes(analysis).map(({ number, box }) => (
          <g key={number}>
            <rect className={classes.halo} {...box} />
            <rect className={classes.person} {...box} />
          </g>
        ))}
      </svg>
    </div>
  )
}
