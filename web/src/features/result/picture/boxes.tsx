import { IconUser } from '@tabler/icons-react'
import type { Analysis, BoundingBox } from '../../../api/types.ts'
import { isConfirmed } from '../../../components/judgement.ts'
import { numbered } from '../../../components/numbered.ts'
import classes from './boxes.module.css'
import type { View } from './view.ts'

interface BoxesProps {
  analysis: Analysis
  view: View
  /** Number of the finding that is pointed at, here or in the list. */
  active: number | null
  onActive: (number: number | null) => void
}

const PLATE = 22
/** So that the box does not cover the edge of what it marks. */
const MARGIN = 3

/** The boxes of a person who says something else than the model, with the numbers of the person's defects. */
export function personBoxes(analysis: Analysis): { number: number; box: BoundingBox }[] {
  const { effective, review, defects } = analysis
  if (effective.source !== 'human' || !review) return []
  const boxes = (found: readonly { bounding_box: BoundingBox | null }[]) =>
    JSON.stringify(found.map(({ bounding_box: box }) => box))
  if (isConfirmed(analysis) && boxes(review.defects) === boxes(defects)) return []
  return numbered(review.defects).flatMap(({ number, item: { bounding_box: box } }) => (box ? [{ number, box }] : []))
}

/** A box of the picture in pixels of the frame. */
export const placeOf = (box: BoundingBox, view: View) => ({
  x: view.x + box.x * view.scale,
  y: view.y + box.y * view.scale,
  width: box.width * view.scale,
  height: box.height * view.scale,
})

/** The same with room around it, and the plate that names it at its upper left corner. */
function markOf(box: BoundingBox, view: View) {
  const place = placeOf(box, view)
  const [x, y] = [place.x - MARGIN, place.y - MARGIN]
  return {
    frame: { x, y, width: place.width + 2 * MARGIN, height: place.height + 2 * MARGIN },
    plate: { x: Math.max(0, x - 1), y: y - PLATE < 0 ? Math.max(0, y) : y - PLATE },
  }
}

/** The boxes over the picture, in pixels of the frame: lines and numbers keep their size at every zoom. */
export function Boxes({ analysis, view, active, onActive }: BoxesProps) {
  const persons = personBoxes(analysis)
  const taken = persons.map(({ box }) => JSON.stringify(box))
  return (
    <svg className={classes.boxes} aria-hidden>
      {numbered(analysis.defects).map(({ number, item: { bounding_box: box } }) => {
        // A box that the person has left as it is stands there once.
        if (!box || (active !== number && taken.includes(JSON.stringify(box)))) return null
        const { frame, plate } = markOf(box, view)
        return (
          <g
            key={number}
            data-active={active === number}
            data-finding={number}
            onPointerEnter={() => onActive(number)}
            onPointerLeave={() => onActive(null)}
          >
            <rect className={classes.halo} {...frame} />
            <rect className={classes.box} {...frame} />
            <rect className={classes.plate} {...plate} width={PLATE} height={PLATE} />
            <text className={classes.number} x={plate.x + PLATE / 2} y={plate.y + PLATE / 2}>
              {number}
            </text>
          </g>
        )
      })}
      {persons.map(({ number, box }) => (
        <PersonMark key={number} number={number} {...markOf(box, view)} />
      ))}
    </svg>
  )
}

function PersonMark({ frame, plate, number }: ReturnType<typeof markOf> & { number: number }) {
  return (
    <g data-person>
      <rect className={classes.halo} {...frame} />
      <rect className={classes.personBox} {...frame} />
      <rect className={classes.personPlate} {...plate} width={2 * PLATE - 6} height={PLATE} />
      <IconUser x={plate.x + 3} y={plate.y + 3} size={PLATE - 6} className={classes.personIcon} />
      <text className={classes.number} x={plate.x + 1.5 * PLATE - 5} y={plate.y + PLATE / 2}>
        {number}
      </text>
    </g>
  )
}
